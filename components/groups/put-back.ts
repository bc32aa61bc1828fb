"use client";
import { notify } from "@/components/ui/toast";
import type { SetOffsetsBody } from "@/lib/api/group-offsets";
import { problemOfError } from "@/lib/client/call";
import { useSetOffsets } from "@/lib/client/group-offsets";
import { counted } from "@/lib/format";

/** Sends an undo as it is, from a toast: it is told there too, wherever the reader is by then. Refused where the offsets moved since. */
export function usePutBack(cluster: string) {
  const setting = useSetOffsets(cluster);
  return (group: string, undo: SetOffsetsBody): void => {
    setting.mutateAsync({ group, ...undo }).then(
      ({ set, failed }) =>
        notify(
          failed === 0
            ? { text: `${counted(set, "offset")} of ${group} put back.` }
            : {
                text: `${set} of ${counted(set + failed, "offset")} of ${group} put back. What is left can be put back on the page of the group.`,
                tone: "warn",
              },
        ),
      (error) => {
        const { title, detail } = problemOfError(error);
        notify({ text: `Not put back: ${detail ?? title}`, tone: "bad" });
      },
    );
  };
}
