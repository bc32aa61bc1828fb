import { expect, test } from "vitest";
import { keptFormats } from "./message-formats.ts";

const hex = { keyFormat: "", valueFormat: "hex" };

test("a topic's choice replaces its last one", () => {
  expect(keptFormats({ "c/a": { keyFormat: "int32", valueFormat: "" } }, "c/a", hex)).toEqual({ "c/a": hex });
});

test("going back to what is detected is not kept", () => {
  expect(keptFormats({ "c/a": hex, "c/b": hex }, "c/a", { keyFormat: "", valueFormat: "" })).toEqual({ "c/b": hex });
});

test("the choice made longest ago is forgotten when there are too many", () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`c/${at}`, hex]));
  const kept = keptFormats(keptFormats(many, "c/0", hex), "c/new", hex);
  expect(Object.keys(kept)).toHaveLength(200);
  expect(kept).toHaveProperty(["c/0"]);
  expect(kept).not.toHaveProperty(["c/1"]);
});
