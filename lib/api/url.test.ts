import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeName, encodeName, url } from "./url.ts";

test("every name survives the way through a path segment", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => decodeName(encodeName(name)) === name));
});

test("an escaped name holds nothing that a proxy or a router could read as its own", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (name) => /^[A-Za-z0-9_~-]+$/.test(encodeName(name))));
});

test.each([
  ["orders.rsc", "orders~2Ersc"],
  ["..", "~2E~2E"],
  ["a/b", "a~2Fb"],
  ["", "~"],
  ["new", "~6Eew"],
])("the name %j is written %s", (name, segment) => expect(encodeName(name)).toBe(segment));

test("a plain name without a tilde is read as it is", () => expect(decodeName("orders.rsc")).toBe("orders.rsc"));

test.each(["~2", "a~zz", "~FF"])("the broken escape %s is no name", (segment) =>
  expect(decodeName(segment)).toBeNull(),
);

test("the tag escapes each name and nothing else", () => {
  expect(url`/clusters/${"a b"}/topics/${"x.y"}/configs`).toBe("/clusters/a~20b/topics/x~2Ey/configs");
});
