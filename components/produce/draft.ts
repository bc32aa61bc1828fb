import type { ExactBytes, ExactName } from "../../lib/api/payloads.ts";
import type { NewRecord } from "../../lib/api/produce.ts";
import type { Int64 } from "../../lib/api/scalars.ts";
import type { Zone } from "../../lib/format.ts";
import { epochOfText } from "../ui/time-text.ts";
import { type JsonMistake, jsonMistake } from "./json-mistake.ts";

export const payloadKinds = ["text", "base64", "hex", "null", "empty"] as const;
export type PayloadKind = (typeof payloadKinds)[number];
export const kindLabels: Record<PayloadKind, string> = {
  text: "Text",
  base64: "Base64",
  hex: "Hex",
  null: "Null",
  empty: "Empty",
};
/** As choices, in their order. */
export const kindChoices = payloadKinds.map((value) => ({ value, label: kindLabels[value] }));

/** A key, value or header value as it is being typed. `text` is kept while `null` or `empty` is chosen. */
export type PayloadDraft = { as: PayloadKind; text: string };
/** `id` is what a row of the form is known by while rows move. A name that is not UTF-8 is kept as it is, and cannot be typed. */
export type HeaderDraft = { id: number; key: ExactName; value: PayloadDraft };
export type RecordDraft = {
  key: PayloadDraft;
  value: PayloadDraft;
  headers: HeaderDraft[];
  /** A number; empty: by the key. */
  partition: string;
  /** As it is typed; null: the time of writing. */
  timestamp: string | null;
};

export const emptyDraft: RecordDraft = {
  key: { as: "null", text: "" },
  value: { as: "text", text: "" },
  headers: [],
  partition: "",
  timestamp: null,
};

const encoder = new TextEncoder();

/** Bytes as base64, in pieces that fit on a stack. */
function base64Of(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

const bare = (text: string) => text.replace(/\s+/g, "");
const isBase64 = (text: string) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
const hexDigits = (text: string) => bare(text).replace(/^0x/i, "");

/** What keeps a payload from being sent, as a sentence; null: nothing. */
export function payloadProblem({ as, text }: PayloadDraft): string | null {
  if (as === "null" || as === "empty") return null;
  if (text === "") return "Nothing is typed. Choose null or empty where that is meant.";
  if (as === "text" && !text.isWellFormed()) return "This holds half of a character, which UTF-8 cannot write.";
  if (as === "base64" && !isBase64(bare(text)))
    return "This is not base64: groups of four, of A-Z a-z 0-9 + / and = at the end.";
  if (as === "hex" && !/^(?:[0-9a-fA-F]{2})+$/.test(hexDigits(text))) return "This is not hex: two digits a byte.";
  return null;
}

/** The bytes of a payload for the API; null also where `payloadProblem` has something to say, so ask that first. */
export function bytesOf({ as, text }: PayloadDraft): ExactBytes {
  if (as === "text") return text;
  if (as === "empty") return "";
  if (as === "base64") return { base64: bare(text) };
  if (as === "null") return null;
  const digits = hexDigits(text);
  const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
  return { base64: base64Of(bytes) };
}

const binaryOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/**
 * The same bytes written in another way; `null` and `empty` keep what is typed for later. Null: they are no UTF-8, so that no text
 * stands for them. What is not right yet is kept as it is typed.
 */
export function rewritten(draft: PayloadDraft, as: PayloadKind): PayloadDraft | null {
  const isHeld = (kind: PayloadKind) => kind === "null" || kind === "empty";
  if (isHeld(as) || isHeld(draft.as) || draft.text === "" || payloadProblem(draft) !== null) return { ...draft, as };
  const bytes = bytesOf(draft);
  const raw =
    bytes === null ? new Uint8Array() : typeof bytes === "string" ? encoder.encode(bytes) : binaryOf(bytes.base64);
  if (as === "base64") return { as, text: base64Of(raw) };
  if (as === "hex") return { as, text: Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  try {
    return { as, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw) };
  } catch {
    return null;
  }
}

/** How a payload that is known exactly is shown for editing. */
export function draftOf(bytes: ExactBytes): PayloadDraft {
  if (bytes === null) return { as: "null", text: "" };
  if (typeof bytes !== "string") return { as: "base64", text: bytes.base64 };
  return bytes === "" ? { as: "empty", text: "" } : { as: "text", text: bytes };
}

/** Bytes of a payload; null for null. */
export function sizeOf(draft: PayloadDraft): number | null {
  const bytes = bytesOf(draft);
  if (bytes === null) return null;
  if (typeof bytes === "string") return encoder.encode(bytes).length;
  const padding = /=*$/.exec(bytes.base64)?.[0].length ?? 0;
  return Math.max(0, (bytes.base64.length / 4) * 3 - padding);
}

/** What a text is: JSON, something that was meant to be JSON, or any other text. Null where nothing is to be said. */
export function textVerdict({
  as,
  text,
}: PayloadDraft): { json: "valid" | "broken" | "no"; mistake: JsonMistake | null } | null {
  if (as !== "text" || text.trim() === "") return null;
  const mistake = jsonMistake(text);
  return { json: mistake === null ? "valid" : /^\s*[{[]/.test(text) ? "broken" : "no", mistake };
}

/** What is wrong, by the part of the form; empty: the record can be sent. `partitions` of the topic; null: not known. */
export function mistakesIn(draft: RecordDraft, partitions: number | null, zone: Zone): Map<string, string> {
  const found = new Map<string, string>();
  const say = (part: string, problem: string | null) => problem !== null && found.set(part, problem);
  say("key", payloadProblem(draft.key));
  say("value", payloadProblem(draft.value));
  for (const { id, value } of draft.headers) say(`header-${id}`, payloadProblem(value));
  if (draft.partition !== "" && partitions !== null && Number(draft.partition) >= partitions) {
    say("partition", `The topic has ${partitions === 1 ? "partition 0 only" : `partitions 0 to ${partitions - 1}`}.`);
  }
  if (draft.timestamp !== null && epochOfText(draft.timestamp, zone) === null) {
    say("timestamp", "Write 2026-11-22 18:17:50.493, or milliseconds since 1970.");
  }
  return found;
}

/** The record that a draft without mistakes stands for. */
export function recordOf(draft: RecordDraft, zone: Zone): NewRecord {
  const timestamp = draft.timestamp === null ? null : epochOfText(draft.timestamp, zone);
  return {
    key: bytesOf(draft.key),
    value: bytesOf(draft.value),
    ...(draft.headers.length === 0
      ? {}
      : { headers: draft.headers.map(({ key, value }) => ({ key, value: bytesOf(value) })) }),
    ...(draft.partition === "" ? {} : { partition: Number(draft.partition) }),
    ...(timestamp === null ? {} : { timestamp: timestamp as Int64 }),
  };
}

/** A record, taken up for editing. Its time is not: what is sent again is written now. */
export const draftOfRecord = ({ key, value, headers = [], partition }: NewRecord): RecordDraft => ({
  key: draftOf(key ?? null),
  value: draftOf(value),
  headers: headers.map((header, id) => ({ id, key: header.key, value: draftOf(header.value) })),
  partition: partition === undefined ? "" : String(partition),
  timestamp: null,
});
