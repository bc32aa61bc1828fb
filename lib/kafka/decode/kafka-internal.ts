import { counted, type Format, no, perhaps, type Verdict, yes } from "./format.ts";
import { consumerOffsets } from "./group-records.ts";
import { CONSUMER_OFFSETS, type PayloadHow, TRANSACTION_STATE } from "./how.ts";
import { readKey, readValue } from "./kafka-record.ts";
import type { RecordTypes } from "./kafka-schema.ts";
import { transactionState } from "./transaction-records.ts";

/** Keys and values of a topic that Kafka's coordinators write for themselves; of a copy of such a topic only by choice. */
function internal(name: "consumer-offsets" | "transaction-state", topic: string, types: RecordTypes): Format {
  return {
    name,
    judge(bytes, how) {
      // In a topic that others write the bytes are not looked at unless somebody asks.
      if (how.topic !== topic && how.format !== name) return no(`the topic is not ${topic}`);
      if (how.part === "header") return no("headers have no such records");
      try {
        const verdict = judgeRead(read(bytes, types, how, 0), how);
        return verdict.likely && how.topic !== topic ? perhaps(verdict.why) : verdict;
      } catch (error) {
        return no((error as Error).message);
      }
    },
    show(bytes, limit, how) {
      return read(bytes, types, how, limit).out.done();
    },
  };
}

export const consumerOffsetsFormat = internal("consumer-offsets", CONSUMER_OFFSETS, consumerOffsets);
export const transactionStateFormat = internal("transaction-state", TRANSACTION_STATE, transactionState);

type Read = ReturnType<typeof readKey>;

/** Throws an Error where the bytes are no such record. */
function read(bytes: Buffer, types: RecordTypes, how: PayloadHow, limit: number): Read {
  return how.part === "key" ? readKey(bytes, types, limit) : readValue(bytes, rowOf(bytes, types, how.key), limit);
}

/** By the type in the key; without a key the first type whose record takes all the bytes. */
function rowOf(bytes: Buffer, types: RecordTypes, key: Uint8Array | null | undefined): RecordTypes[number] | null {
  const rows = Object.values(types);
  if (rows.length === 1) return rows[0] ?? null;
  if (key && key.length >= 2) return types[((key[0] ?? 0) << 8) | (key[1] ?? 0)] ?? null;
  return (
    rows.find((row) => {
      try {
        const { known, left } = readValue(bytes, row, 0);
        return known && left === 0;
      } catch {
        return false;
      }
    }) ?? null
  );
}

function judgeRead({ known, left }: Read, { part }: PayloadHow): Verdict {
  if (!known)
    return yes(
      part === "key"
        ? "a record type that is not known here: a newer Kafka's"
        : "a record type or version that is not known here, or its key is missing",
    );
  if (left > 0) return perhaps(`reads as a record of Kafka's, but ${counted(left)} are left over`);
  return yes("reads whole as a record of Kafka's own");
}
