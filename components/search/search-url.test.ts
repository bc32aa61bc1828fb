import { expect, test } from "vitest";
import { messagesFrom } from "../../lib/api/message-queries.ts";
import { askOf, placeOf, places, searchUrl, topicsOf } from "./search-url.ts";

const all = [
  { name: "orders", internal: false },
  { name: "orders.dlq", internal: false },
  { name: "payments", internal: false },
  { name: "__consumer_offsets", internal: true },
];

test("by default every topic is searched except internal ones", () => {
  expect(topicsOf(searchUrl, all)).toEqual(["orders", "orders.dlq", "payments"]);
  expect(topicsOf({ ...searchUrl, internal: "1" }, all)).toHaveLength(4);
});

test("names narrow the topics as the filter of the list does; topics named one by one are taken as they are", () => {
  expect(topicsOf({ ...searchUrl, names: "orders !dlq" }, all)).toEqual(["orders"]);
  expect(topicsOf({ ...searchUrl, names: "/^pay/" }, all)).toEqual(["payments"]);
  expect(topicsOf({ ...searchUrl, names: "pay", topics: "orders,gone,orders" }, all)).toEqual(["orders", "gone"]);
});

test("a key is looked for exactly, with its capital letters, over the last day", () => {
  expect(askOf("c", { ...searchUrl, q: "order-1" }, ["orders"])?.query).toEqual({
    q: "order-1",
    in: "key",
    match: "exact",
    case: "1",
    from: "time:-24h",
    direction: "newer",
    limit: "500",
  });
  expect(messagesFrom.safeParse(searchUrl.from).success).toBe(true);
});

test("nothing is asked for without a text, without topics, or in more than one search takes", () => {
  const url = { ...searchUrl, q: "a" };
  expect(askOf("c", searchUrl, ["orders"])).toBeNull();
  expect(askOf("c", url, [])).toBeNull();
  expect(
    askOf(
      "c",
      url,
      Array.from({ length: 201 }, (_, at) => `t${at}`),
    ),
  ).toBeNull();
  expect(
    askOf(
      "c",
      url,
      Array.from({ length: 200 }, (_, at) => `t${at}`),
    ),
  ).not.toBeNull();
});

test("each choice of the page is told again by the address it writes", () => {
  for (const place of places) expect(placeOf(place)).toBe(place.id);
  expect(placeOf({ in: "value", match: "regex" })).toBe("value");
  expect(placeOf({ in: "nonsense", match: "exact" })).toBe("all");
});
