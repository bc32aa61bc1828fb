/**
 * Names in URLs. A topic may be called `orders.rsc` (which Next answers with flight data), a group `..`, `a/b`, `a%zz` or
 * nothing at all; proxies mangle each of those. So every byte outside `A-Za-z0-9_-` is written `~XX` and an empty name `~`,
 * which no layer between here and the broker touches.
 */
const encoder = new TextEncoder();

/** One path segment for any name. */
export function encodeName(name: string): string {
  if (name === "") return "~";
  // Where the names of groups and topics stand, `new` is the page that makes one; a group may be called so.
  if (name === "new") return "~6Eew";
  let out = "";
  for (const byte of encoder.encode(name)) {
    const char = String.fromCharCode(byte);
    out += /[A-Za-z0-9_-]/.test(char) ? char : `~${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}

/**
 * The name a path segment stands for. A segment without `~` is taken as it is, so `curl` with a plain topic name works.
 * Null for an escape that is cut short or is not UTF-8.
 */
export function decodeName(segment: string): string | null {
  if (segment === "~") return "";
  if (!segment.includes("~")) return segment;
  const bytes: number[] = [];
  for (const [, plain, hex] of segment.matchAll(/([^~]+)|~([0-9A-Fa-f]{2})|~/g)) {
    if (plain) bytes.push(...encoder.encode(plain));
    else if (hex) bytes.push(Number.parseInt(hex, 16));
    else return null;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
  } catch {
    return null;
  }
}

/** Builds a path: url`/clusters/${cluster}/topics/${topic}` escapes each name. Every link and every call is made by this. */
export function url(parts: TemplateStringsArray, ...names: (string | number)[]): string {
  return parts.reduce((path, part, i) => path + encodeName(String(names[i - 1] ?? "")) + part);
}

/** `?a=1&b=2` of what is given; what is undefined, null or empty is left out. Empty when nothing is left. */
export function queryString(values: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  return search.size > 0 ? `?${search}` : "";
}
