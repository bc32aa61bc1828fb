import type { Message } from "../../lib/api/messages.ts";
import { syntaxOf } from "../../lib/api/payloads.ts";

const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

const text = (quoted: string): string => quoted.slice(1, -1).replace(/\\(.)/g, "$1");

/** The texts between quotes of a CEL expression, for marking what was found. Escapes other than of a quote are left alone. */
export const stringsOf = (expression: string): string[] =>
  [...new Set((expression.match(STRING) ?? []).filter((each) => !/\\[^"'\\]/.test(each)).map(text))].filter(
    (each) => each !== "",
  );

/** Fields that a CEL expression reads, as paths of preview columns: `value.status`, `headers["a-b"]`. */
export function fieldsOf(expression: string): string[] {
  const bare = expression.replace(STRING, (quoted, at: number) => (expression[at - 1] === "[" ? quoted : "''"));
  const found = bare.matchAll(
    /(?<![\w.])(value|key|headers)((?:\.[A-Za-z_]\w*(?!\w*\s*\()|\[(?:\d+|"[^"\n]*"|'[^'\n]*')\])+)/g,
  );
  return [...new Set([...found].map(([, root, steps = ""]) => `${root}${steps.replace(/\['([^']*)'\]/g, '["$1"]')}`))];
}

/** Records whose fields are looked at for completion, and characters of JSON that are parsed for one. */
const RECORDS = 60;
const MOST_CHARS = 20_000;
const DEPTH = 4;

const isName = (name: string) => /^[A-Za-z_]\w*$/.test(name);

function gather(value: unknown, path: string, depth: number, into: Set<string>): void {
  if (depth > DEPTH || typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    if (value.length > 0) gather(value[0], `${path}[0]`, depth + 1, into);
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const own = isName(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
    into.add(own);
    gather(member, own, depth + 1, into);
  }
}

/** Names of fields and headers seen in loaded records, as paths: what a filter or a preview column can be completed with. */
export function seenFields(messages: readonly Message[]): string[] {
  const found = new Set<string>();
  for (const message of messages.slice(0, RECORDS)) {
    for (const part of ["value", "key"] as const) {
      const payload = message[part];
      if (!payload || payload.truncated || payload.text.length > MOST_CHARS || syntaxOf[payload.format] !== "json")
        continue;
      try {
        gather(JSON.parse(payload.text), part, 1, found);
      } catch {
        // What is no JSON has no fields.
      }
    }
    for (const { key } of message.headers)
      found.add(isName(key) ? `headers.${key}` : `headers[${JSON.stringify(key)}]`);
  }
  return [...found];
}
