"use client";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { Term } from "@/components/ui/term";
import type { NewRecord } from "@/lib/api/produce";
import { queryString, url } from "@/lib/api/url";
import { draftOfRecord } from "./draft";
import { RecordForm } from "./record-form";

type Props = {
  cluster: string;
  topic: string;
  partitions: number | null;
  /** Whose key is removed; with the partition it is in. */
  record: NewRecord & { partition: number };
  place: string;
  cleanupPolicy: string | null | undefined;
};

/** A tombstone for the key of a record: what it does, and the form filled with it; on topics that are not compacted, why not. */
export function TombstoneForm({ cluster, topic, partitions, record, place, cleanupPolicy }: Props) {
  // What is not known yet is not refused; the frame asks for it at this moment.
  if (cleanupPolicy === undefined) return null;
  const back = url`/clusters/${cluster}/topics/${topic}/messages` + queryString({ at: place });
  if (cleanupPolicy !== null && !cleanupPolicy.includes("compact"))
    return (
      <Banner
        tone="warn"
        actions={
          <Link href={back} look="button">
            Back to the record
          </Link>
        }
      >
        <b>{topic} is not compacted, so a tombstone removes nothing here.</b> Its cleanup.policy is {cleanupPolicy}: the
        earlier records of this key stay until retention deletes them. A record with a null value can be written all the
        same, with{" "}
        <Link look="text" href={url`/clusters/${cluster}/topics/${topic}/produce` + queryString({ from: place })}>
          the usual form
        </Link>{" "}
        and Null as its value.
      </Banner>
    );
  return (
    <>
      <Banner tone="warn">
        <b>
          A <Term id="tombstone">tombstone</Term> removes a key.
        </b>{" "}
        Readers that see it take the key as deleted. The next compaction removes every earlier record of this key in
        partition {record.partition}, and the tombstone itself some time after (delete.retention.ms, one day unless it
        is set). This cannot be undone.
        {cleanupPolicy === null && " Whether this topic is compacted is not known."}
      </Banner>
      <RecordForm
        cluster={cluster}
        topic={topic}
        partitions={partitions}
        initial={draftOfRecord({ key: record.key ?? null, value: null, partition: record.partition })}
        source={place}
        gate="I understand that every earlier record of this key will be removed"
      />
    </>
  );
}
