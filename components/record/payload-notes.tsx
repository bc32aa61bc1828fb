import { Badge } from "@/components/ui/badge";
import type { FormatVerdict, Payload } from "@/lib/api/payloads";
import { bytes, integer } from "@/lib/format";
import type { JsonFault } from "./json-tree";
import { type PayloadPlace, payloadAddress } from "./payload-download";
import { formatNames, formatOf } from "./payload-names";

type Props = PayloadPlace & {
  payload: Payload;
  /** Why the text is no tree; null where it is one, or nobody said so. */
  fault: JsonFault | null;
  /** The format that was asked for and does not take these bytes. */
  refusal: string | null;
  formats: FormatVerdict[];
};

/** What must be known of a payload before it is read: what it was packed in, where it was cut, why it is not what was asked for. */
export function PayloadNotes({ payload, fault, refusal, formats, ...at }: Props) {
  const refused = refusal === null ? null : formats.find(({ format }) => format === formatOf(refusal));
  const refusedName = formatNames[refused?.format ?? "hex"];
  const isQuiet = !payload.packed && !payload.type && !payload.truncated && fault === null && refusal === null;
  if (isQuiet) return null;
  return (
    <div className="flex shrink-0 flex-col items-start gap-1 px-4 pb-2 text-12">
      {(payload.packed || payload.type) && (
        <p className="flex flex-wrap gap-1.5">
          {payload.packed && <Badge>packed: {payload.packed}</Badge>}
          {payload.type && <Badge>type: {payload.type}</Badge>}
        </p>
      )}
      {refusal !== null && (
        <p className="text-warn">
          {refused ? `Not ${refusedName}: ${refused.why}.` : `These bytes are not ${refusal}.`} Shown as{" "}
          {formatNames[payload.format]}.
        </p>
      )}
      {fault && !payload.truncated && (
        <p className="text-warn">
          Not JSON at character {integer(fault.at)}: {fault.why}. Shown as text.
        </p>
      )}
      {payload.truncated && (
        <p className="text-warn">
          The first {bytes(shownBytes(payload))} of {bytes(payload.size)} are shown.{" "}
          <a className="text-accent underline" download href={payloadAddress(at)}>
            Download the whole {at.part}
          </a>
        </p>
      )}
    </div>
  );
}

/** Bytes of a payload that its text stands for; of a text that was decoded, the text's own. */
const shownBytes = (payload: Payload): number =>
  payload.format === "hex" ? payload.text.length / 2 : new TextEncoder().encode(payload.text).length;
