import { expect, test } from "vitest";
import type { Endpoint } from "../api/endpoint.ts";
import { operations } from "../api/endpoints.ts";
import { planOffsetsBody } from "../api/group-offsets.ts";
import { readMessages } from "../api/messages.ts";
import { problemOf } from "../api/problem.ts";
import { produceBody } from "../api/produce.ts";
import { deleteRecordsBody } from "../api/records.ts";
import { createTopicBody, listTopics } from "../api/topics.ts";
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

test.each([
  [
    deleteRecordsBody,
    { offsets: [{ partition: 0, offset: "x" }] },
    "offset: must be a whole number of at most 19 digits, as a text.",
  ],
  [deleteRecordsBody, { offsets: [{ partition: -1, offset: "0" }] }, "partition: must be at least 0."],
  [deleteRecordsBody, { offsets: 1 }, "offsets: must be a list."],
  [createTopicBody, {}, "name: it is missing, and must be a text."],
  [createTopicBody, { name: "a", partitions: 1.5 }, "partitions: must be a whole number."],
  [createTopicBody, { name: "a", replicationFactor: 1001 }, "replicationFactor: must be at most 1000."],
  [createTopicBody, { name: "a", replicaAssignment: [] }, "replicaAssignment: must be a list of at least 1."],
  [createTopicBody, { name: "a", validateOnly: "yes" }, "validateOnly: must be true or false."],
  [createTopicBody, [], "In the body: must be an object."],
  [readMessages.query, { from: "now" }, "from: must be newest, oldest, offset:N, time:T, end-N or start+N."],
  [readMessages.query, { q: "" }, "q: must be at least 1 character."],
  [produceBody, { records: [{ value: 5 }] }, 'records.0.value: must be a text, {"base64": "…"} or null.'],
  [produceBody, { records: [{ value: { base64: "YQ" } }] }, "+ and /, with = at its end."],
  [
    planOffsetsBody,
    { reset: { to: "middle" } },
    "reset.to: must be earliest, latest, offset, time, duration, shift, group or file.",
  ],
  [
    planOffsetsBody,
    { reset: { to: "latest" }, topics: [{ topic: "a", partitions: new Array(100_001).fill(0) }] },
    "topics: must name at most 100000 partitions.",
  ],
  [readMessages.query, { isolation: "none" }, "isolation: must be read_committed or read_uncommitted."],
])("what is refused is told in plain words (%#)", (schema, value, said) => {
  const { detail } = refusal(schema, value, "body") ?? {};
  expect(detail?.endsWith(said), detail).toBe(true);
});

test("no refusal shows a pattern or the words of the library", () => {
  for (const { params, query, body } of Object.values(operations))
    for (const schema of [params, query, body])
      for (const value of [undefined, [], 7, mistaken(schema)]) {
        const { detail = "" } = refusal(schema, value, "body") ?? {};
        expect(detail).not.toMatch(/Invalid|Too (big|small)|expected|pattern/);
      }
});

/** Every field at once filled with what no endpoint takes. */
const mistaken = (schema: Endpoint["body"]): unknown =>
  Object.fromEntries(
    Object.keys(schema && "shape" in schema ? (schema.shape as object) : {}).map((name) => [name, "\0"]),
  );
