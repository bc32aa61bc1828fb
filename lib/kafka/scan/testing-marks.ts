import { expect } from "vitest";
import type { SliceResult } from "./jobs.ts";
import { readBytes, searchBytes } from "./testing-jobs.ts";
import { write } from "./writer.ts";

/** The batch moved to another offset; the checksum does not cover it. */
export function batchAt(offset: bigint, batch: Buffer): Buffer {
  const moved = Buffer.from(batch);
  moved.writeBigInt64BE(offset);
  return moved;
}

/** A batch of one record. */
export const plain = (offset: bigint, text: string) =>
  write({ baseOffset: offset, records: [{ timestamp: 5n, key: null, value: Buffer.from(text), headers: [] }] });

/** Between a record before and one behind. */
export const between = (batch: Buffer) => Buffer.concat([plain(0n, "before"), batchAt(1n, batch), plain(2n, "behind")]);

/** Offsets, and the text of each or why there is none. */
export const rowsOf = ({ messages }: SliceResult) =>
  messages.map(({ offset, value, problem }) => [offset, problem ?? value?.text]);

/** It is a mark on a page in both directions, and told by every search, neither of which loses what is around it. */
export function expectMarked(batch: Buffer, reason: unknown): void {
  const bytes = between(batch);
  const wanted = [
    ["0", "before"],
    ["1", reason],
    ["2", "behind"],
  ];
  expect(rowsOf(readBytes(bytes))).toEqual(wanted);
  expect(rowsOf(readBytes(bytes, { order: "last" }))).toEqual(wanted.toReversed());
  for (const spec of [{ q: "behind" }, { filter: 'value == "behind"' }, { value: "!before" }])
    for (const order of ["first", "last"] as const) {
      const found = searchBytes(bytes, spec, { order });
      expect(found.hits.map(({ offset }) => offset)).toEqual([2n]);
      expect(found.unreadable).toMatchObject([{ offset: 1n, last: 1n, reason }]);
      expect(found).toMatchObject({ failed: { offset: 1n, first: reason }, rest: null });
    }
}
