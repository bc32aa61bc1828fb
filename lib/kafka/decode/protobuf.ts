import { createRequire } from "node:module";
import { counted, type Format, no, perhaps, type Verdict, yes } from "./format.ts";
import { configuredType, type PayloadHow } from "./how.ts";
import type { readNamed, showTyped, Typed } from "./protobuf-typed.ts";
import { judgeWire, showWire } from "./protobuf-wire.ts";
import { text } from "./text.ts";

/**
 * The Protobuf library costs a worker 20 MB and its start a tenth of a second, so it is loaded by the first payload that has a type.
 * `require`, because a payload is read without waiting.
 */
const require = createRequire(import.meta.url);
type Library = { readNamed: typeof readNamed; showTyped: typeof showTyped };
const library = (): Library => require("./protobuf-typed.ts");

/** A message in memory is many times its bytes. */
const MOST_TYPED_BYTES = 4 << 20;

/** By the type that was chosen or configured, else by what is on the wire alone. */
export const protobuf: Format = {
  name: "protobuf",
  judge(bytes, how) {
    const name = typeFor(how);
    if (name === null) return judgeWire(bytes);
    const read = readAs(bytes, how, name);
    return "reason" in read ? judgeWithout(bytes, how, read.reason) : judgeTyped(read, bytes, name);
  },
  show(bytes, limit, how) {
    const name = typeFor(how);
    const read = name === null ? null : readAs(bytes, how, name);
    return read && !("reason" in read) ? library().showTyped(read, limit) : showWire(bytes, limit);
  },
};

/** `protobuf:Type` asks for that type, else the configuration speaks. null: no type, fields as they are on the wire. */
export function typeFor({ format, protobuf: settings, topic, part }: PayloadHow): string | null {
  if (format?.startsWith("protobuf:")) return format.slice("protobuf:".length);
  return format === null || format === "protobuf" ? configuredType(settings, topic, part) : null;
}

/** Showing follows judging: the message is read once. */
const read = new WeakMap<Buffer, { name: string; typed: Typed }>();

function readAs(bytes: Buffer, how: PayloadHow, name: string): Typed | { reason: string } {
  const before = read.get(bytes);
  if (before?.name === name) return before.typed;
  if (bytes.length > MOST_TYPED_BYTES) return { reason: `is too large (${bytes.length} bytes) to be read by a type` };
  try {
    const typed = library().readNamed(bytes, how.protobuf, name);
    if ("problem" in typed) return { reason: typed.problem };
    read.set(bytes, { name, typed });
    return typed;
  } catch (error) {
    return { reason: `does not read as ${name} (${(error as Error).message})` };
  }
}

/** A type that was configured and cannot be used leaves the fields as they are on the wire; one that was chosen leaves nothing. */
function judgeWithout(bytes: Buffer, how: PayloadHow, reason: string): Verdict {
  if (how.format?.startsWith("protobuf:")) return no(reason);
  const wire = judgeWire(bytes);
  // It is tried before text here, and a text can happen to be a message.
  const likely = wire.likely && !text.judge(bytes, how).fits;
  return { fits: wire.fits, likely, why: `${reason}; ${wire.why}` };
}

function judgeTyped({ known, unknown }: Typed, bytes: Buffer, name: string): Verdict {
  if (bytes.length === 0) return yes(`empty, which is a ${name} with nothing set`);
  const more = unknown === 0 ? "" : `; ${counted(unknown, "field")} unknown to it, shown by number`;
  const why = `reads as ${name}, ${counted(known, "field")} of it set${more}`;
  return known === 0 ? perhaps(`${why}: only by choice`) : yes(why);
}
