import type { Codec } from "../../lib/kafka/scan/codecs.ts";
import {
  audit,
  click,
  deadPayment,
  order,
  payment,
  posting,
  profile,
  type RecordMaker,
  reading,
  stock,
} from "./records.ts";

/** A topic of the demo, how it is configured and what is written to it. */
export type DemoTopic = {
  name: string;
  partitions: number;
  configs: Record<string, string>;
  codec: Codec;
  /** Null for a topic that stays empty. */
  make: RecordMaker | null;
  /** Records written once, before anything else. */
  seed: number;
  /** Records a second from then on. */
  rate: number;
  /** Written in transactions, of which every fifth is aborted. */
  transactional: boolean;
};

const hours = (count: number): string => String(count * 3_600_000);

const topic = (name: string, more: Partial<DemoTopic>): DemoTopic => ({
  name,
  partitions: 3,
  configs: {},
  codec: "none",
  make: null,
  seed: 0,
  rate: 0,
  transactional: false,
  ...more,
});

/** Different shapes of keys and values, every codec, and configs that differ from the broker's. */
export const demoTopics: readonly DemoTopic[] = [
  topic("orders.checkout.events", {
    partitions: 6,
    configs: { "retention.ms": hours(72), "compression.type": "producer" },
    codec: "zstd",
    make: order,
    seed: 1200,
    rate: 1,
  }),
  topic("payments.authorisation.v3", {
    partitions: 12,
    configs: { "max.message.bytes": "2097152", "retention.ms": hours(48) },
    codec: "lz4",
    make: payment,
    seed: 2400,
    rate: 2,
  }),
  topic("payments.authorisation.v3.dlq", {
    partitions: 1,
    configs: { "retention.ms": hours(720) },
    make: deadPayment,
    seed: 40,
    rate: 0.02,
  }),
  topic("inventory.levels", {
    configs: {
      "cleanup.policy": "compact",
      "min.cleanable.dirty.ratio": "0.1",
      "delete.retention.ms": hours(1),
      "segment.ms": "600000",
    },
    make: stock,
    seed: 400,
    rate: 0.5,
  }),
  topic("telemetry.clickstream.raw", {
    partitions: 6,
    configs: { "retention.ms": hours(6), "segment.ms": hours(1) },
    codec: "gzip",
    make: click,
    seed: 3000,
    rate: 5,
  }),
  topic("audit.log", {
    partitions: 1,
    configs: { "retention.ms": "-1" },
    codec: "snappy",
    make: audit,
    seed: 200,
    rate: 0.2,
  }),
  topic("ledger.postings", {
    configs: { "min.insync.replicas": "1", "unclean.leader.election.enable": "false" },
    make: posting,
    seed: 150,
    rate: 0.5,
    transactional: true,
  }),
  topic("customers.profile-snapshot.with-a-very-long-name.used-to-see-how-names-are-cut.v2", {
    configs: { "cleanup.policy": "compact,delete", "retention.ms": hours(2160) },
    make: profile,
    seed: 300,
    rate: 0.1,
  }),
  topic("sensors.readings-by-device", {
    partitions: 4,
    configs: { "message.timestamp.type": "LogAppendTime" },
    codec: "lz4",
    make: reading,
    seed: 600,
    rate: 1,
  }),
  topic("notifications.outbox", { partitions: 2 }),
];
