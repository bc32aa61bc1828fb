import type { MatchKind, SearchPart } from "../../api/message-queries.ts";
import { type DecodeSettings, howOf, ofRecord, type PayloadHow } from "../decode/how.ts";
import { searchableText } from "../decode/payload.ts";
import { compileCel } from "./cel.ts";
import { makeCelReader } from "./cel-record.ts";
import { type Clauses, type Literal, literalOf, regexLiteral } from "./literals.ts";
import { asBuffer, headersOf, type PartsRead, speaksForItself } from "./match-parts.ts";
import { type Finder, isPlain, makeFinder, unescaped } from "./match-text.ts";
import type { RecordCursor } from "./records.ts";

/** What a record must be to be a hit: every condition that is given. Plain data, as a job carries it. */
export type SearchSpec = {
  q: string | null;
  in: SearchPart[];
  not: boolean;
  match: MatchKind;
  caseSensitive: boolean;
  /** Texts with ! for "does not", as the contract has them. */
  key: string | null;
  value: string | null;
  headers: string | null;
  filter: string | null;
};

export type Matcher = {
  /** Throws the reason where the filter cannot judge the record. Reads the record under the cursor only. */
  test(cursor: RecordCursor, partition: number): boolean;
  /** Empty: every record must be tested. */
  clauses: Clauses;
  /** Where these are not plain text, `clauses` say nothing of the record. */
  reads: PartsRead;
};

type Condition = { parts: ReadonlySet<SearchPart>; negated: boolean; finder: Finder; literal: Literal | null };
type Hows = { key: PayloadHow; value: PayloadHow; header: PayloadHow };

/** Throws what RE2 or `compileCel` throw. */
export function makeMatcher(spec: SearchSpec, decode: DecodeSettings): Matcher {
  const conditions = conditionsOf(spec);
  const hows = { key: howOf(decode, "key"), value: howOf(decode, "value"), header: howOf(decode, "header") };
  const cel = spec.filter === null ? null : compileCel(spec.filter);
  const judge = cel && makeCelReader(cel, decode.topic, hows);
  const held = conditions.filter(({ negated }) => !negated);
  const reads: PartsRead = {
    key: cel?.names.has("key") || held.some(({ parts }) => parts.has("key")),
    value: cel?.names.has("value") || held.some(({ parts }) => parts.has("value")),
    headers:
      cel?.names.has("headers") || held.some(({ parts }) => parts.has("header-names") || parts.has("header-values")),
  };
  const literals = held.flatMap(({ literal }) => (literal ? [[literal]] : []));
  const told = (reads.key && !speaksForItself(hows.key)) || (reads.value && !speaksForItself(hows.value));
  return {
    clauses: told ? [] : [...literals, ...(cel?.clauses ?? [])],
    reads,
    test: (cursor, partition) =>
      conditions.every((condition) => meets(condition, cursor, hows)) && (judge?.(cursor, partition) ?? true),
  };
}

const made = new Map<string, Matcher>();
const MOST_MADE = 30;

/** The same for every job of a search: made once a worker, the least recently used ones forgotten. */
export function matcherOf(spec: SearchSpec, decode: DecodeSettings): Matcher {
  const name = JSON.stringify([spec, decode]);
  const matcher = made.get(name) ?? makeMatcher(spec, decode);
  made.delete(name);
  made.set(name, matcher);
  const [oldest] = made.keys();
  if (made.size > MOST_MADE && oldest !== undefined) made.delete(oldest);
  return matcher;
}

function conditionsOf(spec: SearchSpec): Condition[] {
  const condition = (text: string, parts: SearchPart[], negated: boolean): Condition => ({
    parts: new Set(parts),
    negated,
    finder: makeFinder({ text, match: spec.match, caseSensitive: spec.caseSensitive }),
    literal: (spec.match === "regex" ? regexLiteral : literalOf)(text, spec.caseSensitive),
  });
  const extra = (text: string | null, parts: SearchPart[]): Condition[] => {
    if (text === null) return [];
    const negated = text.startsWith("!") && !text.startsWith("!!");
    const own = text.startsWith("!") ? text.slice(1) : text;
    return own === "" ? [] : [condition(own, parts, negated)];
  };
  return [
    ...(spec.q === null ? [] : [condition(spec.q, spec.in, spec.not)]),
    ...extra(spec.key, ["key"]),
    ...extra(spec.value, ["value"]),
    ...extra(spec.headers, ["header-names", "header-values"]),
  ];
}

const view = ({ bytes }: RecordCursor, at: number, size: number): Buffer | null =>
  size < 0 ? null : bytes.subarray(at, at + size);

function meets({ parts, negated, finder }: Condition, cursor: RecordCursor, hows: Hows): boolean {
  return negated !== isIn(parts, finder, cursor, hows);
}

function isIn(parts: ReadonlySet<SearchPart>, finder: Finder, cursor: RecordCursor, hows: Hows): boolean {
  const key = view(cursor, cursor.keyAt, cursor.keySize);
  if (parts.has("key") && holds(finder, key, hows.key)) return true;
  if (parts.has("value")) {
    const value = view(cursor, cursor.valueAt, cursor.valueSize);
    if (holds(finder, value, ofRecord(hows.value, key))) return true;
  }
  if (!parts.has("header-names") && !parts.has("header-values")) return false;
  return headersOf(cursor).some(
    ({ key: name, value }) =>
      (parts.has("header-names") && holds(finder, asBuffer(name), NAME)) ||
      (parts.has("header-values") && holds(finder, value && asBuffer(value), hows.header)),
  );
}

const NAME: PayloadHow = { part: "header", topic: "", format: "text", protobuf: null };

/**
 * Whether a payload holds what is looked for: as its bytes are, as the text of the format it is shown in, or as JSON's escapes in
 * that text mean it. A null holds nothing.
 */
function holds(finder: Finder, bytes: Buffer | null, how: PayloadHow): boolean {
  if (bytes === null) return false;
  const quick = finder.bytes(bytes);
  if (quick === true) return true;
  const escaped = bytes.includes(0x5c);
  const isText = speaksForItself(how) && isPlain(bytes, 0, bytes.length);
  if (isText && quick === null && !escaped) return false;
  const text = isText ? bytes.toString() : searchableText(bytes, how);
  return finder.text(text) || (text.includes("\\") && finder.text(unescaped(text)));
}
