import { subscribe } from "node:diagnostics_channel";
import { expect, test } from "vitest";
import { kafkaProblem, problemFrom, UNFORESEEN } from "./failures.ts";

test("a code without words becomes a sentence that still names the code", () => {
  expect(kafkaProblem(3)?.detail).toBe("The broker knows no such topic or partition (UNKNOWN_TOPIC_OR_PARTITION).");
  expect(kafkaProblem(44, "At most 10 partitions.")?.detail).toBe("At most 10 partitions.");
  expect(kafkaProblem(9_999)).toMatchObject({ code: "kafka-error", detail: expect.stringContaining("9999") });
});

test("what nobody foresaw is reported once, under the id of its problem", () => {
  const reports: unknown[] = [];
  subscribe(UNFORESEEN, (report) => reports.push(report));
  const error = new Error("a mistake of ours");
  const { code, id } = problemFrom(error);
  expect(code).toBe("unexpected");
  expect(problemFrom(error, { broker: 1 })).toMatchObject({ id, broker: 1 });
  expect(reports).toEqual([{ id, error }]);
});
