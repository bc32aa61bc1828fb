// The library's words are for whoever writes parsers; these are for whoever writes filters.

/** The signs behind the names of its tokens. */
const signs: ReadonlyMap<string, string> = new Map([
  ["EQ", "=="],
  ["NE", "!="],
  ["LT", "<"],
  ["LE", "<="],
  ["GT", ">"],
  ["GE", ">="],
  ["AND", "&&"],
  ["OR", "||"],
  ["NOT", "!"],
  ["IN", "in"],
  ["PLUS", "+"],
  ["MINUS", "-"],
  ["MULTIPLY", "*"],
  ["DIVIDE", "/"],
  ["MODULO", "%"],
  ["LPAREN", "("],
  ["RPAREN", ")"],
  ["LBRACKET", "["],
  ["RBRACKET", "]"],
  ["LBRACE", "{"],
  ["RBRACE", "}"],
  ["DOT", "."],
  ["COMMA", ","],
  ["COLON", ":"],
  ["QUESTION", "?"],
  ["IDENTIFIER", "a name"],
  ["STRING", "a text"],
  ["NUMBER", "a number"],
  ["BYTES", "bytes"],
]);
const sign = (token: string): string => signs.get(token) ?? token;

const kinds: ReadonlyMap<string, string> = new Map([
  ["int", "a whole number"],
  ["uint", "an unsigned number"],
  ["double", "a number"],
  ["string", "a text"],
  ["bool", "true or false"],
  ["list", "a list"],
  ["map", "an object"],
  ["google.protobuf.Timestamp", "a time"],
  ["google.protobuf.Duration", "a duration"],
]);
const kind = (type: string): string => {
  const own = type.replace(/^dyn<(.*)>$/, "$1");
  return kinds.get(own.replace(/<.*$/, "")) ?? own;
};

/** What other languages write in the place of a sign of CEL. */
const meant: ReadonlyMap<string, string> = new Map([
  ["=", "= alone means nothing here: == compares."],
  ["&", "& alone means nothing here: && is and."],
  ["|", "| alone means nothing here: || is or."],
  ["and", "“and” is written && here."],
  ["or", "“or” is written || here."],
  ["not", "“not” is written ! here."],
  ["“", "Texts stand between straight quotes, \" or '."],
  ["”", "Texts stand between straight quotes, \" or '."],
  ["`", "Texts stand between straight quotes, \" or '."],
]);

/** The word around a place of an expression, or the one sign there; a “not” before it is read as a name, and what follows is odd. */
const wordAt = (expression: string, at: number): string => {
  if (/^not\s+$/i.test(expression.slice(0, at))) return "not";
  const before = /\w*$/.exec(expression.slice(0, at))?.[0] ?? "";
  return before + (/^\w+/.exec(expression.slice(at))?.[0] ?? (before === "" ? (expression[at] ?? "") : ""));
};

type Words = (found: string[], expression: string, at: number | null) => string;
const said: [RegExp, Words][] = [
  [/^Unexpected token: EOF/, () => "The filter ends too early"],
  [/^Unexpected token: (\w+)/, ([token = ""]) => `${sign(token)} is not expected here`],
  [/^Expected IDENTIFIER, got EOF/, () => "The filter ends too early: a name is missing"],
  [/^Expected (\w+), got EOF/, ([wanted = ""]) => `The filter ends too early: ${sign(wanted)} is missing`],
  [/^Expected (\w+), got (\w+)/, ([wanted = "", got = ""]) => `Here ${sign(wanted)} is expected, not ${sign(got)}`],
  [
    /^Unexpected character: /,
    (_, expression, at) => {
      const word = at === null ? "" : wordAt(expression, at);
      return meant.get(word.toLowerCase()) ?? `“${word}” is not expected here`;
    },
  ],
  [/^Unterminated/, () => "A text begins here, and its closing quote is missing"],
  [
    /^no such overload: (\S+) (==|!=|<=|>=|<|>) (\S+)$/,
    ([left = "", operator = "", right = ""]) => `${operator} cannot compare ${kind(left)} with ${kind(right)}`,
  ],
  [
    /^no such overload: (\S+) (\S+) (\S+)$/,
    ([left = "", operator = "", right = ""]) => `${operator} does not go with ${kind(left)} and ${kind(right)}`,
  ],
  [/^no such overload: (!|-)(\S+)$/, ([operator = "", type = ""]) => `${operator} does not go with ${kind(type)}`],
  [
    /^found no matching overload for '(?:.*\.)?(\w+)\(.*'$/,
    ([name = ""]) => `${name}() does not exist, or does not go with what it is given`,
  ],
];

/** What the library says of an expression, as a sentence; `at` is how many characters stand before the mistake. */
export function plainWords(message: string, expression = "", at: number | null = null): string {
  for (const [pattern, words] of said) {
    const found = pattern.exec(message);
    if (found) return sentence(words(found.slice(1), expression, at));
  }
  return sentence(message);
}

const sentence = (words: string): string => {
  const started = words.replace(/^(?:no|found|must|key)\b/, (word) =>
    word.replace(/^./, (first) => first.toUpperCase()),
  );
  return /[.!?]$/.test(started) ? started : `${started}.`;
};
