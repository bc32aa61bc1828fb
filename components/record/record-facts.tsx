import type { ReactNode } from "react";
import { type Fact, FactList } from "@/components/ui/facts";
import { Int } from "@/components/ui/number";
import { Term } from "@/components/ui/term";
import { Time } from "@/components/ui/time";
import type { Message } from "@/lib/api/messages";
import { bytes, exactBytes, type Whole } from "@/lib/format";
import { timestampTypes } from "./record-summary";

const none = (why: string) => <span className="text-muted">{why}</span>;
const whole = (value: Whole | null, why: string) => (value === null ? none(why) : <Int value={value} plainZero />);

const fates = {
  committed: "committed: every reader sees it",
  aborted: "aborted: only readers of uncommitted records see it",
  undecided: "undecided: it is open, or behind one that is; readers of committed records wait for it",
} as const;
const markers = {
  commit: "commit: the records of the transaction before it count",
  abort: "abort: the records of the transaction before it do not count",
  other: "of a kind Kafdeck does not know",
} as const;

function Facts({ title, of }: { title: ReactNode; of: (Fact | null)[] }) {
  return (
    <section className="border-b border-border px-4 py-2.5 last:border-b-0">
      <h3 className="mb-0.5 font-bold">{title}</h3>
      <FactList of={of} />
    </section>
  );
}

/** Everything the log says of a record beside its payloads: of itself, of who wrote it, and of the batch it came in. */
export function RecordFacts({ of: message }: { of: Message }) {
  const { batch } = message;
  return (
    <>
      <Facts
        title="Record"
        of={[
          { label: "Topic", value: message.topic },
          { label: <Term id="partition">Partition</Term>, key: "partition", value: message.partition },
          { label: <Term id="offset">Offset</Term>, key: "offset", value: <Int value={message.offset} plainZero /> },
          {
            label: "Time",
            value:
              message.timestamp === null ? (
                none("none: records of this format carry no time")
              ) : (
                <Time value={message.timestamp} />
              ),
          },
          {
            label: <Term id="timestamp-type">Timestamp type</Term>,
            key: "timestamp type",
            value: message.timestampType === null ? none("none") : timestampTypes[message.timestampType],
          },
          { label: "Size", value: <span title={exactBytes(message.size)}>{bytes(message.size)} uncompressed</span> },
        ]}
      />
      <Facts
        title="Producer"
        of={[
          {
            label: <Term id="producer-id">Producer id</Term>,
            key: "producer",
            value: whole(message.producerId, "none: written without idempotence"),
          },
          { label: "Producer epoch", value: whole(message.producerEpoch, "none") },
          { label: "Sequence", value: whole(message.sequence, "none") },
          {
            label: <Term id="transaction">Transaction</Term>,
            key: "transaction",
            value:
              message.transaction === null
                ? none(message.transactional ? "its end is not known" : "none")
                : fates[message.transaction],
          },
          message.control ? { label: "Marker", value: markers[message.control] } : null,
        ]}
      />
      <Facts
        title={<Term id="batch">Batch</Term>}
        of={[
          {
            label: "Offsets",
            value: (
              <>
                {batch.baseOffset === null ? "up to " : <Int value={batch.baseOffset} plainZero />}
                {batch.baseOffset !== null && " to "}
                <Int value={batch.lastOffset} plainZero />
              </>
            ),
          },
          { label: "Records", value: whole(batch.count, "not told by this format") },
          { label: "Size in the log", value: <span title={exactBytes(batch.size)}>{bytes(batch.size)}</span> },
          { label: "Codec", value: message.codec ?? "a compression type Kafdeck does not know" },
          {
            label: <Term id="leader-epoch">Leader epoch</Term>,
            key: "epoch",
            value: whole(message.leaderEpoch, "none"),
          },
          { label: "Format", value: `magic ${batch.magic}` },
        ]}
      />
    </>
  );
}
