import { type Fact, FactList } from "@/components/ui/facts";
import { Int } from "@/components/ui/number";
import { Term } from "@/components/ui/term";
import { Time } from "@/components/ui/time";
import type { Message } from "@/lib/api/messages";
import { bytes } from "@/lib/format";

const timestampTypes = { create: "set by the producer", append: "set by the broker" } as const;
const none = (why: string) => <span className="text-muted">{why}</span>;

/** Everything the log says of a record beside its payloads. */
export function RecordFacts({ of: message }: { of: Message }) {
  const { batch } = message;
  const facts: (Fact | null)[] = [
    { label: "Partition", value: message.partition },
    { label: <Term id="offset">Offset</Term>, key: "offset", value: <Int value={message.offset} plainZero /> },
    {
      label: "Time",
      value:
        message.timestamp === null ? (
          none("none: records of this format carry no time")
        ) : (
          <>
            <Time value={message.timestamp} />{" "}
            {message.timestampType && <span className="text-muted">{timestampTypes[message.timestampType]}</span>}
          </>
        ),
    },
    { label: "Size", value: `${bytes(message.size)} uncompressed` },
    { label: "Codec", value: message.codec ?? "unknown" },
    {
      label: <Term id="leader-epoch">Leader epoch</Term>,
      key: "epoch",
      value: message.leaderEpoch === null ? none("none") : <Int value={message.leaderEpoch} plainZero />,
    },
    {
      label: "Producer",
      value:
        message.producerId === null ? (
          none("not idempotent")
        ) : (
          <>
            <Int value={message.producerId} plainZero />, epoch {message.producerEpoch}, sequence {message.sequence}
          </>
        ),
    },
    {
      label: <Term id="transaction">Transaction</Term>,
      key: "transaction",
      value: message.transactional ? "part of one" : none("none"),
    },
    message.control ? { label: "Marker", value: `ends a transaction: ${message.control}` } : null,
    {
      label: "Batch",
      value: (
        <>
          {batch.baseOffset === null ? "up to " : <Int value={batch.baseOffset} plainZero />}
          {batch.baseOffset !== null && " to "}
          <Int value={batch.lastOffset} plainZero />
          {batch.count !== null && `, ${batch.count} ${batch.count === 1 ? "record" : "records"}`}, {bytes(batch.size)}{" "}
          in the log
        </>
      ),
    },
    { label: "Format", value: `magic ${batch.magic}` },
  ];
  return (
    <div className="px-4 py-3">
      <FactList of={facts} />
    </div>
  );
}
