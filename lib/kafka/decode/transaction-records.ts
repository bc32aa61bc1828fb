import { field, int32s, key, type RecordTypes } from "./kafka-schema.ts";

/** Of `__transaction_state`, by the type at the beginning of a key. */
export const transactionState: RecordTypes = {
  0: {
    name: "TransactionLog",
    key: key(field("transactionalId", "string")),
    value: {
      newest: 1,
      flexible: 1,
      fields: [
        field("producerId", "int64"),
        field("producerEpoch", "int16"),
        field("transactionTimeoutMs", "int32"),
        field("transactionStatus", {
          names: {
            0: "Empty",
            1: "Ongoing",
            2: "PrepareCommit",
            3: "PrepareAbort",
            4: "CompleteCommit",
            5: "CompleteAbort",
            6: "Dead",
            7: "PrepareEpochFence",
          },
        }),
        field("transactionPartitions", { list: { struct: [field("topic", "string"), field("partitionIds", int32s)] } }),
        field("transactionLastUpdateTimestampMs", "int64"),
        field("transactionStartTimestampMs", "int64"),
        field("previousProducerId", "int64", { tag: 0 }),
        field("nextProducerId", "int64", { tag: 1 }),
        field("clientTransactionVersion", "int16", { tag: 2 }),
        field("nextProducerEpoch", "int16", { tag: 3 }),
      ],
    },
  },
};
