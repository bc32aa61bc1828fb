import type { Message } from "@/lib/api/messages";
import { PayloadCell } from "./payload-cell";

/** Headers in their order, repeats kept, each value whole. */
export function RecordHeaders({ of: headers }: { of: Message["headers"] }) {
  if (headers.length === 0) return <p className="p-4 text-ink-2">This record has no headers.</p>;
  return (
    <dl className="grid grid-cols-[minmax(80px,auto)_minmax(0,1fr)] gap-x-3.5 gap-y-0.5 px-4 py-3 font-mono text-12 leading-[22px]">
      {headers.map(({ key, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names repeat, so a header is its place
        <div key={at} className="contents">
          <dt className="text-muted wrap-anywhere">{key === "" ? "(empty name)" : key}</dt>
          <dd className="whitespace-pre-wrap wrap-anywhere">
            {value === null || value.size === 0 || value.format === "hex" ? <PayloadCell of={value} /> : value.text}
          </dd>
        </div>
      ))}
    </dl>
  );
}
