"use client";
import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { NullMark } from "@/components/ui/null-mark";
import { PayloadCell } from "@/components/ui/payload-cell";
import type { Message } from "@/lib/api/messages";
import type { Payload } from "@/lib/api/payloads";
import { bytes, counted, integer } from "@/lib/format";
import { headerHex } from "./hex-lines";
import { formatNames } from "./payload-names";

/** Headers drawn at once, and characters of one value; the rest comes when it is asked for. */
const MOST_DRAWN = 200;
const MOST_CHARS = 4_000;

type Headers = Message["headers"];
// Names repeat, so a header is its place.
const placed = (headers: Headers) => headers.map((header, at) => ({ ...header, at }));
const nameOf = (name: string) => (name === "" ? <NullMark kind="empty" /> : name);

/** Headers in their order, repeats kept, each value whole with its format. */
export function RecordHeaders({ of: headers }: { of: Headers }) {
  const [drawn, setDrawn] = useState(MOST_DRAWN);
  if (headers.length === 0) return <p className="p-4 text-ink-2">This record has no headers.</p>;
  return (
    <>
      <p className="px-4 pt-2.5 text-12 text-muted">{integer(headers.length)}, in order, repeats kept</p>
      <dl className="px-4 pt-1 pb-2">
        {placed(headers.slice(0, drawn)).map(({ key, value, at }) => (
          <Header key={at} name={key} value={value} />
        ))}
      </dl>
      {headers.length > drawn && (
        <button type="button" onClick={() => setDrawn(drawn + 1_000)} className="px-4 pb-3 text-accent hover:underline">
          Show {counted(Math.min(1_000, headers.length - drawn), "more header", "more headers")}
        </button>
      )}
    </>
  );
}

function Header({ name, value }: { name: string; value: Payload | null }) {
  const [isHex, setHex] = useState(false);
  const isPlain = value === null || value.size === 0;
  const digits = isPlain ? null : headerHex(value);
  const text = value?.text ?? "";
  return (
    <div className="grid grid-cols-[minmax(70px,30%)_minmax(0,1fr)_auto] gap-x-3 border-b border-border py-1 last:border-b-0">
      <dt className="font-mono text-12 leading-[22px] text-muted wrap-anywhere">{nameOf(name)}</dt>
      <dd className="font-mono text-12 leading-[22px] whitespace-pre-wrap wrap-anywhere">
        {isPlain ? <PayloadCell of={value} /> : isHex && digits ? `0x${digits}` : <HeaderText of={value} />}
        {!isPlain && (
          <span className="ps-2 font-sans text-11 whitespace-nowrap text-muted">
            {digits && value.format !== "hex" ? (
              <button type="button" aria-pressed={isHex} onClick={() => setHex(!isHex)} className="hover:underline">
                {isHex ? "hex" : formatNames[value.format]}
              </button>
            ) : (
              formatNames[value.format]
            )}
            , {bytes(value.size)}
          </span>
        )}
      </dd>
      <dd className="-my-0.5">
        {value !== null && (
          <CopyButton label={`Copy the value of ${name || "this header"}`} value={isHex && digits ? digits : text} />
        )}
      </dd>
    </div>
  );
}

function HeaderText({ of: value }: { of: Payload }) {
  const number = value.format.startsWith("int") || value.format.startsWith("float");
  return (
    <span className={number ? "text-info" : ""}>
      {value.format === "hex" && <span className="text-muted">0x</span>}
      {value.text.slice(0, MOST_CHARS)}
      {value.text.length > MOST_CHARS && <span className="text-muted"> … {integer(value.text.length)} characters</span>}
    </span>
  );
}

/** The first headers below a value, in one line each. */
export function HeadersBrief({ of: headers, onAll }: { of: Headers; onAll: () => void }) {
  const few = 5;
  if (headers.length === 0) return null;
  return (
    <section aria-label="Headers" className="border-t border-border px-4 pt-2 pb-2">
      <div className="mb-0.5 flex items-baseline gap-2">
        <h3 className="font-bold">Headers</h3>
        <span className="text-12 text-muted tabular-nums">{integer(headers.length)}, in order, repeats kept</span>
      </div>
      <dl className="grid grid-cols-[minmax(70px,auto)_minmax(0,1fr)] gap-x-3.5 font-mono text-12 leading-[22px]">
        {placed(headers.slice(0, few)).map(({ key, value, at }) => (
          <div key={at} className="contents">
            <dt className="max-w-40 truncate text-muted">{nameOf(key)}</dt>
            <dd className="truncate">
              <PayloadCell of={value} />
              {value !== null && value.size > 0 && value.format !== "text" && (
                <span className="ps-2 font-sans text-11 text-muted">{formatNames[value.format]}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {headers.length > few && (
        <button type="button" onClick={onAll} className="text-12 text-accent hover:underline max-md:py-2">
          All {integer(headers.length)} headers
        </button>
      )}
    </section>
  );
}
