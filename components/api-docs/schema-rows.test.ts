import { expect, test } from "vitest";
import type { Schema } from "@/lib/client/api-docs";
import { schemaRows, typeWords } from "./schema-rows.ts";

const schemas: Record<string, Schema> = {
  problem: { type: "object", properties: { code: { type: "string" } } },
  int64: { type: "string", pattern: "^\\d+$" },
  log: {
    type: "object",
    properties: {
      end: { $ref: "#/components/schemas/int64" },
      warnings: { type: "array", items: { $ref: "#/components/schemas/problem" } },
    },
    required: ["end"],
  },
};

test("objects inside lists and behind references are spelled out, one step further in", () => {
  const rows = schemaRows(
    { type: "object", properties: { items: { type: "array", items: { $ref: "#/components/schemas/log" } } } },
    schemas,
  );
  expect(rows.map(({ depth, name, type, required }) => [depth, name, type, required])).toEqual([
    [0, "items", "list of object", false],
    [1, "end", "int64 digits", true],
    [1, "warnings", "list of problem", false],
  ]);
});

test("variants are told apart by what is fixed in them", () => {
  const variant = (type: string): Schema => ({ type: "object", properties: { type: { const: type, type: "string" } } });
  expect(schemaRows({ oneOf: [variant("start"), variant("end")] }, {}).map(({ name }) => name)).toEqual([
    'type: "start"',
    "type",
    'type: "end"',
    "type",
  ]);
});

test("what may be null says so", () => {
  expect(typeWords({ anyOf: [{ type: "string" }, { type: "null" }] }, {})).toBe("text or null");
});
