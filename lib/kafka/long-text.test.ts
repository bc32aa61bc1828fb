import { expect, it } from "vitest";
import { problemOf } from "../api/problem.ts";
import { refuseLongText } from "./long-text.ts";

const codeOf = (sent: unknown) => {
  try {
    refuseLongText(sent);
    return null;
  } catch (error) {
    return problemOf(error)?.code;
  }
};

it("lets through what a broker can read", () => {
  expect(codeOf([["orders"], false, { name: "x".repeat(32_767), at: 5n, of: null }])).toBeNull();
  expect(codeOf(["é".repeat(16_383)])).toBeNull();
});

it("refuses a text that a broker would close the connection for, however deep it lies", () => {
  expect(codeOf(["x".repeat(32_768)])).toBe("bad-request");
  expect(codeOf([{ topics: [{ partitions: [{ metadata: "é".repeat(16_384) }] }] }])).toBe("bad-request");
});

it("takes bytes of any length for what they are", () => {
  expect(codeOf([Buffer.alloc(100_000), new Uint8Array(100_000)])).toBeNull();
});
