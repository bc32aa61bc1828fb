import { stat } from "node:fs/promises";
import { expect, it } from "vitest";
import { problemOf } from "../api/problem.ts";
import { within } from "./cluster.ts";

const outcome = (work: Promise<unknown>) => work.then(() => "answered").catch((error) => problemOf(error)?.detail);
const never = new Promise<never>(() => {});

it("says how long a broker was given, and where that was hardly anything, that little was left", async () => {
  expect(await outcome(within(never, 1_000))).toBe("No answer within 1.0 s.");
  expect(await outcome(within(never, 3.2))).toBe("No answer in the 4 ms that were left for it.");
});

it("counts an answer that came in time, where this process was too busy to take it", async () => {
  const asked = outcome(within(stat("."), 5));
  const until = performance.now() + 200;
  while (performance.now() < until);
  expect(await asked).toBe("answered");
});
