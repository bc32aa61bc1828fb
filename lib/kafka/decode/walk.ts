import { counted, JUDGED_BYTES, no, perhaps, type Shown, type Verdict, yes } from "./format.ts";
import { type JsonText, jsonText } from "./json-text.ts";

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

/** `outer`: where the text goes on behind the key that is being written, which has a text of its own. */
type Frame = { left: number | null; map: boolean; close: string; inKey: boolean; outer: JsonText | null };
/** `keys`: how many keys are open inside each other. */
type Walk = { out: JsonText; frames: Frame[]; longestKey: number; keys: number };

/** More than any record that was meant to be read; each level costs memory. */
const MOST_LEVELS = 100_000;
/** Of a key that is no text: keys in keys in keys would double with every level. */
const LONGEST_KEY = 4096;
const MOST_KEYS = 16;

/**
 * One value as JSON text of at most `limit` characters. A loop with its own stack: depth is limited by memory alone. `upTo` ends it
 * early, once that many bytes were looked at, or the text is full.
 */
export function walk(bytes: Buffer, next: NextItem, limit: number, upTo: { bytes: number } | "full"): Walked {
  const source: Source = { bytes, at: 0, room: limit, texts: 0 };
  const whole = jsonText(limit);
  const state: Walk = { out: whole, frames: [], longestKey: Math.min(limit, LONGEST_KEY), keys: 0 };
  const { frames } = state;
  let container = false;
  const enough = () => (upTo === "full" ? whole.room() === 0 : source.at > upTo.bytes);
  const ended = (problem: string | null): Walked => {
    const shown = whole.done();
    const truncated = shown.truncated || problem !== null || frames.length > 0;
    return { ...shown, truncated, read: source.at, problem, container, texts: source.texts };
  };
  try {
    do {
      source.room = state.out.room();
      const item = next(source);
      place(state, item);
      container ||= frames.length === 1 && item.kind === "open" && item.open.length === 1;
      if (frames.length > MOST_LEVELS) return ended(`is nested more than ${MOST_LEVELS} deep`);
      while (frames.at(-1)?.left === 0) closeFrame(state);
    } while (frames.length > 0 && !enough());
    return ended(null);
  } catch (error) {
    return ended((error as Error).message);
  }
}

function place(state: Walk, item: Item): void {
  const { frames, out, longestKey } = state;
  const frame = frames.at(-1);
  if (item.kind === "end") {
    if (frame?.left !== null || (frame.map && !frame.inKey)) throw new Error("has an end where none can be");
    closeFrame(state);
  } else if (item.kind === "value") {
    if (frame?.inKey) out.key(asKey(item.json));
    else out.value(item.json);
    completed(frame);
  } else {
    if (frame?.inKey) {
      if (++state.keys > MOST_KEYS) throw new Error(`has maps as keys of maps more than ${MOST_KEYS} deep`);
      frame.outer = out;
      state.out = jsonText(longestKey);
    }
    state.out.open(item.open);
    frames.push({ left: item.count, map: item.map, close: item.close, inKey: item.map, outer: null });
  }
}

function closeFrame(state: Walk): void {
  const closed = state.frames.pop();
  const frame = state.frames.at(-1);
  state.out.close(closed?.close ?? "");
  if (frame?.outer) {
    const { text, truncated } = state.out.done();
    state.out = frame.outer;
    frame.outer = null;
    state.keys--;
    state.out.key(asKey(truncated ? `${text}…` : text));
  }
  completed(frame);
}

function completed(frame: Frame | undefined): void {
  if (!frame) return;
  if (frame.left !== null) frame.left--;
  if (frame.map) frame.inKey = !frame.inKey;
}

/** JSON has names of text only; any other is written as the text of its JSON. */
const asKey = (json: string): string => (json.startsWith('"') ? json : JSON.stringify(json));

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
