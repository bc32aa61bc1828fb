import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { createFileRegistry, type DescMessage, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { ProtobufSettings } from "./how.ts";

/** What a descriptor file holds. `problem`: why it cannot be used; its types are then none. */
type Loaded = { registry: FileRegistry | null; problem: string | null; stamp: string; checkedAt: number };

/** Files are looked at again after this, and read again when they were changed. */
const FRESH_MS = 1_000;
/** Larger than any set of descriptors; a path that is something else must not fill the memory. */
const MOST_BYTES = 64 << 20;

/** By path. Each worker has its own, and so has the main thread. */
const files = new Map<string, Loaded>();

function load(path: string): Loaded {
  const now = Date.now();
  const known = files.get(path);
  if (known && now - known.checkedAt < FRESH_MS) return known;
  const read = readAgain(path, known, now);
  files.set(path, read);
  return read;
}

function readAgain(path: string, known: Loaded | undefined, checkedAt: number): Loaded {
  let stamp = "";
  try {
    const { mtimeMs, size, ino } = statSync(path);
    stamp = `${mtimeMs} ${size} ${ino}`;
    if (known?.stamp === stamp) return { ...known, checkedAt };
    if (size > MOST_BYTES) throw new Error(`has more than ${MOST_BYTES >> 20} MB`);
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(path)));
    return { registry, problem: null, stamp, checkedAt };
  } catch (error) {
    return { registry: null, problem: reasonOf(error as NodeJS.ErrnoException), stamp, checkedAt };
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return "is not there";
  if (code) return `cannot be read (${code})`;
  if (/Unable to resolve|not found|import/i.test(message))
    return `lacks a file that another imports; write it with protoc --include_imports (${message})`;
  return `is no FileDescriptorSet, as protoc --descriptor_set_out writes it (${message})`;
}

/** The message type of that name and where types it refers to are found; the reason where there is none. */
export type FoundType = { type: DescMessage; registry: FileRegistry } | { problem: string };

/** Looks in each file in their order. Never throws. */
export function findType(settings: ProtobufSettings | null, name: string): FoundType {
  const problems: string[] = [];
  for (const path of settings?.descriptors ?? []) {
    const { registry, problem } = load(path);
    const type = registry?.getMessage(name);
    if (registry && type) return { type, registry };
    if (problem) problems.push(`${basename(path)} ${problem}`);
  }
  const none = settings ? `no descriptor file has the type ${name}` : "the cluster has no descriptor files";
  return { problem: [none, ...problems].join("; ") };
}

/** All message types with the file that declares them, and what is wrong with descriptor files, which are named without their folders. */
export function listTypes(settings: ProtobufSettings | null) {
  const types: { name: string; file: string }[] = [];
  const problems: string[] = [];
  for (const path of settings?.descriptors ?? []) {
    const { registry, problem } = load(path);
    if (problem) problems.push(`${basename(path)} ${problem}.`);
    // Entries of maps are messages only on the wire.
    for (const found of registry ?? [])
      if (found.kind === "message" && found.proto.options?.mapEntry !== true)
        types.push({ name: found.typeName, file: `${found.file.name}.proto` });
  }
  const distinct = [...new Map(types.map((type) => [type.name, type])).values()];
  return { types: distinct.sort((a, b) => (a.name < b.name ? -1 : 1)), problems };
}
