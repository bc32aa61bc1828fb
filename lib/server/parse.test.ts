import { expect, test } from "vitest";
import type { Endpoint } from "../api/endpoint.ts";
import { problemOf } from "../api/problem.ts";
import { listTopics } from "../api/topics.ts";
import { parse } from "./parse.ts";

/** The problem a value is refused with; null where it is taken. */
function refusal(schema: Endpoint["body"], value: unknown, where: "path" | "query" | "body") {
  try {
    parse(schema, value, where);
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

test.each([
  ["/[/", "Unterminated character class"],
  ["/(a+)+$/", "Repeating a group or a repetition is not offered here"],
  ["/.*.*.*.*x/", "More than 3 repetitions can take forever"],
])("a search for %s is refused with the reason, instead of finding nothing", (search, reason) => {
  const problem = refusal(listTopics.query, { search }, "query");
  expect(problem).toMatchObject({ code: "bad-request", status: 400, field: "search" });
  expect(problem?.detail).toContain(reason);
});

test.each(["orders !dlq", "/^orders-[a-c]/", "", "["])("a search for %j is taken", (search) =>
  expect(refusal(listTopics.query, { search }, "query")).toBeNull(),
);
