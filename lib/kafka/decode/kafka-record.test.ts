import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CONSUMER_OFFSETS, howOf, ofRecord, type PayloadPart, TRANSACTION_STATE } from "./how.ts";
import { decodePayload, judgePayload } from "./payload.ts";

type Fixture = { topic: string; type: number; part: PayloadPart; hex: string; json: string };

/**
 * Every type and version that Kafka 4.3.1 knows, with contents by chance: the bytes as its message schemas wrote them, and what its
 * own converter to JSON made of these bytes.
 */
const fixtures = readFileSync(new URL("kafka-records.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Fixture);

const topics: Record<string, string> = { "consumer-offsets": CONSUMER_OFFSETS, "transaction-state": TRANSACTION_STATE };

function show(topic: string, part: PayloadPart, bytes: Buffer, type: number | null) {
  const key = Buffer.alloc(2);
  key.writeInt16BE(type ?? 0);
  const how = howOf({ topic, keyFormat: null, valueFormat: null, protobuf: null }, part);
  return decodePayload(bytes, 1_000_000, type === null ? how : ofRecord(how, key));
}

const statuses: Record<string, number> = {
  STABLE: 1,
  UNREVOKED_PARTITIONS: 1,
  UNRELEASED_PARTITIONS: 2,
  UNREVOKED_TASKS: 2,
  Ongoing: 1,
  PrepareCommit: 2,
};
/** Kafka's converter writes bytes as base64 and states as numbers, and numbers of 64 bits as numbers. */
const asKafkaSays = (json: string, streams: boolean) =>
  sorted(
    JSON.parse(json.replace(/:(-?\d{15,})/g, ':"$1"'), (name, value) => {
      if (value !== null && typeof value === "object" && "base64" in value) return value.base64;
      if (typeof value !== "string" || (name !== "state" && name !== "transactionStatus")) return value;
      return name === "state" && !streams && value === "STABLE" ? 0 : statuses[value];
    }),
  );

/** Kafka's converter has an order of its own. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sorted(inner)]));
};

describe("records of Kafka's own topics", () => {
  test.each(fixtures)("$topic $type $part reads as Kafka reads it", ({ topic, type, part, hex, json }) => {
    const shown = show(topics[topic] ?? "", part, Buffer.from(hex, "hex"), type);
    expect(shown).toMatchObject({ format: topic, truncated: false, size: hex.length / 2 });
    const mine = asKafkaSays(shown?.text ?? "", type >= 17) as { data: unknown; unread?: string };
    expect(mine.data).toEqual(asKafkaSays(json, type >= 17));
    expect(mine.unread).toBeUndefined();
  });

  test("a value without its key is read by the first type that takes all of it", () => {
    const commit = fixtures.find(
      ({ type, part, topic }) => topic === "consumer-offsets" && type === 1 && part === "value",
    );
    expect(show(CONSUMER_OFFSETS, "value", Buffer.from(commit?.hex ?? "", "hex"), null)?.text).toContain('"offset":');
  });

  test("a type and a version that are not known are told, with all their bytes", () => {
    expect(show(CONSUMER_OFFSETS, "key", Buffer.from("002a0102ff", "hex"), null)).toMatchObject({
      format: "consumer-offsets",
      text: '{"type":42,"unread":"0102ff"}',
    });
    expect(show(CONSUMER_OFFSETS, "value", Buffer.from("00090102", "hex"), 1)?.text).toBe(
      '{"version":9,"unread":"0102"}',
    );
    expect(show(CONSUMER_OFFSETS, "value", Buffer.from("00000102", "hex"), 77)?.text).toBe(
      '{"version":0,"unread":"0102"}',
    );
  });

  test("what is left over behind a record is no record until it is asked for, and then shown", () => {
    const bytes = Buffer.from("000000000001aaff00", "hex");
    const how = { part: "key", topic: TRANSACTION_STATE, format: null, protobuf: null } as const;
    expect(decodePayload(bytes, 100, how)?.format).toBe("hex");
    expect(judgePayload(bytes, how).find(({ format }) => format === "transaction-state")).toEqual({
      format: "transaction-state",
      fits: true,
      why: "reads as a record of Kafka's, but 5 bytes are left over",
    });
    expect(decodePayload(bytes, 100, { ...how, format: "transaction-state" })?.text).toBe(
      '{"type":0,"name":"TransactionLog","data":{"transactionalId":""},"unread":"0001aaff00"}',
    );
  });

  test("a struct that is null in a tagged field, as a broker wrote it, is null", () => {
    const member =
      "0000000011636f6e736f6c652d636f6e73756d65720b2f3132372e302e302e3102076f726465727301000493e00001000100";
    expect(show(CONSUMER_OFFSETS, "value", Buffer.from(member, "hex"), 5)?.text).toContain(
      '"serverAssignor":null,"classicMemberMetadata":null}',
    );
  });

  test("members of consumer groups are read, members of other groups stay bytes", () => {
    const group = (protocol: string, subscription: Buffer) => {
      const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
      const sized = (value: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, value.length]), value]);
      return Buffer.concat([
        Buffer.from("0000", "hex"),
        text(protocol),
        Buffer.from("00000001", "hex"),
        text("range"),
        Buffer.from("ffff", "hex"),
        Buffer.from("00000001", "hex"),
        ...["m", "c", "h"].map(text),
        Buffer.from("0000ea60", "hex"),
        sized(subscription),
        sized(Buffer.alloc(0)),
      ]);
    };
    const subscription = Buffer.from("000100000001000161ffffffff00000000", "hex");
    const members = (protocol: string, bytes: Buffer) =>
      JSON.parse(show(CONSUMER_OFFSETS, "value", group(protocol, bytes), 2)?.text ?? "").data.members[0];
    expect(members("consumer", subscription)).toMatchObject({
      memberId: "m",
      subscription: { version: 1, data: { topics: ["a"], userData: null, ownedPartitions: [] } },
      assignment: { base64: "" },
    });
    expect(members("connect", subscription).subscription).toEqual({ base64: subscription.toString("base64") });
    const newer = Buffer.concat([
      Buffer.from("000900000001000161ffffffff00000000", "hex"),
      Buffer.from("00000001ffffbeef", "hex"),
    ]);
    expect(members("consumer", newer).subscription).toMatchObject({ version: 9, unread: "beef" });
  });

  test("bytes of any kind never throw, in any part, at any limit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(topics)),
        fc.constantFrom<PayloadPart>("key", "value", "header"),
        fc.integer({ min: -1, max: 30 }),
        fc.uint8Array({ maxLength: 80 }),
        fc.nat(60),
        (topic, part, type, bytes, limit) => {
          const how = { part, topic, format: null, protobuf: null, key: Buffer.from([0, type & 0xff]) };
          const given = Buffer.concat([Buffer.from([0, type & 0xff]), bytes]);
          const shown = decodePayload(given, limit, how);
          expect(shown?.text.length).toBeLessThanOrEqual(limit);
          judgePayload(given, how);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a record that is cut anywhere is hex, never half a record", () => {
    for (const { topic, type, part, hex } of fixtures.slice(0, 20)) {
      const bytes = Buffer.from(hex, "hex");
      for (let end = 2; end < bytes.length; end += 5) {
        const shown = show(topics[topic] ?? "", part, bytes.subarray(0, end), type);
        expect(shown?.format).not.toBe(topic);
      }
    }
  });
});
