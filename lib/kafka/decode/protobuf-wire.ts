import { isUtf8 } from "node:buffer";
import { counted, JUDGED_BYTES, no, perhaps, type Shown, type Verdict, yes } from "./format.ts";
import { bytesJson, floatText, type JsonText, jsonText, quoted } from "./json-text.ts";
import { controlAt } from "./text.ts";

/** One field as it is on the wire. `type`: 0 varint, 1 eight bytes, 2 bytes with a length, 3 a group, 5 four bytes. */
export type WireField = { number: number; type: 0 | 1 | 2 | 3 | 5; varint: bigint; content: Buffer; next: number };

/** Protobuf's own readers go as deep. */
const MOST_LEVELS = 100;
const MOST_NUMBER = (1 << 29) - 1;
const EMPTY = Buffer.alloc(0);

/** The varint at `at`, of at most ten bytes; null where there is none. */
export function varintAt(bytes: Buffer, at: number): { value: bigint; next: number } | null {
  let small = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    small |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return { value: BigInt(small), next: at + i + 1 };
  }
  let value = BigInt(small);
  for (let i = 4; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), next: at + i + 1 };
  }
  return null;
}

/** The field at `at`; a group has no content yet. null where the bytes are none, or the end of a group. */
function fieldAt(bytes: Buffer, at: number): WireField | null {
  const tag = varintAt(bytes, at);
  const number = Number((tag?.value ?? 0n) >> 3n);
  if (!tag || number < 1 || number > MOST_NUMBER) return null;
  const type = Number(tag.value & 7n);
  const none = { number, varint: 0n, content: EMPTY, next: tag.next };
  if (type === 3) return { ...none, type };
  if (type === 0) {
    const varint = varintAt(bytes, tag.next);
    return varint && { ...none, type, varint: varint.value, next: varint.next };
  }
  const length = type === 2 ? varintAt(bytes, tag.next) : null;
  const size = type === 1 ? 8 : type === 5 ? 4 : Number(length?.value ?? -1n);
  const start = length?.next ?? tag.next;
  if ((type !== 1 && type !== 2 && type !== 5) || size < 0 || start + size > bytes.length) return null;
  return { ...none, type, content: bytes.subarray(start, start + size), next: start + size };
}

/**
 * Shows each field of a message to `visit`, in their order, groups with their content, until it says false. Answers false where the
 * bytes are no message.
 */
export function visitFields(bytes: Buffer, visit: (field: WireField) => boolean): boolean {
  for (let at = 0; at < bytes.length; ) {
    const field = fieldAt(bytes, at);
    const whole = field?.type === 3 ? closeGroup(bytes, field) : field;
    if (!whole) return false;
    if (!visit(whole)) return true;
    at = whole.next;
  }
  return true;
}

/** The group up to its own end mark, groups inside it passed over. */
function closeGroup(bytes: Buffer, group: WireField): WireField | null {
  const open = [group.number];
  for (let at = group.next; at < bytes.length; ) {
    const tag = varintAt(bytes, at);
    if (tag && (tag.value & 7n) === 4n) {
      if (open.pop() !== Number(tag.value >> 3n)) return null;
      if (open.length === 0) return { ...group, content: bytes.subarray(group.next, at), next: tag.next };
      at = tag.next;
      continue;
    }
    const field = fieldAt(bytes, at);
    if (!field) return null;
    if (field.type === 3 && open.push(field.number) > MOST_LEVELS) return null;
    at = field.next;
  }
  return null;
}

/** A message nobody described: numbers of fields for names, repeated fields kept, and what their bytes most likely mean. */
export function showWire(bytes: Buffer, limit: number): Shown {
  const out = jsonText(limit);
  writeMessage(out, bytes, 0);
  return out.done();
}

function writeMessage(out: JsonText, bytes: Buffer, depth: number): void {
  out.open("{");
  visitFields(bytes, (field) => {
    writeWireField(out, field, depth);
    return out.room() > 0;
  });
  out.close("}");
}

/** One field under its number. */
export function writeWireField(out: JsonText, field: WireField, depth: number): void {
  out.key(`"${field.number}"`);
  const guess = field.type === 3 ? "message" : field.type === 2 ? guessOf(field.content) : null;
  if (guess === "message" && depth < MOST_LEVELS) writeMessage(out, field.content, depth + 1);
  else out.value(guess === "text" ? quoted(field.content, out.room()) : numberOrBytes(field, out.room()));
}

function numberOrBytes({ type, varint, content }: WireField, room: number): string {
  // Negative int32 and int64 take ten bytes; few numbers that are meant without a sign are as large.
  if (type === 0) return `${BigInt.asIntN(64, varint)}`;
  if (type === 1) return fixed64(content);
  return type === 5 ? fixed32(content) : bytesJson(content, room);
}

/** Whether bytes with a length are text, a message, or neither. Text wins: few messages happen to be printable. */
function guessOf(content: Buffer): "text" | "message" | "bytes" {
  if (isText(content)) return "text";
  return visitFields(content, () => true) ? "message" : "bytes";
}

const isText = (content: Buffer): boolean => isUtf8(content) && controlAt(content) < 0;

/** A float of everyday size, else the whole number: small ones are not floats anybody writes. */
function fixed64(content: Buffer): string {
  const float = content.readDoubleLE(0);
  const size = Math.abs(float);
  return float === 0 || size < 1e-9 || size > 1e15 || Number.isNaN(float)
    ? content.readBigInt64LE(0).toString()
    : floatText(float, 64);
}

function fixed32(content: Buffer): string {
  const float = content.readFloatLE(0);
  const size = Math.abs(float);
  return float === 0 || size < 1e-6 || size > 1e9 || Number.isNaN(float)
    ? content.readInt32LE(0).toString()
    : floatText(float, 32);
}

/** Almost any few bytes are some message, so evidence is asked for: a text of its own, and numbers of fields as people give them. */
export function judgeWire(bytes: Buffer): Verdict {
  if (bytes.length === 0) return no("there are no bytes");
  const types = new Map<number, number>();
  let count = 0;
  let texts = 0;
  let changed = false;
  const reads = visitFields(bytes, ({ number, type, content, next }) => {
    count++;
    changed ||= (types.get(number) ?? type) !== type;
    // Few messages have as many different fields; the map must not grow with what is none.
    if (types.size < 1000) types.set(number, type);
    if (type === 2 && content.length > 3 && isText(content)) texts++;
    return next <= JUDGED_BYTES;
  });
  if (!reads) return no("is not made of Protobuf fields to the last byte");
  const how = `reads as ${counted(count, "Protobuf field")}, without a descriptor`;
  if (changed) return perhaps(`${how}, but a field changes its type: only by choice`);
  if (Math.max(...types.keys()) > 1000) return perhaps(`${how}, but with unlikely field numbers: only by choice`);
  if (texts === 0) return perhaps(`${how}, but holds no text that would prove it: only by choice`);
  return yes(`${how}; ${texts === 1 ? "one is" : `${texts} are`} text`);
}
