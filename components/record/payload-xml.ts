/** Where the parts of an XML text begin, and what each is; parts follow each other without a gap. */
export type XmlParts = { starts: number[]; kinds: XmlKind[] };
export type XmlKind = "text" | "tag" | "string" | "note";

/** Parts that begin with a mark and go on to its end, whatever is between. */
const whole = [
  { from: "<!--", to: "-->", kind: "note" },
  { from: "<![CDATA[", to: "]]>", kind: "string" },
  { from: "<?", to: "?>", kind: "note" },
] as const;

/** The parts of an XML text for colouring. Never fails: what is no XML is text, what is cut off ends with the text. */
export function xmlParts(text: string): XmlParts {
  const parts: XmlParts = { starts: [], kinds: [] };
  const add = (kind: XmlKind, start: number) => {
    parts.starts.push(start);
    parts.kinds.push(kind);
  };
  for (let at = 0; at < text.length; ) {
    const opens = text.indexOf("<", at);
    if (opens !== at) add("text", at);
    if (opens < 0) return parts;
    const special = whole.find(({ from }) => text.startsWith(from, opens));
    if (special) {
      add(special.kind, opens);
      const ends = text.indexOf(special.to, opens + special.from.length);
      at = ends < 0 ? text.length : ends + special.to.length;
    } else at = addTag(text, opens, add);
  }
  return parts;
}

/** A tag with the values of its attributes; the place after it comes back. */
function addTag(text: string, opens: number, add: (kind: XmlKind, start: number) => void): number {
  add("tag", opens);
  for (let at = opens + 1; at < text.length; at++) {
    const char = text[at];
    if (char === ">") return at + 1;
    if (!isQuote(char)) continue;
    const ends = text.indexOf(char, at + 1);
    add("string", at);
    if (ends < 0) return text.length;
    at = ends;
    // No part is empty: another value may follow at once, or nothing.
    if (ends + 1 < text.length && !isQuote(text[ends + 1])) add("tag", ends + 1);
  }
  return text.length;
}

const isQuote = (char: string | undefined): char is '"' | "'" => char === '"' || char === "'";
