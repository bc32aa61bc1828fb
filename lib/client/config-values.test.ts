import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConfigFormat, ConfigType } from "../api/configs.ts";
import { firstSentence, fromAmount, listItems, mistakeIn, readable, toAmount, unitsOf } from "./config-values.ts";

const plain: ConfigFormat = { kind: "text", unit: null, choices: [], words: [] };
const duration = (unit: ConfigFormat["unit"], words: ConfigFormat["words"] = []): ConfigFormat => ({
  ...plain,
  kind: "duration",
  unit,
  words,
});
const size: ConfigFormat = { ...plain, kind: "size", unit: "bytes", words: [{ value: "-1", word: "no limit" }] };
const plainGaps = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
const milliseconds = duration("ms", [
  { value: "-2", word: "as retention.ms" },
  { value: "9223372036854775807", word: "never" },
]);
const shown = (format: ConfigFormat, value: string) => {
  const { text, raw } = readable(format, value);
  return plainGaps(raw === null ? text : `${text} / ${raw}`);
};

test("values are read in human units beside what Kafka holds", () => {
  expect(shown(milliseconds, "604800000")).toBe("7 d / 604 800 000");
  expect(shown(size, "536870912")).toBe("512 MiB / 536 870 912");
  expect(shown(size, "-1")).toBe("no limit / −1");
  expect(shown(milliseconds, "-2")).toBe("as retention.ms / −2");
  expect(shown(milliseconds, "9223372036854775807")).toBe("never / max int64");
  expect(shown(duration("hours"), "168")).toBe("7 d / 168");
  expect(shown(milliseconds, "5")).toBe("5 ms");
  expect(shown(plain, "1024")).toBe("1024");
});

const formats = [milliseconds, size, duration("hours"), duration("minutes"), duration("seconds")];

test("an amount and its unit are the raw number again, over the whole of int64", () => {
  fc.assert(
    fc.property(fc.constantFrom(...formats), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (format, value) => {
      expect(fromAmount(format, toAmount(format, value.toString()))).toBe(value.toString());
    }),
  );
});

test("every unit counts whole numbers exactly", () => {
  fc.assert(
    fc.property(fc.constantFrom(...formats), fc.nat(), fc.bigInt(0n, 2n ** 40n), (format, pick, amount) => {
      const units = unitsOf(format);
      const unit = units[pick % units.length];
      if (!unit) return;
      const raw = fromAmount(format, { amount: amount.toString(), unit: unit.id });
      const smallest = units[0]?.size ?? 1n;
      expect(raw).toBe(((amount * unit.size) / smallest).toString());
    }),
  );
});

test("a decimal is taken where it comes out whole, and never rounded", () => {
  expect(fromAmount(milliseconds, { amount: "1.5", unit: "h" })).toBe("5400000");
  expect(fromAmount(milliseconds, { amount: "1,5", unit: "s" })).toBe("1500");
  expect(fromAmount(milliseconds, { amount: "0.5", unit: "ms" })).toBeNull();
  expect(fromAmount(milliseconds, { amount: "1e3", unit: "ms" })).toBeNull();
  expect(fromAmount(milliseconds, { amount: "", unit: "ms" })).toBeNull();
});

test("what the type forbids is said before a broker is asked", () => {
  const check = (kind: ConfigFormat["kind"], type: ConfigType, value: string, choices: string[] = []) =>
    mistakeIn({ format: { ...plain, kind, choices }, type }, value);
  expect(check("duration", "long", "soon")).toMatch(/whole number/);
  expect(check("size", "int", "2147483648")).toMatch(/between/);
  expect(check("duration", "long", "-1")).toBeNull();
  expect(check("list", "list", "delete, burn", ["delete", "compact"])).toMatch(/burn/);
  expect(check("list", "list", "anything, at all")).toBeNull();
  expect(check("choice", "string", "zip", ["zstd"])).toMatch(/one of/);
  expect(check("decimal", "double", "half")).toMatch(/number/);
});

test("lists are what stands between commas", () => {
  expect(listItems(" a, b ,,c")).toEqual(["a", "b", "c"]);
  expect(listItems("")).toEqual([]);
});

test("one line of documentation is its first sentence, dots inside words apart", () => {
  expect(firstSentence("Set log.retention.ms. It counts. Then more.")).toBe("Set log.retention.ms.");
  expect(firstSentence("No end")).toBe("No end");
});
