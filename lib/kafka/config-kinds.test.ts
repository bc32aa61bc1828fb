import { expect, test } from "vitest";
import { documentationOf } from "./config-docs.ts";
import { formatOf } from "./config-kinds.ts";
import { inUnitOf, topicNameOf } from "./topic-config-names.ts";

test("kinds come from the name, the type and a table of rules", () => {
  expect(formatOf("cleanup.policy", "list", "delete")).toMatchObject({ kind: "list", choices: ["delete", "compact"] });
  expect(formatOf("compression.type", "string", "zstd")).toMatchObject({ kind: "choice" });
  expect(formatOf("preallocate", "boolean", "false").kind).toBe("boolean");
  expect(formatOf("min.cleanable.dirty.ratio", "double", "0.5").kind).toBe("decimal");
  expect(formatOf("principal.builder.class", "class", "x").kind).toBe("text");
  expect(formatOf("offsets.topic.num.partitions", "int", "50")).toMatchObject({ kind: "integer", unit: null });
  expect(formatOf("offsets.retention.minutes", "int", "9")).toMatchObject({ kind: "duration", unit: "minutes" });
  expect(formatOf("socket.send.buffer.bytes", "int", "9")).toMatchObject({ kind: "size", unit: "bytes" });
  expect(formatOf("max.incremental.fetch.session.cache.slots", "int", "9").kind).toBe("integer");
});

test("brokers that do not tell types have them by name and value", () => {
  expect(formatOf("retention.ms", "unknown", "5").kind).toBe("duration");
  expect(formatOf("cleanup.policy", "unknown", "delete").kind).toBe("list");
  expect(formatOf("preallocate", "unknown", "false").kind).toBe("boolean");
});

test("numbers that mean something else have a word where Kafka gives them that meaning, and only there", () => {
  const words = (name: string) => Object.fromEntries(formatOf(name, "long", null).words.map((w) => [w.value, w.word]));
  expect(words("retention.ms")["-1"]).toBe("no limit");
  expect(words("local.retention.bytes")["-2"]).toBe("as retention.bytes");
  expect(words("flush.messages")["9223372036854775807"]).toBe("never");
  expect(words("segment.ms")["-1"]).toBeUndefined();
  expect(formatOf("compression.zstd.level", "int", "3").words).toEqual([]);
});

test("documentation is the broker's without its markup, else our sentence, else none", () => {
  expect(documentationOf("x", "Set <code>a&lt;b</code> to <i>all</i>.<p>Then&nbsp;more")).toBe(
    "Set a<b to all. Then more",
  );
  expect(documentationOf("retention.ms", "")).toMatch(/record/);
  expect(documentationOf("x", null)).toBeNull();
});

test("a topic config and the broker configs behind it know each other, in their own units", () => {
  expect(topicNameOf("log.retention.hours")).toBe("retention.ms");
  expect(topicNameOf("num.network.threads")).toBeNull();
  expect(inUnitOf("retention.ms", "log.retention.hours", "168")).toBe("604800000");
  expect(inUnitOf("segment.bytes", "log.segment.bytes", "5")).toBe("5");
  expect(inUnitOf("retention.ms", "log.retention.hours", null)).toBeNull();
});
