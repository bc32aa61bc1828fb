import fc from "fast-check";
import { expect, test } from "vitest";
import { topicMessagesQuery } from "../../lib/api/message-queries.ts";
import {
  conditionOf,
  everyMatch,
  messageUrl,
  pageQuery,
  sameSearch,
  searchOf,
  sound,
  streamQuery,
  writeCondition,
} from "./message-url.ts";

test("an address that says nothing asks for nothing but a page", () => {
  expect(pageQuery(messageUrl)).toEqual({});
  expect(streamQuery(messageUrl)).toEqual({ limit: "200" });
});

test("a search is asked with its limits, and its export without them", () => {
  const url = { ...messageUrl, q: "FAILED", in: "value,key", case: "1", scan: "10000", from: "oldest", partition: "3" };
  const asked = { from: "oldest", partition: "3", q: "FAILED", in: "key,value", case: "1" };
  expect(streamQuery(url)).toEqual({ ...asked, limit: "200", scan: "10000" });
  expect(everyMatch(url)).toEqual(asked);
});

test("ways of looking are left out where no text is looked for, and all parts are no part", () => {
  expect(streamQuery({ ...messageUrl, filter: "true", match: "regex", case: "1", not: "1", in: "key" })).toEqual({
    filter: "true",
    limit: "200",
  });
  expect(streamQuery({ ...messageUrl, q: "a", in: "key,value,header-names,header-values" })).not.toHaveProperty("in");
});

test("a live tail has no end, no direction and no limit", () => {
  const url = { ...messageUrl, follow: "1", until: "time:now", direction: "older", q: "a", scan: "10" };
  expect(streamQuery(url)).toEqual({ follow: "1", q: "a" });
});

test("whatever the page asks is what the API takes", () => {
  for (const url of [
    { ...messageUrl, from: "time:-1h", until: "time:now", direction: "older", control: "1" },
    { ...messageUrl, q: "x", match: "regex", not: "1", headers: "!a", key: "!!b", valueFormat: "hex" },
    { ...messageUrl, follow: "1" },
  ])
    expect(topicMessagesQuery.safeParse(streamQuery(url)).error).toBeUndefined();
});

test("a condition comes back from the address as it was written; only that a leading ! is missing cannot be said", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.string({ unit: fc.constantFrom("!", "a", " "), minLength: 1 }), (not, text) => {
      fc.pre(!not || !text.startsWith("!"));
      expect(conditionOf(writeCondition({ not, text }))).toEqual({ not, text });
    }),
  );
});

test("what the page cannot show counts as not given", () => {
  const url = { ...messageUrl, limit: "many", scan: "-1", at: "4:x", from: "nowhere" };
  expect(sound(url)).toEqual({ ...messageUrl, from: "nowhere" });
  const right = { ...messageUrl, limit: "50", scan: "1000", at: "4:9007199254740993" };
  expect(sound(right)).toEqual(right);
});

test("a text beside a filter, for which the page has no box, is not looked for unseen", () => {
  const url = { ...messageUrl, filter: "value.a == 1", q: "b", key: "c", not: "1", from: "oldest" };
  expect(sound(url)).toEqual({ ...messageUrl, filter: "value.a == 1", from: "oldest" });
});

test("two searches are the same when every part of them is", () => {
  expect(sameSearch(searchOf(messageUrl), searchOf({ ...messageUrl, from: "oldest" }))).toBe(true);
  expect(sameSearch(searchOf(messageUrl), searchOf({ ...messageUrl, case: "1" }))).toBe(false);
});
