import { consumerProtocol } from "./consumer-protocol.ts";
import { bytesJson, type JsonText, jsonText, quoted } from "./json-text.ts";
import type { Field, RecordTypes, Schema, Type } from "./kafka-schema.ts";

/** Bytes that are read field by field. `consumer`: members of this group speak the protocol of consumers. */
type Cursor = { bytes: Buffer; at: number; version: number; flexible: boolean; consumer: boolean; out: JsonText };

/** What was read, and whether bytes were left or the type or version is not known. Throws an Error where the bytes are something else. */
type Read = { out: JsonText; known: boolean; left: number };

/** The key of a coordinator's record: `{"type":1,"name":"OffsetCommit","data":{…}}`. */
export function readKey(bytes: Buffer, types: RecordTypes, limit: number): Read {
  const out = jsonText(limit);
  const type = headOf(bytes);
  const row = types[type];
  out.open("{");
  property(out, "type", `${type}`);
  if (row) property(out, "name", `"${row.name}"`);
  return { out, ...writeData(out, bytes, row?.key ?? null, 0) };
}

/** A value of the record type of its key: `{"version":3,"data":{…}}`. null: that type is not known. */
export function readValue(bytes: Buffer, row: RecordTypes[number] | null, limit: number): Read {
  const out = jsonText(limit);
  const version = headOf(bytes);
  const known = row !== null && version >= 0 && version <= row.value.newest;
  out.open("{");
  property(out, "version", `${version}`);
  return { out, ...writeData(out, bytes, known ? row.value : null, version) };
}

/** What is behind the first two bytes, up to the end: nothing that was not read is left out. */
function writeData(out: JsonText, bytes: Buffer, schema: Schema | null, version: number) {
  let at = 2;
  if (schema) {
    const flexible = schema.flexible !== null && version >= schema.flexible;
    const cursor: Cursor = { bytes, at, version, flexible, consumer: true, out };
    out.key('"data"');
    writeStruct(cursor, schema.fields);
    at = cursor.at;
  }
  const left = bytes.length - at;
  if (left > 0) property(out, "unread", `"${bytes.toString("hex", at, Math.min(bytes.length, at + out.room()))}"`);
  out.close("}");
  return { known: schema !== null, left };
}

function property(out: JsonText, name: string, json: string): void {
  out.key(`"${name}"`);
  out.value(json);
}

const headOf = (bytes: Buffer): number => (bytes.length < 2 ? fail() : bytes.readInt16BE(0));

const fail = (): never => {
  throw new Error("ends in the middle of a field");
};

function take(cursor: Cursor, size: number): Buffer {
  const { bytes, at } = cursor;
  if (size < 0 || at + size > bytes.length) fail();
  cursor.at = at + size;
  return bytes.subarray(at, at + size);
}

/** An unsigned varint of at most five bytes. */
function varint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = take(cursor, 1).readUInt8(0);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  return fail();
}

/** null where the length says so: -1, or 0 of a compact one. `bits`: of a length that is not compact. */
function length(cursor: Cursor, bits: 16 | 32): number | null {
  const read = cursor.flexible
    ? varint(cursor) - 1
    : bits === 16
      ? take(cursor, 2).readInt16BE(0)
      : take(cursor, 4).readInt32BE(0);
  return read === -1 ? null : read;
}

function writeStruct(cursor: Cursor, fields: readonly Field[]): void {
  cursor.out.open("{");
  for (const { name, type, since = 0, until = 32_767, tag } of fields) {
    if (tag !== undefined || cursor.version < since || cursor.version > until) continue;
    cursor.out.key(`"${name}"`);
    const start = cursor.at;
    writeType(cursor, type);
    // Of other groups (Connect, Schema Registry) only they know what their members say.
    // The text is behind its length, of one byte or two.
    if (name === "protocolType")
      cursor.consumer = /^.{1,2}consumer$/s.test(cursor.bytes.toString("latin1", start, cursor.at));
  }
  if (cursor.flexible) writeTagged(cursor, fields);
  cursor.out.close("}");
}

function writeTagged(cursor: Cursor, fields: readonly Field[]): void {
  for (let left = varint(cursor); left > 0; left--) {
    const tag = varint(cursor);
    const content = take(cursor, varint(cursor));
    const known = fields.find((field) => field.tag === tag);
    cursor.out.key(`"${known?.name ?? `tag ${tag}`}"`);
    if (!known) cursor.out.value(bytesJson(content, cursor.out.room()));
    else {
      const inside = { ...cursor, bytes: content, at: 0 };
      writeType(inside, known.type);
      if (inside.at !== content.length) fail();
    }
  }
}

const numbers: Record<string, (cursor: Cursor) => string> = {
  int8: (cursor) => `${take(cursor, 1).readInt8(0)}`,
  int16: (cursor) => `${take(cursor, 2).readInt16BE(0)}`,
  uint16: (cursor) => `${take(cursor, 2).readUInt16BE(0)}`,
  int32: (cursor) => `${take(cursor, 4).readInt32BE(0)}`,
  int64: (cursor) => `${take(cursor, 8).readBigInt64BE(0)}`,
  // As Kafka prints its ids.
  uuid: (cursor) => `"${take(cursor, 16).toString("base64url")}"`,
};

function writeType(cursor: Cursor, type: Type): void {
  if (typeof type === "string") cursor.out.value(plainJson(cursor, type));
  else if ("names" in type) cursor.out.value(nameJson(cursor, type.names));
  else if ("list" in type) writeList(cursor, type.list);
  else if ("embedded" in type) cursor.out.value(embeddedJson(cursor, type.embedded));
  // 1 stands before a struct; -1 for null (KIP-893), and 0 in a tagged field.
  else if (type.orNull && take(cursor, 1).readInt8(0) <= 0) cursor.out.value("null");
  else writeStruct(cursor, type.struct);
}

const plainJson = (cursor: Cursor, type: Extract<Type, string>): string =>
  type === "string" || type === "bytes" ? textOrBytes(cursor, type) : (numbers[type]?.(cursor) ?? "null");

function nameJson(cursor: Cursor, names: Record<number, string>): string {
  const number = take(cursor, 1).readInt8(0);
  const name = names[number];
  return name === undefined ? `${number}` : `"${name}"`;
}

function textOrBytes(cursor: Cursor, type: "string" | "bytes"): string {
  const size = length(cursor, type === "string" ? 16 : 32);
  if (size === null) return "null";
  const content = take(cursor, size);
  return type === "string" ? quoted(content, cursor.out.room()) : bytesJson(content, cursor.out.room());
}

function writeList(cursor: Cursor, item: Type): void {
  const { out, bytes } = cursor;
  const count = length(cursor, 32);
  if (count === null) out.value("null");
  else {
    if (count < 0 || count > bytes.length - cursor.at) fail();
    out.open("[");
    for (let i = 0; i < count; i++) writeType(cursor, item);
    out.close("]");
  }
}

/** What a member said of itself or was told: `{"version":3,"data":{…}}` where it is a consumer, else its bytes. */
function embeddedJson(cursor: Cursor, kind: "subscription" | "assignment"): string {
  const { out, consumer } = cursor;
  const size = length(cursor, 32);
  if (size === null) return "null";
  const bytes = take(cursor, size);
  const json = consumer ? protocolJson(bytes, consumerProtocol[kind], out.room()) : null;
  return json ?? bytesJson(bytes, out.room());
}

function protocolJson(bytes: Buffer, schema: Schema, room: number): string | null {
  try {
    const out = jsonText(room);
    out.open("{");
    property(out, "version", `${headOf(bytes)}`);
    // Later versions add to the end, so the newest that is known reads them too.
    writeData(out, bytes, schema, headOf(bytes));
    return out.done().text;
  } catch {
    return null;
  }
}
