import { expect, test } from "vitest";
import { spendBytes, takeTurn, waitForBytes } from "./queue.ts";

const isReady = async (ready: Promise<void>): Promise<boolean> =>
  Promise.race([ready.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

test("searches beyond the limit wait in the order of asking, and are told how many go before them", async () => {
  const owner = {};
  const { signal } = new AbortController();
  const turns = [1, 2, 3, 4].map(() => takeTurn(owner, 2, signal));
  const [first, second, third, fourth] = turns;
  expect(turns.map((turn) => turn.ahead())).toEqual([0, 0, 1, 2]);
  expect(await isReady(third?.ready ?? Promise.reject())).toBe(false);
  second?.leave();
  expect(await isReady(third?.ready ?? Promise.reject())).toBe(true);
  expect(turns.map((turn) => turn.ahead())).toEqual([0, 0, 0, 1]);
  first?.leave();
  first?.leave();
  expect(fourth?.ahead()).toBe(0);
  third?.leave();
  fourth?.leave();
  expect(takeTurn(owner, 2, signal).ahead()).toBe(0);
});

test("whoever stops waiting leaves the place to the next, and another cluster has a line of its own", async () => {
  const owner = {};
  const leaving = new AbortController();
  const { signal } = new AbortController();
  const runs = takeTurn(owner, 1, signal);
  const waits = takeTurn(owner, 1, leaving.signal);
  const last = takeTurn(owner, 1, signal);
  expect(takeTurn({}, 1, signal).ahead()).toBe(0);
  leaving.abort();
  await expect(waits.ready).rejects.toMatchObject({ code: "cancelled" });
  expect(last.ahead()).toBe(1);
  waits.leave();
  runs.leave();
  expect(await isReady(last.ready)).toBe(true);
});

test("bytes per second are kept over all searches of a cluster", () => {
  const owner = {};
  expect(waitForBytes(owner, 1_000, 0)).toBe(0);
  spendBytes(owner, 1_000, 2_500, 0);
  expect(waitForBytes(owner, 1_000, 0)).toBe(2_000);
  expect(waitForBytes(owner, 1_000, 1_500)).toBe(500);
  expect(waitForBytes(owner, 1_000, 2_000)).toBe(0);
  // A pause is not saved up.
  spendBytes(owner, 1_000, 1_000, 60_000);
  expect(waitForBytes(owner, 1_000, 60_000)).toBe(500);
});
