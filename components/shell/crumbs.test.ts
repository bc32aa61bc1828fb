import { expect, test } from "vitest";
import { url } from "../../lib/api/url.ts";
import { groupHref } from "../ui/group-href.ts";
import { groupOf, placeOf, topicOf } from "./crumbs.ts";

const labels = (path: string) => placeOf(path).crumbs.map((crumb) => crumb.label);

test("an address tells its way from the cluster to the page", () => {
  expect(labels("/clusters/eu/topics/orders/configs")).toEqual(["eu", "Topics", "orders", "Configs"]);
  expect(labels("/clusters/eu")).toEqual(["Clusters", "eu"]);
  expect(labels("/clusters/eu/brokers/1/log-dirs")).toEqual(["eu", "Brokers", "Broker 1", "Log dirs"]);
  expect(labels("/clusters/eu/topics/new")).toEqual(["eu", "Topics", "Create topic"]);
  expect(labels("/help")).toEqual(["Help and terms"]);
});
test("escaped names are shown as they are, and a topic called configs or new is a name", () => {
  expect(labels(url`/clusters/${"a/b"}/topics/${"orders.rsc"}/messages`)).toEqual([
    "a/b",
    "Topics",
    "orders.rsc",
    "Messages",
  ]);
  expect(labels("/clusters/eu/topics/configs/configs")).toEqual(["eu", "Topics", "configs", "Configs"]);
  expect(labels("/clusters/eu/topics/new/messages")).toEqual(["eu", "Topics", "new", "Messages"]);
});
test("each step leads to its own address", () =>
  expect(placeOf("/clusters/eu/topics/a~2Eb/configs").crumbs.map((crumb) => crumb.href)).toEqual([
    "/clusters/eu",
    "/clusters/eu/topics",
    "/clusters/eu/topics/a~2Eb",
    "/clusters/eu/topics/a~2Eb/configs",
  ]));
test("a page outside every cluster has none", () => expect(placeOf("/help").cluster).toBeNull());
test("the topic of a page is known on each of its pages, also where it is called new", () => {
  const topic = (path: string) => topicOf(placeOf(path));
  expect(topic("/clusters/eu/topics/orders~2Ev2/produce/copy")).toBe("orders.v2");
  expect(topic("/clusters/eu/topics/new/messages")).toBe("new");
  for (const path of ["/clusters/eu/topics/new", "/clusters/eu/topics", "/clusters/eu/search", "/help"])
    expect(topic(path)).toBeNull();
});
test("a group is told from the form that creates one, also where it is called new", () => {
  const group = (path: string) => groupOf(placeOf(path));
  expect(group(groupHref("eu", "pay/ments ☕"))).toBe("pay/ments ☕");
  expect(group(`${groupHref("eu", "orders")}/reset`)).toBe("orders");
  expect(group(groupHref("eu", "new"))).toBe("new");
  expect(labels(`${groupHref("eu", "new")}/reset`)).toEqual(["eu", "Consumer groups", "new", "Reset offsets"]);
  expect(labels("/clusters/eu/groups/new/reset")).toEqual(["eu", "Consumer groups", "new", "Reset offsets"]);
  expect(labels("/clusters/eu/groups/new")).toEqual(["eu", "Consumer groups", "Create at offsets"]);
  for (const path of ["/clusters/eu/groups/new", "/clusters/eu/groups", "/clusters/eu/topics/orders"])
    expect(group(path)).toBeNull();
});

test("a name that every object has is a name", () => {
  expect(labels("/clusters/constructor/topics/toString/messages")).toEqual([
    "constructor",
    "Topics",
    "toString",
    "Messages",
  ]);
  expect(labels("/__proto__/constructor")).toEqual(["__proto__", "constructor"]);
});
