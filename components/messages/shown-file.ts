import type { Message } from "../../lib/api/messages.ts";
import type { Payload } from "../../lib/api/payloads.ts";

/** Records as the API gave them, one a line. Payloads that the table has only the beginning of say so: `truncated`. */
export const shownLines = (messages: readonly Message[]): string =>
  messages.map((message) => `${JSON.stringify(message)}\n`).join("");

const names = [
  "topic",
  "partition",
  "offset",
  "timestamp",
  "time",
  "key",
  "value",
  "headers",
  "size",
  "codec",
] as const;

/** Spreadsheets run what begins so; a quote before it makes it a text. */
const FORMULA = /^[=+\-@\t\r]/;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A cell of text that somebody else wrote. */
const cell = (text: string): string => quoted(FORMULA.test(text) ? `'${text}` : text);

const textOf = (payload: Payload | null | undefined): string => payload?.text ?? "";

const timeOf = (timestamp: string | null): string => {
  const moment = new Date(Number(timestamp ?? Number.NaN));
  return Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
};

/** Records as CSV (RFC 4180), formulas made harmless. Null and empty payloads look the same in it. */
export function shownCsv(messages: readonly Message[]): string {
  const rows = messages.map((message) =>
    [
      cell(message.topic),
      `${message.partition}`,
      message.offset,
      message.timestamp ?? "",
      timeOf(message.timestamp),
      cell(textOf(message.key)),
      cell(textOf(message.value)),
      cell(message.headers.map(({ key, value }) => `${key}=${textOf(value)}`).join("; ")),
      `${message.size}`,
      message.codec ?? "",
    ].join(","),
  );
  return `${[names.join(","), ...rows].join("\r\n")}\r\n`;
}
