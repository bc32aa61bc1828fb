import {
  type DescField,
  type DescMessage,
  type FileRegistry,
  fromBinary,
  type Message,
  ScalarType,
  toJson,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect, type ScalarValue } from "@bufbuild/protobuf/reflect";
import { findType } from "./descriptors.ts";
import type { Shown } from "./format.ts";
import type { ProtobufSettings } from "./how.ts";
import { bytesJson, floatJson, type JsonText, jsonText, quoted } from "./json-text.ts";
import { visitFields, writeWireField } from "./protobuf-wire.ts";

/** A message as its type reads it. `known`: fields the type names; `unknown`: fields it does not, over all levels. */
export type Typed = { message: Message; type: DescMessage; registry: FileRegistry; known: number; unknown: number };

/** `Any` can hold `Any`; every other depth was limited when the bytes were read. */
const MOST_LEVELS = 100;

/** By a type of the descriptor files, or why there is none. Throws an Error where the bytes are no such message. */
export function readNamed(bytes: Buffer, settings: ProtobufSettings | null, name: string): Typed | { problem: string } {
  const found = findType(settings, name);
  if ("problem" in found) return found;
  const { type, registry } = found;
  const message = fromBinary(type, bytes);
  const top = reflect(type, message);
  const known = top.fields.filter((field) => top.isSet(field)).length;
  return { message, type, registry, known, unknown: unknownIn(top) };
}

function unknownIn(message: ReflectMessage): number {
  let count = message.getUnknown()?.length ?? 0;
  for (const field of message.fields) {
    if (field.message === undefined || !message.isSet(field)) continue;
    for (const child of messagesOf(message, field)) count += unknownIn(child);
  }
  return count;
}

function messagesOf(message: ReflectMessage, field: DescField): Iterable<ReflectMessage> {
  if (field.fieldKind === "message") return [message.get(field)];
  if (field.fieldKind === "list") return message.get(field) as Iterable<ReflectMessage>;
  if (field.fieldKind === "map") return message.get(field).values() as Iterable<ReflectMessage>;
  return [];
}

/**
 * Fields by their JSON names, whole numbers with all their digits, well-known types as Protobuf's JSON mapping has them. Fields that
 * the type does not name stand under their numbers.
 */
export function showTyped({ message, type, registry }: Typed, limit: number): Shown {
  const out = jsonText(limit);
  writeMessage({ out, registry, depth: 0 }, reflect(type, message));
  return { ...out.done(), type: type.typeName };
}

type Writing = { out: JsonText; registry: FileRegistry; depth: number };

function writeMessage(writing: Writing, message: ReflectMessage): void {
  const { out } = writing;
  const whole = out.room() === 0 ? "null" : wellKnownJson(message);
  if (whole !== null) out.value(whole);
  else {
    out.open("{");
    if (message.desc.typeName === "google.protobuf.Any") writeAny(writing, message);
    else writeFields(writing, message);
    out.close("}");
  }
}

function writeFields(writing: Writing, message: ReflectMessage): void {
  const { out } = writing;
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    out.key(JSON.stringify(field.jsonName));
    writeField(writing, message, field);
  }
  for (const { no, wireType, data } of message.getUnknown() ?? []) {
    const bytes = Buffer.concat([tagOf(no, wireType), data]);
    visitFields(bytes, (field) => {
      writeWireField(out, field, 0);
      return false;
    });
  }
}

/** The varint in front of a field. */
function tagOf(number: number, wireType: number): Buffer {
  const bytes: number[] = [];
  let left = number * 8 + wireType;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  return Buffer.from([...bytes, left]);
}

function writeField(writing: Writing, message: ReflectMessage, field: DescField): void {
  const { out } = writing;
  if (field.fieldKind === "list") {
    out.open("[");
    for (const item of message.get(field)) {
      if (out.room() === 0) break;
      writeOne(writing, field, item);
    }
    out.close("]");
  } else if (field.fieldKind === "map") {
    out.open("{");
    for (const [name, item] of message.get(field)) {
      if (out.room() === 0) break;
      out.key(JSON.stringify(String(name)));
      writeOne(writing, field, item);
    }
    out.close("}");
  } else writeOne(writing, field, message.get(field));
}

/** One value of a field, of an element of a list or of a value of a map. */
function writeOne(writing: Writing, field: DescField, item: unknown): void {
  const { out } = writing;
  if (field.message !== undefined) writeMessage(writing, item as ReflectMessage);
  else if (field.enum !== undefined) {
    const name = field.enum.values.find(({ number }) => number === item)?.name;
    out.value(name === undefined ? String(item) : JSON.stringify(name));
  } else out.value(scalarJson(out, field.scalar, item as ScalarValue));
}

function scalarJson(out: JsonText, type: ScalarType | undefined, value: ScalarValue): string {
  if (value instanceof Uint8Array) return bytesJson(Buffer.from(value), out.room());
  if (typeof value === "string") return quoted(Buffer.from(value), out.room());
  if (type === ScalarType.FLOAT) return floatJson(value as number, 32);
  if (type === ScalarType.DOUBLE) return floatJson(value as number, 64);
  return String(value);
}

const JSON_MAPPED = new Set(
  ["Timestamp", "Duration", "FieldMask", "Struct", "Value", "ListValue"].map((name) => `google.protobuf.${name}`),
);
const WRAPPER = /^google\.protobuf\.(Bool|U?Int32|U?Int64|Float|Double|String|Bytes)Value$/;

/** null: no type with a way of its own, or a content that has none (a time outside the years), so its fields are shown. */
function wellKnownJson(message: ReflectMessage): string | null {
  const { typeName, fields } = message.desc;
  const [only] = fields;
  if (message.getUnknown()?.length) return null;
  if (WRAPPER.test(typeName) && only?.fieldKind === "scalar")
    return scalarJson(jsonText(Number.MAX_SAFE_INTEGER), only.scalar, message.get(only));
  if (!JSON_MAPPED.has(typeName)) return null;
  try {
    return JSON.stringify(toJson(message.desc, message.message));
  } catch {
    return null;
  }
}

function writeAny({ out, registry, depth }: Writing, message: ReflectMessage): void {
  const { typeUrl = "", value = new Uint8Array() } = message.message as Message & {
    typeUrl?: string;
    value?: Uint8Array;
  };
  const type = registry.getMessage(typeUrl.slice(typeUrl.lastIndexOf("/") + 1));
  const inner = type && depth < MOST_LEVELS ? readInner(value, type) : null;
  out.key('"@type"');
  out.value(JSON.stringify(typeUrl));
  const inside = { out, registry, depth: depth + 1 };
  if (inner && wellKnownJson(inner) === null && inner.desc.typeName !== "google.protobuf.Any")
    writeFields(inside, inner);
  else {
    out.key('"value"');
    if (inner) writeMessage(inside, inner);
    else out.value(bytesJson(Buffer.from(value), out.room()));
  }
}

function readInner(bytes: Uint8Array, type: DescMessage): ReflectMessage | null {
  try {
    return reflect(type, fromBinary(type, bytes));
  } catch {
    return null;
  }
}
