import fc from "fast-check";
import { expect, test } from "vitest";
import type { Quorum } from "../../api/clusters.ts";
import { makeProblem } from "../../api/problem.ts";
import { toInt64 } from "../../api/scalars.ts";
import type { LogDirOnDisk } from "../log-dirs.ts";
import type { PartitionMetadata, TopicMetadata } from "../metadata.ts";
import { attentionOf } from "./attention.ts";
import {
  biggestTopics,
  brokerRows,
  controllerOf,
  isUnderMinIsr,
  loadByBroker,
  type Reading,
  totalsOf,
} from "./overview.ts";

const GIB = 1024n ** 3n;

const partition = (leader: number | null, replicas: number[], isr = replicas): PartitionMetadata => ({
  partition: 0,
  leader,
  leaderEpoch: 0,
  replicas,
  isr,
  offline: [],
});
const topic = (name: string, ...partitions: PartitionMetadata[]): TopicMetadata => ({
  name,
  id: null,
  internal: name.startsWith("__"),
  errorCode: 0,
  operations: null,
  partitions: partitions.map((one, at) => ({ ...one, partition: at })),
});
const member = (id: number) => ({ id, host: `kafka-${id}`, port: 9092, rack: null });
const dir = (name: string, sizeBytes: bigint, usable = 60n): LogDirOnDisk => ({
  path: "/data",
  totalBytes: 100n * GIB,
  usableBytes: usable * GIB,
  problem: null,
  replicas: [{ topic: name, partition: 0, sizeBytes, offsetLag: 0n, future: false }],
});

function reading(topics: TopicMetadata[], members = [1, 2, 3], more: Partial<Reading> = {}): Reading {
  return {
    metadata: { brokers: members.map(member), topics, controllerId: 1 },
    dirs: { byBroker: new Map(members.map((id) => [id, [dir(topics[0]?.name ?? "none", 10n)]])), problems: [] },
    minIsr: new Map(topics.map(({ name }) => [name, 2])),
    quorum: null,
    quorumProblem: null,
    unreachable: new Map(),
    ...more,
  };
}

const sentences = (given: Reading) => attentionOf(given, brokerRows(given)).map(({ text }) => text.replace(/\s/g, " "));

test("a cluster that is well has nothing to look at", () => {
  expect(sentences(reading([topic("a", partition(1, [1, 2, 3]), partition(2, [2, 3, 1]))]))).toEqual([]);
});

test("a broker that only replica lists name is a row that says missing", () => {
  const given = reading([topic("a", partition(1, [1, 2, 3], [1, 2]), partition(null, [3], [3]))], [1, 2]);
  expect(brokerRows(given).map(({ id, state, host, skew }) => ({ id, state, host, known: skew !== null }))).toEqual([
    { id: 1, state: "in-sync", host: "kafka-1", known: true },
    { id: 2, state: "in-sync", host: "kafka-2", known: true },
    { id: 3, state: "missing", host: null, known: false },
  ]);
  expect(sentences(given)).toEqual([
    "Broker 3 is missing: 2 replicas should be there, but it is no member of the cluster now.",
    "1 partition of 1 topic has no leader and can be neither read nor written: broker 3 is missing.",
    "1 partition of 1 topic has fewer replicas in sync than it should: broker 3 is missing. Writes with acks=all still succeed.",
  ]);
});

test("below min.insync.replicas is worse than under-replicated, and nothing is said to succeed", () => {
  const given = reading([topic("a", partition(1, [1, 2, 3], [1]))]);
  expect(sentences(given)).toEqual([
    "1 partition of 1 topic has fewer replicas in sync than min.insync.replicas. Writes with acks=all are refused.",
    "1 partition of 1 topic has fewer replicas in sync than it should: brokers 2 and 3 are behind.",
  ]);
});

test("what min.insync.replicas is not known for is neither counted nor called fine", () => {
  const given = reading([topic("a", partition(1, [1, 2, 3], [1]))], [1, 2, 3], { minIsr: new Map([["a", null]]) });
  expect(totalsOf(given, brokerRows(given)).underMinIsr).toBeNull();
  expect(sentences(given)[0]).not.toContain("acks");
});

test("a partition never needs more replicas in sync than it has", () => {
  expect(isUnderMinIsr({ isr: [1], replicas: [1] }, 2)).toBe(false);
  expect(isUnderMinIsr({ isr: [1], replicas: [1, 2] }, 2)).toBe(true);
});

test("leaders that are not preferred come with the election where it can help", () => {
  const given = reading([topic("a", partition(2, [1, 2]), partition(2, [3, 2], [2]), partition(1, [1, 2]))]);
  const found = attentionOf(given, brokerRows(given)).at(-1);
  expect(found?.text.replace(/\s/g, " ")).toBe(
    "2 partitions of 3 are not led by the preferred replica. For 1 partition the preferred one is in sync.",
  );
  expect(found?.action?.target).toBe("election");
});

test("a nearly full disk is told with what is left", () => {
  const byBroker = new Map([
    [1, [dir("a", 1n, 14n)]],
    [2, [dir("a", 1n, 4n)]],
    [3, [dir("a", 1n, 15n)]],
  ]);
  const given = reading([topic("a", partition(1, [1, 2, 3]))], [1, 2, 3], { dirs: { byBroker, problems: [] } });
  expect(sentences(given)).toEqual([
    "The disk of broker 2 is 96.0 % full: 4.0 GiB of 100 GiB are left.",
    "The disk of broker 1 is 86.0 % full: 14.0 GiB of 100 GiB are left.",
  ]);
});

test("no majority of controllers comes first and says whose figures these are", () => {
  const refused = makeProblem("connection-refused", "connect ECONNREFUSED");
  const given = reading([topic("a", partition(1, [1, 2, 3]))], [1, 2, 3], {
    quorumProblem: makeProblem("no-quorum"),
    unreachable: new Map([
      [2, refused],
      [3, refused],
    ]),
  });
  expect(sentences(given)[0]).toBe(
    "The controllers have no majority: no controller answers, and neither do brokers 2 and 3. Metadata is stale and nothing can be changed. The figures are what broker 1 last knew.",
  );
  expect(controllerOf(given)).toBeNull();
});

const replica = (node: number, role: "leader" | "voter" | "observer", behindMs: number) => ({
  node,
  role,
  logEndOffset: toInt64(9n),
  lag: toInt64(0n),
  lastFetchAt: null,
  lastCaughtUpAt: null,
  behindMs,
});

test("the leader of the quorum is the controller, and a voter that is far behind is told", () => {
  const quorum: Quorum = {
    leader: 2,
    leaderEpoch: 4,
    highWatermark: toInt64(9n),
    replicas: [replica(2, "leader", 0), replica(1, "voter", 300), replica(3, "voter", 48_000)],
  };
  const given = reading([topic("a", partition(1, [1, 2, 3]))], [1, 2, 3], { quorum });
  expect(brokerRows(given).map(({ roles }) => roles.at(-1))).toEqual(["voter", "controller", "voter"]);
  expect(sentences(given)).toEqual(["Voter 3 of the KRaft quorum is 48 s behind."]);
});

test("replicas, leaders and lagging replicas of the brokers add up to those of the partitions", () => {
  const arbitrary = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }).chain((replicas) =>
    fc.record({
      replicas: fc.constant(replicas),
      isr: fc.subarray(replicas),
      leader: fc.constantFrom<number | null>(null, ...replicas),
    }),
  );
  fc.assert(
    fc.property(fc.array(arbitrary), (given) => {
      const partitions = given.map(({ leader, replicas, isr }) => partition(leader, replicas, isr));
      const loads = [...loadByBroker(partitions).values()];
      const sum = (of: (load: (typeof loads)[number]) => number) => loads.reduce((total, load) => total + of(load), 0);
      expect(sum(({ replicas }) => replicas)).toBe(given.reduce((total, { replicas }) => total + replicas.length, 0));
      expect(sum(({ leaders }) => leaders)).toBe(given.filter(({ leader }) => leader !== null).length);
      expect(sum(({ outOfSync }) => outOfSync)).toBe(
        given.reduce((total, { replicas, isr }) => total + replicas.length - isr.length, 0),
      );
    }),
  );
});

test("the biggest topics come first, names decide between equals, and empty ones are left out", () => {
  const sums = new Map([
    ["small", 1n],
    ["b", 5n],
    ["a", 5n],
    ["empty", 0n],
    ["deleted a moment ago", 9n],
  ]);
  const { metadata } = reading(["small", "a", "b", "empty"].map((name) => topic(name, partition(1, [1]))));
  expect(biggestTopics(sums, metadata, 2).map(({ name }) => name)).toEqual(["a", "b"]);
});
