"use client";
import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { NullMark } from "@/components/ui/null-mark";
import { Segmented } from "@/components/ui/segmented";
import type { FormatVerdict, Payload } from "@/lib/api/payloads";
import { bytes } from "@/lib/format";
import { FormatReasons } from "./format-reasons";
import { hexLines } from "./hex-lines";
import { layOutJson } from "./json-tokens";

const formatNames: Record<Payload["format"], string> = {
  json: "JSON",
  text: "Text",
  xml: "XML",
  "consumer-offsets": "Consumer offsets",
  "transaction-state": "Transaction state",
  messagepack: "MessagePack",
  cbor: "CBOR",
  protobuf: "Protobuf",
  uuid: "UUID",
  int32: "Int (32 bits)",
  int64: "Long (64 bits)",
  float32: "Float (32 bits)",
  float64: "Double (64 bits)",
  base64: "Base64",
  hex: "Hex",
};
const colours = {
  key: "text-accent",
  string: "text-ok",
  number: "text-info",
  word: "text-warn",
  mark: "",
  space: "",
} as const;
/** A token is an element on the page; more than this makes the browser slow. */
const MOST_LAID_OUT = 200_000;

type Props = { payload: Payload | null | undefined; formats: FormatVerdict[]; absent: string };

/** A key or a value whole: its text as it is, or JSON laid out, and why it is shown as this format. */
export function PayloadView({ payload, formats, absent }: Props) {
  const [look, setLook] = useState<"laid" | "raw">("laid");
  if (payload === undefined) return <p className="p-4 text-ink-2">{absent}</p>;
  if (payload === null || payload.size === 0) {
    return (
      <p className="flex items-center gap-2 p-4 text-ink-2">
        <NullMark kind={payload === null ? "null" : "empty"} />
        {payload === null ? "There is no value: 0 bytes were not even written." : "Written with a length of 0 bytes."}
      </p>
    );
  }
  const canLayOut = payload.format === "json" && payload.text.length <= MOST_LAID_OUT;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <b>{formatNames[payload.format]}</b>
        <span className="text-muted tabular-nums">{bytes(payload.size)}</span>
        {canLayOut && (
          <Segmented
            label="Layout"
            value={look}
            options={[
              { value: "laid", label: "Laid out" },
              { value: "raw", label: "As written" },
            ]}
            onChange={setLook}
          />
        )}
        <CopyButton
          value={payload.text}
          label={payload.truncated ? "Copy the part shown" : "Copy"}
          className="ms-auto"
        />
      </div>
      {payload.truncated && (
        <p className="px-4 pb-2 text-12 text-warn">
          Only the beginning is shown: the display ends before the last of {bytes(payload.size)}.
        </p>
      )}
      <PayloadText payload={payload} laidOut={canLayOut && look === "laid"} />
      {formats.length > 0 && <FormatReasons format={payload.format} verdicts={formats} name={formatNames} />}
    </>
  );
}

function PayloadText({ payload, laidOut }: { payload: Payload; laidOut: boolean }) {
  if (payload.format === "hex") {
    return (
      <pre className="overflow-x-auto px-4 pb-3">
        {hexLines(payload.text).map(({ at, bytes: pairs, text }) => (
          <span key={at} className="block whitespace-pre">
            <span className="text-muted">{at}</span> {pairs} <span className="text-ink-2">{text}</span>
          </span>
        ))}
      </pre>
    );
  }
  return (
    <pre className="px-4 pb-3 whitespace-pre-wrap wrap-anywhere">
      {laidOut
        ? layOutJson(payload.text).map((token, at) =>
            colours[token.kind] === "" ? (
              token.text
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
              <span key={at} className={colours[token.kind]}>
                {token.text}
              </span>
            ),
          )
        : payload.text}
    </pre>
  );
}
