import { counted, JUDGED_BYTES, no, perhaps, type Shown, type Verdict, yes } from "./format.ts";
import { type JsonText, jsonText, type Mark } from "./json-text.ts";

/** What the next bytes of a self-describing format are. `count` is in values (a map's are keys and values); null: until `end`. */
export type Item =
  | { kind: "value"; json: string }
  | { kind: "open"; open: string; close: string; map: boolean; count: number | null }
  | { kind: "end" };

/** Bytes that are read one item after the other; `room`: characters of a string that are worth making. */
export type Source = { bytes: Buffer; at: number; room: number; texts: number };

/** Reads the item at `at` and moves behind it. Throws an Error with the reason where there is none. */
export type NextItem = (source: Source) => Item;

export type Walked = Shown & {
  /** Bytes that were read. */
  read: number;
  /** Why it could not be read further; null where the value came to its end, or enough was seen. */
  problem: string | null;
  /** Whether it is a map or list at the top. */
  container: boolean;
  /** Strings that were seen, names of fields among them. */
  texts: number;
};

type Frame = { left: number | null; map: boolean; close: string; inKey: boolean; mark: Mark | null };

/** More than any record that was meant to be read; each level costs memory. */
const MOST_LEVELS = 100_000;

/**
 * One value as JSON text of at most `limit` characters. A loop with its own stack: depth is limited by memory alone. `upTo` ends it
 * early, once that many bytes were looked at, or the text is full.
 */
export function walk(bytes: Buffer, next: NextItem, limit: number, upTo: { bytes: number } | "full"): Walked {
  const source: Source = { bytes, at: 0, room: limit, texts: 0 };
  const out = jsonText(limit);
  const frames: Frame[] = [];
  let container = false;
  const enough = () => (upTo === "full" ? source.room === 0 : source.at > upTo.bytes);
  const ended = (problem: string | null): Walked => {
    const shown = out.done();
    const truncated = shown.truncated || problem !== null || frames.length > 0;
    return { ...shown, truncated, read: source.at, problem, container, texts: source.texts };
  };
  try {
    do {
      source.room = out.room();
      const item = next(source);
      if (source.at > bytes.length) return ended("ends in the middle of a value");
      place(out, frames, item);
      container ||= frames.length === 1 && item.kind === "open" && item.open.length === 1;
      if (frames.length > MOST_LEVELS) return ended(`is nested more than ${MOST_LEVELS} deep`);
      while (frames.at(-1)?.left === 0) closeFrame(out, frames);
    } while (frames.length > 0 && !enough());
    return ended(null);
  } catch (error) {
    return ended((error as Error).message);
  }
}

function place(out: JsonText, frames: Frame[], item: Item): void {
  const frame = frames.at(-1);
  if (item.kind === "end") {
    if (frame?.left !== null || (frame.map && !frame.inKey)) throw new Error("has an end where none can be");
    closeFrame(out, frames);
  } else if (item.kind === "value") {
    if (frame?.inKey) out.key(asKey(item.json));
    else out.value(item.json);
    completed(frame);
  } else {
    if (frame?.inKey) frame.mark = out.mark();
    out.open(item.open);
    frames.push({ left: item.count, map: item.map, close: item.close, inKey: item.map, mark: null });
  }
}

function closeFrame(out: JsonText, frames: Frame[]): void {
  const closed = frames.pop();
  const frame = frames.at(-1);
  out.close(closed?.close ?? "");
  if (frame?.inKey && frame.mark) out.fold(frame.mark, (json) => out.key(asKey(json)));
  completed(frame);
}

function completed(frame: Frame | undefined): void {
  if (!frame) return;
  if (frame.left !== null) frame.left--;
  if (frame.map) frame.inKey = !frame.inKey;
}

/** Keys in keys in keys would double with every level. */
const LONGEST_KEY = 4096;

/** JSON has names of text only; any other is written as the text of its JSON. */
function asKey(json: string): string {
  if (json.startsWith('"')) return json;
  return JSON.stringify(json.length > LONGEST_KEY ? `${json.slice(0, LONGEST_KEY)}…` : json);
}

/** A verdict for a format whose values say what they are; `name` for the reason. */
export function judgeWalk(bytes: Buffer, next: NextItem, name: string): Verdict {
  if (bytes.length === 0) return no("there are no bytes");
  const walked = walk(bytes, next, 0, { bytes: JUDGED_BYTES });
  if (walked.problem !== null) return no(`${walked.problem}, at byte ${Math.min(walked.read, bytes.length)}`);
  const whole = walked.read === bytes.length;
  const left = bytes.length - walked.read;
  if (!whole && walked.read <= JUDGED_BYTES)
    return no(
      `reads as ${name} up to byte ${walked.read}, and ${counted(left)} ${left === 1 ? "is" : "are"} left over`,
    );
  const how = whole ? `reads as ${name} to the last byte` : `reads as ${name} as far as it was looked at`;
  if (!walked.container) return perhaps(`${how}, but is no map or list: only by choice`);
  if (walked.texts === 0) return perhaps(`${how}, but holds no text that would prove it: only by choice`);
  return yes(`${how}, with ${counted(walked.texts, "text")} in a map or list`);
}
