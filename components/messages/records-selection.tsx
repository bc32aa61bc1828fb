"use client";
import { Copy, Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { downloadText } from "@/components/ui/download";
import { SelectionBar } from "@/components/ui/selection-bar";
import type { Message } from "@/lib/api/messages";
import { queryString, url } from "@/lib/api/url";
import { bytes, counted } from "@/lib/format";
import { placeOf } from "./message-columns";
import { shownLines } from "./shown-file";

/** More places make the address of the copy page longer than servers take. */
const MOST_COPIED = 300;

type Props = { cluster: string; topic: string; chosen: readonly Message[]; onClear: () => void };

/** What the selected records weigh, and what can be done with just these. */
export function RecordsSelection({ cluster, topic, chosen, onClear }: Props) {
  const router = useRouter();
  const size = chosen.reduce((sum, message) => sum + message.size, 0);
  const places = chosen.map(placeOf).join(",");
  return (
    <SelectionBar what={counted(chosen.length, "record")} holds={bytes(size)} onClear={onClear}>
      <Button icon={Download} onClick={() => downloadText(`${topic}-selected.jsonl`, shownLines(chosen))}>
        JSON lines
      </Button>
      <Can permission="messages.produce">
        <Button
          icon={Copy}
          disabled={
            chosen.length > MOST_COPIED
              ? `At most ${MOST_COPIED} can be copied one by one. For more, search for them and copy every match.`
              : false
          }
          onClick={() =>
            router.push(url`/clusters/${cluster}/topics/${topic}/produce/copy` + queryString({ from: places }))
          }
        >
          Copy to another topic…
        </Button>
      </Can>
    </SelectionBar>
  );
}
