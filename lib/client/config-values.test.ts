import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConfigFormat } from "../api/configs.ts";
import { formatOf } from "../kafka/config-kinds.ts";
import { firstSentence, fromAmount, listItems, mistakeIn, readable, toAmount, unitsOf } from "./config-values.ts";

const long = (name: string) => formatOf(name, "long", null);
const plainGaps = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
const shown = (name: string, value: string) => {
  const { text, raw } = readable(long(name), value);
  return plainGaps(raw === null ? text : `${text} / ${raw}`);
};

test("values are read in human units beside what Kafka holds", () => {
  expect(shown("retention.ms", "604800000")).toBe("7 d / 604 800 000");
  expect(shown("segment.bytes", "536870912")).toBe("512 MiB / 536 870 912");
  expect(shown("retention.bytes", "-1")).toBe("no limit / −1");
  expect(shown("local.retention.ms", "-2")).toBe("as retention.ms / −2");
  expect(shown("flush.messages", "9223372036854775807")).toBe("never / max int64");
  expect(shown("log.retention.hours", "168")).toBe("7 d / 168");
  expect(shown("linger.ms", "5")).toBe("5 ms");
});

test("kinds come from the name, the type and a table of rules", () => {
  expect(formatOf("cleanup.policy", "list", "delete")).toMatchObject({ kind: "list", choices: ["delete", "compact"] });
  expect(formatOf("compression.type", "string", "zstd")).toMatchObject({ kind: "choice" });
  expect(formatOf("preallocate", "boolean", "false").kind).toBe("boolean");
  expect(formatOf("min.cleanable.dirty.ratio", "double", "0.5").kind).toBe("decimal");
  expect(formatOf("principal.builder.class", "class", "x").kind).toBe("text");
  expect(formatOf("offsets.topic.num.partitions", "int", "50")).toMatchObject({ kind: "integer", unit: null });
  expect(formatOf("offsets.retention.minutes", "int", "9")).toMatchObject({ kind: "duration", unit: "minutes" });
  expect(formatOf("socket.send.buffer.bytes", "int", "9")).toMatchObject({ kind: "size", unit: "bytes" });
});

test("brokers that do not tell types have them by name and value", () => {
  expect(formatOf("retention.ms", "unknown", "5").kind).toBe("duration");
  expect(formatOf("cleanup.policy", "unknown", "delete").kind).toBe("list");
  expect(formatOf("preallocate", "unknown", "false").kind).toBe("boolean");
});

const formats: ConfigFormat[] = [
  long("retention.ms"),
  long("retention.bytes"),
  long("log.retention.hours"),
  long("offsets.retention.minutes"),
  long("some.seconds"),
];

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
  expect(fromAmount(long("retention.ms"), { amount: "1.5", unit: "h" })).toBe("5400000");
  expect(fromAmount(long("retention.ms"), { amount: "1,5", unit: "s" })).toBe("1500");
  expect(fromAmount(long("retention.ms"), { amount: "0.5", unit: "ms" })).toBeNull();
  expect(fromAmount(long("retention.ms"), { amount: "1e3", unit: "ms" })).toBeNull();
  expect(fromAmount(long("retention.ms"), { amount: "", unit: "ms" })).toBeNull();
});

test("what the type forbids is said before a broker is asked", () => {
  const entry = (name: string, type: Parameters<typeof formatOf>[1]) => ({ format: formatOf(name, type, null), type });
  expect(mistakeIn(entry("retention.ms", "long"), "soon")).toMatch(/whole number/);
  expect(mistakeIn(entry("segment.bytes", "int"), "2147483648")).toMatch(/between/);
  expect(mistakeIn(entry("retention.ms", "long"), "-1")).toBeNull();
  expect(mistakeIn(entry("cleanup.policy", "list"), "delete, burn")).toMatch(/burn/);
  expect(mistakeIn(entry("compression.type", "string"), "zip")).toMatch(/one of/);
  expect(mistakeIn(entry("min.cleanable.dirty.ratio", "double"), "half")).toMatch(/number/);
});

test("lists are what stands between commas", () => {
  expect(listItems(" a, b ,,c")).toEqual(["a", "b", "c"]);
  expect(listItems("")).toEqual([]);
});

test("one line of documentation is its first sentence, dots inside words apart", () => {
  expect(firstSentence("Set log.retention.ms. It counts. Then more.")).toBe("Set log.retention.ms.");
  expect(firstSentence("No end")).toBe("No end");
});
