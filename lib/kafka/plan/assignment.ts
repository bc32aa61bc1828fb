import type { Assigned } from "../../api/groups.ts";

/**
 * What members of a group with the protocol type `consumer` are told: their partitions. Later versions add to the end, so what is
 * left is not looked at. Throws an Error that says what is wrong where the bytes are something else; no claimed size is believed
 * before the bytes for it are there.
 */
export function readAssignment(bytes: Uint8Array): Assigned {
  const reader = readerOf(bytes);
  reader.version();
  return reader
    .list(6, () => ({ topic: reader.text(), partitions: reader.list(4, reader.int32).sort((a, b) => a - b) }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

/** The topics that such a member asks for. Throws as `readAssignment` does. */
export function readSubscription(bytes: Uint8Array): string[] {
  const reader = readerOf(bytes);
  reader.version();
  return reader.list(2, reader.text).sort();
}

function readerOf(bytes: Uint8Array) {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (size: number, what: string): number => {
    if (size < 0 || size > view.length - at)
      throw new Error(`${what} of ${size} bytes is claimed at byte ${at}, but ${view.length - at} bytes are left.`);
    at += size;
    return at - size;
  };
  const int32 = () => view.readInt32BE(take(4, "A number"));
  return {
    int32,
    version: () => {
      const version = view.readInt16BE(take(2, "A version"));
      if (version < 0) throw new Error(`${version} is no version of this format.`);
    },
    text: () => {
      const size = view.readInt16BE(take(2, "A length"));
      const start = take(size, "A name");
      return view.toString("utf8", start, start + size);
    },
    /** `least`: bytes that any item takes, so a count that cannot be is refused before anything is made of it. */
    list: <Item>(least: number, item: () => Item): Item[] => {
      const count = int32();
      // Null and empty are one here.
      if (count === -1) return [];
      if (count < 0 || count * least > view.length - at)
        throw new Error(
          `A list of ${count} items is claimed at byte ${at - 4}, but ${view.length - at} bytes are left.`,
        );
      return Array.from({ length: count }, item);
    },
  };
}
