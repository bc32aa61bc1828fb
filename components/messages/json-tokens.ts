export type JsonToken = { kind: "key" | "string" | "number" | "word" | "mark" | "space"; text: string };

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[A-Za-z]+|[{}[\],:]|\s+|./gsu;
const INDENT = "  ";

/**
 * JSON laid out for reading, as tokens. Only white space between tokens changes: numbers keep their digits, strings their escapes,
 * keys their order and their repeats. Text that is no JSON, or only its beginning, comes out in order all the same.
 */
export function layOutJson(text: string): JsonToken[] {
  const raw = text.match(TOKEN)?.filter((token) => !/^\s+$/.test(token)) ?? [];
  const out: JsonToken[] = [];
  let depth = 0;
  const line = () => out.push({ kind: "space", text: `\n${INDENT.repeat(Math.min(depth, 40))}` });
  for (const [index, token] of raw.entries()) {
    const next = raw[index + 1];
    const closes = token === "}" || token === "]";
    const isEmptied = raw[index - 1] === (token === "}" ? "{" : "[");
    if (closes) {
      depth = Math.max(0, depth - 1);
      if (!isEmptied) line();
    }
    out.push({ kind: kindOf(token, next), text: token });
    if (token === ":") out.push({ kind: "space", text: " " });
    if (token === "{" || token === "[") {
      depth++;
      if (next !== (token === "{" ? "}" : "]")) line();
    }
    if (token === ",") line();
  }
  return out;
}

function kindOf(token: string, next: string | undefined): JsonToken["kind"] {
  if (token.startsWith('"')) return next === ":" ? "key" : "string";
  if (/^-?\d/.test(token)) return "number";
  return /^[A-Za-z]/.test(token) ? "word" : "mark";
}
