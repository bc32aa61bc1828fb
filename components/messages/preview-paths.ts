import type { Message } from "../../lib/api/messages.ts";
import { type Payload, syntaxOf } from "../../lib/api/payloads.ts";

/** A place inside a record that is shown as a column: a part of it, and the steps into its JSON, or the name of a header. */
export type PreviewPath = { of: "key" | "value"; steps: (string | number)[] } | { of: "header"; name: string };

/** What is found there. `cut`: the text that the table has ends before it. `absent`: there is no such field, or no JSON. */
export type Preview = { kind: "text"; text: string } | { kind: "null" } | { kind: "absent" } | { kind: "cut" };

const STEP = /\.([^.[\]"\s]+)|\[(\d{1,9})\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** `value.status`, `$.card["brand"]` (the value), `key.id`, `value.items[0]`, `headers.traceparent`; null for anything else. */
export function parsePath(text: string): PreviewPath | null {
  const [, root = "", rest = ""] = /^(value|key|headers|\$)(.*)$/s.exec(text.trim()) ?? [];
  if (root === "") return null;
  if (root === "headers") {
    const name = rest.startsWith(".") ? rest.slice(1) : decoded(/^\[("(?:[^"\\]|\\.)*")\]$/.exec(rest)?.[1] ?? "");
    return name ? { of: "header", name } : null;
  }
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < rest.length) {
    const [, name, index, quoted] = STEP.exec(rest) ?? [];
    if (index !== undefined) steps.push(Number(index));
    else if (name !== undefined) steps.push(name);
    else if (quoted !== undefined) steps.push(decoded(`"${quoted}"`) ?? quoted);
    else return null;
  }
  return { of: root === "key" ? "key" : "value", steps };
}

/** What a record has at a path, with the digits and the order of its own text. */
export function previewOf(path: PreviewPath, message: Message): Preview {
  if (path.of === "header") {
    const header = message.headers.find(({ key }) => key === path.name);
    if (!header) return { kind: "absent" };
    return header.value === null ? { kind: "null" } : { kind: "text", text: header.value.text };
  }
  const payload = message[path.of];
  if (payload === undefined) return { kind: "absent" };
  if (payload === null) return { kind: "null" };
  if (path.steps.length === 0) return { kind: "text", text: payload.text };
  return syntaxOf[payload.format] === "json" ? previewIn(payload, path.steps) : { kind: "absent" };
}

function previewIn({ text, truncated }: Payload, steps: (string | number)[]): Preview {
  const at = findPlace(text, steps);
  if (at === null) return { kind: truncated ? "cut" : "absent" };
  const end = endOfValue(text, at);
  const raw = text.slice(at, end ?? undefined);
  if (raw === "null") return { kind: "null" };
  // A string that is cut off shows its beginning, without the escape that may be cut in two.
  if (raw.startsWith('"'))
    return { kind: "text", text: decoded(end === null ? `${raw.replace(/\\.{0,5}$/, "")}"` : raw) ?? raw };
  return raw === "" ? { kind: "cut" } : { kind: "text", text: raw };
}

/** Where the value at the steps begins; null where there is none. Of a repeated key it is the last one, as JSON.parse has it. */
function findPlace(text: string, steps: (string | number)[]): number | null {
  let at = skipSpace(text, 0);
  for (const step of steps) {
    const found = text[at] === (typeof step === "number" ? "[" : "{") ? childOf(text, at, step) : null;
    if (found === null) return null;
    at = found;
  }
  return at;
}

/** Where a member of the object, or an item of the list, that opens at `open` begins. */
function childOf(text: string, open: number, step: string | number): number | null {
  let at = skipSpace(text, open + 1);
  let found: number | null = null;
  for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index++) {
    let name: string | number | null = index;
    if (typeof step === "string") {
      const end = text[at] === '"' ? endOfString(text, at) : null;
      if (end === null) return found;
      name = decoded(text.slice(at, end));
      at = skipSpace(text, end);
      if (text[at] !== ":") return found;
      at = skipSpace(text, at + 1);
    }
    if (name === step && at < text.length) found = at;
    if (typeof step === "number" && index === step) return found;
    const end = endOfValue(text, at);
    if (end === null) return found;
    at = skipSpace(text, end);
    if (text[at] !== ",") return found;
    at = skipSpace(text, at + 1);
  }
  return found;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** After the closing quote; null where the text ends before it. */
function endOfString(text: string, open: number): number | null {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return null;
}

/** After the value that begins at `from`, however deep it is; null where the text ends inside it. */
function endOfValue(text: string, from: number): number | null {
  if (text[from] === '"') return endOfString(text, from);
  if (text[from] !== "{" && text[from] !== "[") {
    const length = text.slice(from).search(/[,}\]\s]/);
    return length < 0 ? null : from + length;
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at);
      if (end === null) return null;
      at = end - 1;
    } else if (char === "{" || char === "[") depth++;
    else if ((char === "}" || char === "]") && --depth === 0) return at + 1;
  }
  return null;
}

/** A JSON string as its text; null where it is none. */
function decoded(quoted: string): string | null {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
