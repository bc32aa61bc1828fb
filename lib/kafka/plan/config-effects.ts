import type { ConfigEffect } from "../../api/configs.ts";
import { bytes, counted, duration } from "../../format.ts";

/** What is known of one partition; null where it could not be asked. */
export type PartitionFacts = {
  isr: number;
  replicas: number;
  /** Offsets from the log start to the end. */
  span: bigint | null;
  /** Offsets below the first record that is young enough for the new retention; null too where that was not asked. */
  older: bigint | null;
  /** On disk, of one replica and of all that answered. */
  sizeBytes: bigint | null;
  allSizesBytes: bigint | null;
};

/** `internal`: Kafka keeps its own state in the topic. */
export type TopicFacts = { partitions: PartitionFacts[]; internal?: boolean };

/** The values before and after, of every config, at one place. */
export type Values = { before: (name: string) => string | null; after: (name: string) => string | null };

const note = (text: string): ConfigEffect => ({ tone: "note", text, loss: null });
const warn = (text: string): ConfigEffect => ({ tone: "warn", text, loss: null });
const loss = (text: string, what: string): ConfigEffect => ({ tone: "loss", text, loss: what });

const number = (value: string | null): bigint | null =>
  value !== null && /^-?\d+$/.test(value) ? BigInt(value) : null;
const policies = (value: string | null): string[] => (value ?? "").split(",").map((policy) => policy.trim());
const CHECK = "at the next retention check (every 5 min unless log.retention.check.interval.ms says otherwise)";
const GONE = "Deleted records cannot be brought back.";

/** How long records stay, where the policy deletes at all. Null: no limit. */
const kept = (policy: string | null, limit: string | null): bigint | null => {
  const value = number(limit);
  return !policies(policy).includes("delete") || value === null || value < 0n ? null : value;
};

const isTighter = (before: bigint | null, after: bigint | null): after is bigint =>
  after !== null && (before === null || after < before);

/** Milliseconds that retention will be, where it becomes shorter: what facts are needed for. Null: it does not. */
export function shorterRetention({ before, after }: Values): bigint | null {
  const now = kept(before("cleanup.policy"), before("retention.ms"));
  const then = kept(after("cleanup.policy"), after("retention.ms"));
  return isTighter(now, then) ? then : null;
}

/** What each changed config of a topic brings with it. `facts` null: nothing could be counted. */
export function topicEffects(name: string, values: Values, facts: TopicFacts | null): ConfigEffect[] {
  return effectsByName.get(name)?.(values, facts) ?? [];
}

type Effects = (values: Values, facts: TopicFacts | null) => ConfigEffect[];

const retentionTime: Effects = (values, facts) => {
  const then = shorterRetention(values);
  if (then === null) return [];
  const counted = facts ? olderRecords(facts) : null;
  const again =
    values.before("retention.ms") === values.after("retention.ms")
      ? ""
      : " Setting the old value again only keeps what is left.";
  if (counted?.records === 0n)
    return [note(`No record is older than ${duration(then)} now, so nothing is deleted at once.`)];
  const amount = counted ? `: ${counted.text}` : "";
  return [
    loss(
      `Records older than ${duration(then)} may be deleted ${CHECK}${amount}. ${GONE}${again}`,
      counted?.what ?? `records older than ${duration(then)}`,
    ),
  ];
};

/** Offsets and a share of the size; null where a partition could not be asked, for then no sum is true. */
function olderRecords({ partitions }: TopicFacts): { records: bigint; text: string; what: string } | null {
  let [records, size] = [0n, 0n as bigint | null];
  for (const { older, span, allSizesBytes } of partitions) {
    if (older === null || span === null) return null;
    records += older;
    if (older > 0n && (allSizesBytes === null || size === null)) size = null;
    else if (older > 0n && size !== null && allSizesBytes !== null)
      size += (allSizesBytes * older) / (span > 0n ? span : 1n);
  }
  const some = `up to ${counted(records, "record")}`;
  const about = size === null ? null : `about ${bytes(size)}`;
  return {
    records,
    text: about ? `${some}, ${about} over all replicas` : some,
    what: about ? `${about} of records` : some,
  };
}

const retentionSize: Effects = ({ before, after }, facts) => {
  const now = kept(before("cleanup.policy"), before("retention.bytes"));
  const then = kept(after("cleanup.policy"), after("retention.bytes"));
  if (!isTighter(now, then)) return [];
  const sizes = facts?.partitions.map(({ sizeBytes }) => sizeBytes) ?? [null];
  if (sizes.some((size) => size === null))
    return [
      loss(`Partitions larger than ${bytes(then)} lose their oldest segments ${CHECK}. ${GONE}`, "the oldest records"),
    ];
  const over = sizes.filter((size): size is bigint => size !== null && size > then);
  if (over.length === 0)
    return [note(`No partition is larger than ${bytes(then)} now, so nothing is deleted at once.`)];
  const excess = over.reduce((sum, size) => sum + size - then, 0n);
  return [
    loss(
      `${over.length} of ${counted(sizes.length, "partition")} ${over.length === 1 ? "is" : "are"} larger than ${bytes(then)} and may lose up to ${bytes(excess)} in each replica ${CHECK}. ${GONE}`,
      `up to ${bytes(excess)} of records`,
    ),
  ];
};

const cleanup: Effects = (values, facts) => {
  const [now, then] = [policies(values.before("cleanup.policy")), policies(values.after("cleanup.policy"))];
  const effects: ConfigEffect[] = [];
  const removes = (policy: string) => then.includes(policy) && !now.includes(policy);
  if (facts?.internal && (removes("delete") || removes("compact")))
    effects.push(
      loss(
        "This is an internal topic: Kafka keeps its own state in it, by a policy of its own choice. With another one groups may lose their offsets, or transactions their outcome.",
        "state that Kafka keeps in this topic",
      ),
    );
  if (then.join("") === "" && now.join("") !== "")
    effects.push(warn("Nothing is deleted or compacted any more: the topic grows without end."));
  if (then.includes("compact") && !now.includes("compact"))
    effects.push(
      loss(
        "Compaction keeps only the last record of each key: older ones are removed for good. Records without a key are refused from then on, and if the log holds some, its compaction stops.",
        "older records of each key",
      ),
    );
  if (now.includes("compact") && !then.includes("compact"))
    effects.push(warn("Tombstones no longer delete keys; what compaction has removed stays removed."));
  // Where retention changes too, its own row tells.
  if (then.includes("delete") && !now.includes("delete")) {
    effects.push(...retentionTime(values, facts), ...retentionSize(values, facts));
  }
  return effects;
};

const minInsync: Effects = ({ after }, facts) => {
  const least = number(after("min.insync.replicas"));
  if (least === null || facts === null || facts.partitions.length === 0) return [];
  const total = facts.partitions.length;
  const never = facts.partitions.filter(({ replicas }) => BigInt(replicas) < least).length;
  if (never > 0)
    return [
      warn(
        `${never === total ? "Every partition has" : `${never} of ${total} partitions have`} fewer than ${least} replicas: every write with acks=all to ${never === total ? "this topic" : "them"} will be refused.`,
      ),
    ];
  const behind = facts.partitions.filter(({ isr }) => BigInt(isr) < least).length;
  if (behind > 0)
    return [
      warn(
        `${behind} of ${counted(total, "partition")} ${behind === 1 ? "has" : "have"} fewer than ${least} replicas in sync now: writes with acks=all to ${behind === 1 ? "it" : "them"} are refused until the others catch up.`,
      ),
    ];
  return facts.partitions.some(({ replicas }) => BigInt(replicas) === least)
    ? [warn("With as many as there are replicas, one broker that is down stops all writes with acks=all.")]
    : [];
};

const messageSize: Effects = ({ before, after }) => {
  const [now, then] = [number(before("max.message.bytes")), number(after("max.message.bytes"))];
  if (now === null || then === null || now === then) return [];
  return then < now
    ? [warn(`Batches above ${bytes(then)} are refused from then on. What is stored stays readable.`)]
    : [note("Consumers and followers fetch a first batch of any size, but their memory must hold it.")];
};

const becomes =
  (name: string, value: string, effect: ConfigEffect): Effects =>
  ({ after }) =>
    after(name) === value ? [effect] : [];
const always =
  (text: string): Effects =>
  () => [note(text)];

const effectsByName: ReadonlyMap<string, Effects> = new Map([
  ["retention.ms", retentionTime],
  ["retention.bytes", retentionSize],
  ["cleanup.policy", cleanup],
  ["min.insync.replicas", minInsync],
  ["max.message.bytes", messageSize],
  [
    "compression.type",
    ({ after }) => [
      note(
        after("compression.type") === "producer"
          ? "New batches only. Brokers keep the codec that producers send."
          : "New batches only. Brokers recompress what producers send with another codec.",
      ),
    ],
  ],
  [
    "unclean.leader.election.enable",
    becomes(
      "unclean.leader.election.enable",
      "true",
      loss(
        "If no replica in sync is left, one that is behind becomes leader at once, and the records it lacks are lost.",
        "records that only failed brokers hold",
      ),
    ),
  ],
  [
    "delete.retention.ms",
    ({ before, after }) =>
      isTighter(number(before("delete.retention.ms")), number(after("delete.retention.ms")))
        ? [warn("Consumers that read the topic from its start more slowly than this may miss tombstones.")]
        : [],
  ],
  ["message.timestamp.type", always("New records only: those stored keep the time they have.")],
  ["segment.bytes", always("Counts from the next segment on.")],
  ["segment.ms", always("Counts for the segment that is open now, too.")],
  [
    "remote.storage.enable",
    becomes(
      "remote.storage.enable",
      "false",
      loss(
        "Segments in remote storage are no longer read, and are deleted if remote.log.delete.on.disable is true.",
        "records in remote storage",
      ),
    ),
  ],
]);

/** Broker configs are defaults of topics: what topics that do not set the config themselves will feel. No figures, since nobody counted. */
export function brokerEffects(brokerName: string, topicName: string | null, values: Values): ConfigEffect[] {
  if (topicName === null) return [];
  const scope = `Counts for every topic that does not set ${topicName} itself.`;
  const [now, then] = [number(values.before(brokerName)), number(values.after(brokerName))];
  const isRetention = /^retention\.(ms|bytes)$/.test(topicName);
  const limit = (value: bigint | null) => (value === null || value < 0n ? null : value);
  if (isRetention && isTighter(limit(now), limit(then)))
    return [loss(`${scope} What is beyond the new limit may be deleted ${CHECK}. ${GONE}`, "records of those topics")];
  if (topicName === "cleanup.policy" && policies(values.after(brokerName)).join("") === "")
    return [warn(`${scope} Nothing is deleted or compacted there any more: they grow without end.`)];
  if (
    topicName === "cleanup.policy" &&
    policies(values.after(brokerName)).join() !== policies(values.before(brokerName)).join()
  )
    return [
      loss(`${scope} Retention or compaction begins to remove records there. ${GONE}`, "records of those topics"),
    ];
  if (topicName === "unclean.leader.election.enable" && values.after(brokerName) === "true")
    return [
      loss(
        `${scope} A replica that is behind may become leader, and the records it lacks are lost.`,
        "records that only failed brokers hold",
      ),
    ];
  if (topicName === "min.insync.replicas" && now !== null && then !== null && then > now)
    return [warn(`${scope} Those with fewer replicas in sync refuse writes with acks=all.`)];
  return [note(scope)];
}
