import fc from "fast-check";
import { expect, test } from "vitest";
import { cutBatches } from "./pack.ts";
import { write } from "./writer.ts";

const record = fc.record({
  timestamp: fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
  key: fc.option(fc.uint8Array({ maxLength: 100 })),
  value: fc.option(fc.uint8Array({ maxLength: 300 })),
  headers: fc.constant([]),
});

test("batches keep the order, say their size, and stay within the limit unless one record is larger", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 60 }), fc.integer({ min: 61, max: 2000 }), (records, limit) => {
      const places = records.map((_, place) => place).filter((place) => place % 3 !== 1);
      const batches = cutBatches(records, places, limit);
      expect(batches.flatMap((batch) => batch.places)).toEqual(places);
      for (const batch of batches) {
        expect(batch.bytes <= limit || batch.places.length === 1).toBe(true);
        expect(write({ records: batch.places.map((place) => records[place] as never) })).toHaveLength(batch.bytes);
      }
    }),
  );
});
