import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
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

/** A path as it is typed: what stands before the last dot, and the beginning of a name after it. */
const PATH = /(?:[A-Za-z_]\w*(?:\.\w+|\["[^"\n]*"\]|\[\d+\])*\.)?\w*/;

/** What could be typed next: variables and functions, or after a dot the fields seen there and what can be called on them. */
export const celCompletions =
  (fields: () => string[]) =>
  (context: CompletionContext): CompletionResult | null => {
    const path = context.matchBefore(PATH);
    const dot = path?.text.lastIndexOf(".") ?? -1;
    if (path === null || (path.text === "" && !context.explicit)) return null;
    if (dot < 0) return { from: path.from, options: topLevel(fields), validFor: /^\w*$/ };
    const parent = path.text.slice(0, dot);
    return {
      from: path.from + dot + 1,
      options: [...childrenOf(parent, fields()), ...calls],
      validFor: /^\w*$/,
    };
  };

/** The fields one step below a path. A name that is no identifier takes the place of the dot too: `value["odd name"]`. */
function childrenOf(parent: string, fields: readonly string[]): Completion[] {
  const steps = fields.filter((field) => field.startsWith(parent)).map((field) => field.slice(parent.length));
  return [...new Set(steps)].flatMap((step): Completion[] => {
    if (/^\.\w+$/.test(step)) return [{ label: step.slice(1), type: "property", boost: 1 }];
    if (!/^\["(?:[^"\\]|\\.)*"\]$/.test(step)) return [];
    return [
      {
        label: step.slice(2, -2),
        type: "property",
        apply: (view, _, from, to) =>
          view.dispatch({
            changes: { from: from - 1, to, insert: step },
            selection: { anchor: from - 1 + step.length },
          }),
      },
    ];
  });
}

const calls: Completion[] = functions
  .filter(([label]) => methods.has(label))
  .map(([label, detail]) => ({ label, detail, type: "function", boost: -50 }));

const topLevel = (fields: () => string[]): Completion[] => [
  ...variables.map(([label, detail]) => ({ label, detail, type: "variable", boost: 2 })),
  ...fields().map((label) => ({ label, type: "property", boost: 1 })),
  ...functions.filter(([label]) => !methods.has(label)).map(([label, detail]) => ({ label, detail, type: "function" })),
];
