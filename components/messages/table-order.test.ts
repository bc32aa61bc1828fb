import fc from "fast-check";
import { expect, test } from "vitest";
import type { Message } from "../../lib/api/messages.ts";
import { createTimeOrder } from "./table-order.ts";

const message = fc.record({ timestamp: fc.option(fc.constantFrom("1", "2", "30", "400")), offset: fc.nat() });

test("hits merged as they come are in the order of all of them sorted at once", () => {
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat()), fc.boolean(), (list, cuts, newestFirst) => {
      const messages = list as unknown as Message[];
      const order = createTimeOrder();
      for (const cut of [...cuts.map((each) => each % (messages.length + 1))].sort((a, b) => a - b))
        order(messages.slice(0, cut), newestFirst);
      const time = ({ timestamp }: Message) => (timestamp === null ? Number.POSITIVE_INFINITY : Number(timestamp));
      const expected = [...messages].sort((a, b) => {
        if (a.timestamp === null || b.timestamp === null)
          return Number(a.timestamp === null) - Number(b.timestamp === null);
        return newestFirst ? time(b) - time(a) : time(a) - time(b);
      });
      expect(order(messages, newestFirst)).toEqual(expected);
    }),
  );
});

test("nothing new gives the same rows", () => {
  const order = createTimeOrder();
  const messages = [{ timestamp: "1" }, { timestamp: "2" }] as Message[];
  const rows = order(messages, true);
  expect(rows.map(({ timestamp }) => timestamp)).toEqual(["2", "1"]);
  expect(order(messages, true)).toBe(rows);
});
