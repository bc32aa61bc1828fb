import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { HighlightStyle, type StreamParser } from "@codemirror/language";
import { tags } from "@lezer/highlight";

/** Colours CEL without knowing its grammar: the API says what is wrong. */
export const celParser: StreamParser<null> = {
  name: "cel",
  startState: () => null,
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^[rb]?("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/)) return "string";
    if (stream.match(/^\d[\w.]*/)) return "number";
    if (stream.match(/^(true|false|null|in)\b/)) return "keyword";
    if (stream.match(/^[A-Za-z_]\w*/)) return "variableName";
    stream.next();
    return null;
  },
};

export const celColours = HighlightStyle.define([
  { tag: tags.string, color: "var(--ok)" },
  { tag: tags.number, color: "var(--info)" },
  { tag: tags.keyword, color: "var(--warn)" },
]);

const variables = [
  ["value", "what the JSON says, else the text"],
  ["key", "the text, or its JSON"],
  ["headers", 'headers["name"], the first of each name'],
  ["topic", "its name"],
  ["partition", "a number"],
  ["offset", "a number, exact"],
  ["timestamp", "milliseconds since 1970"],
  ["size", "bytes of the record"],
] as const;

const functions = [
  ["size(", "length of a text, a list or a map"],
  ["has(", "whether a field is there: has(value.card)"],
  ["re2(", 're2(value.name, "^A.*z$"), in linear time'],
  ["contains(", 'value.name.contains("a")'],
  ["startsWith(", 'key.startsWith("acc_")'],
  ["endsWith(", 'key.endsWith("7")'],
  ["exists(", "value.items.exists(item, item.sku == 'a')"],
  ["all(", "value.items.all(item, item.count > 0)"],
  ["filter(", "value.items.filter(item, item.count > 0)"],
  ["map(", "value.items.map(item, item.sku)"],
  ["int(", "a text as a whole number"],
  ["double(", "a text as a number"],
  ["string(", "anything as a text"],
] as const;

const methods = new Set(["contains(", "startsWith(", "endsWith(", "exists(", "all(", "filter(", "map("]);

const PATH = /[A-Za-z_]\w*(?:\.\w*|\["[^"\n]*(?:"\])?|\[\d*\]?)*/;

/** What could be typed next: variables and functions, or the fields seen below the path that stands before. */
export const celCompletions =
  (fields: () => string[]) =>
  (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(PATH);
    if (word === null) return context.explicit ? { from: context.pos, options: topLevel(fields) } : null;
    const dot = word.text.lastIndexOf(".");
    if (dot < 0 && !word.text.includes("[")) return { from: word.from, options: topLevel(fields), validFor: /^\w*$/ };
    const seen = fields().map((label) => ({ label, type: "property" }));
    const calls = functions.filter(([label]) => methods.has(label));
    return {
      from: word.from,
      options: [
        ...seen,
        ...calls.map(([label, detail]) => ({
          label: `${word.text.slice(0, Math.max(dot, 0))}.${label}`,
          displayLabel: `.${label}`,
          detail,
          type: "function",
          boost: -1,
        })),
      ],
    };
  };

const topLevel = (fields: () => string[]) => [
  ...variables.map(([label, detail]) => ({ label, detail, type: "variable", boost: 2 })),
  ...fields().map((label) => ({ label, type: "property", boost: 1 })),
  ...functions.filter(([label]) => !methods.has(label)).map(([label, detail]) => ({ label, detail, type: "function" })),
];
