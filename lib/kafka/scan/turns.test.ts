import { expect, test } from "vitest";
import { withTurn } from "./turns.ts";

const signal = new AbortController().signal;
const pause = () => new Promise((done) => setTimeout(done, 5));

test("no more than the limit run at once, in the order of asking, and all are done", async () => {
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const work = (index: number) => async () => {
    order.push(index);
    most = Math.max(most, ++running);
    await pause();
    running--;
    return index;
  };
  const results = await Promise.all(Array.from({ length: 10 }, (_, index) => withTurn(work(index), signal, 3)));
  expect(results).toEqual(Array.from({ length: 10 }, (_, index) => index));
  expect(order).toEqual(results);
  expect(most).toBe(3);
});

test("one that gives up waiting leaves the queue, and one that fails frees its turn", async () => {
  const control = new AbortController();
  const first = withTurn(
    async () => {
      await pause();
      throw new Error("failed");
    },
    signal,
    1,
  );
  const leaving = withTurn(async () => "never", control.signal, 1);
  const last = withTurn(async () => "done", signal, 1);
  control.abort();
  await expect(leaving).rejects.toMatchObject({ code: "cancelled" });
  await expect(first).rejects.toThrow("failed");
  await expect(last).resolves.toBe("done");
  await expect(withTurn(async () => "free", signal, 1)).resolves.toBe("free");
});
