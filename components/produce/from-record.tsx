"use client";
import { useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { Loaded } from "@/components/ui/loaded";
import { getMessageKey, getMessageValue, type MessageDetail } from "@/lib/api/messages";
import type { NewRecord } from "@/lib/api/produce";
import { queryString, url } from "@/lib/api/url";
import { addressOf } from "@/lib/client/call";
import { messageQuery } from "@/lib/client/messages";
import { exactRecordQuery } from "@/lib/client/produce";
import { bytes, integer } from "@/lib/format";
import { draftOfRecord } from "./draft";
import { RecordForm } from "./record-form";
import { TombstoneForm } from "./tombstone-form";

type Props = {
  cluster: string;
  topic: string;
  /** `partition:offset`. */
  place: string;
  partitions: number | null;
  /** Only its key is taken, and the value is null. */
  tombstone: boolean;
  /** Of the topic; null: not known, nothing: not asked yet. */
  cleanupPolicy: string | null | undefined;
};

/** The form, filled with a record of the topic byte for byte, or why that cannot be. */
export function FromRecord({ cluster, topic, place, partitions, tombstone, cleanupPolicy }: Props) {
  const shown = useQuery(messageQuery(cluster, topic, place));
  const refusal = shown.data ? whyNot(shown.data, tombstone) : null;
  const exact = useQuery({
    ...exactRecordQuery(cluster, topic, place),
    enabled: shown.data !== undefined && refusal === null,
  });
  return (
    <Loaded query={shown} quiet>
      {(record) =>
        refusal !== null ? (
          <Refused cluster={cluster} topic={topic} place={place} record={record} why={refusal} />
        ) : (
          <Loaded query={exact} quiet>
            {(found: NewRecord) =>
              tombstone ? (
                <TombstoneForm
                  cluster={cluster}
                  topic={topic}
                  partitions={partitions}
                  record={{ ...found, partition: record.partition }}
                  place={place}
                  cleanupPolicy={cleanupPolicy}
                />
              ) : (
                <>
                  <Banner tone="info">
                    <b>
                      Filled with the record at partition {record.partition}, offset {integer(record.offset)}.
                    </b>{" "}
                    That record stays as it is: what you send is a new one, written now. Every byte was taken over, text
                    as text and anything else as base64.
                  </Banner>
                  <RecordForm
                    cluster={cluster}
                    topic={topic}
                    partitions={partitions}
                    initial={draftOfRecord({ ...found, partition: record.partition })}
                    source={place}
                  />
                </>
              )
            }
          </Loaded>
        )
      }
    </Loaded>
  );
}

/** Why a record cannot be taken up, as a sentence; null: it can. */
function whyNot(record: MessageDetail, tombstone: boolean): string | null {
  if (record.control) return "This is a marker that ends a transaction. Only the broker writes those.";
  if (record.problem) return `This record cannot be read. ${record.problem.detail ?? record.problem.title}`;
  if (tombstone && record.key === null) return "This record has no key, so there is nothing a tombstone could remove.";
  const isCut = (tombstone ? [record.key] : [record.key, record.value]).some((payload) => payload?.truncated);
  return isCut
    ? `At ${bytes(record.size)} this record is larger than a page can edit. It can be downloaded, or copied as it is.`
    : null;
}

function Refused({
  cluster,
  topic,
  place,
  record,
  why,
}: Pick<Props, "cluster" | "topic" | "place"> & { record: MessageDetail; why: string }) {
  const { partition, offset } = record;
  const params = { cluster, topic, partition: String(partition), offset };
  const isWhole = !record.control && !record.problem;
  return (
    <Banner
      tone="warn"
      actions={
        <>
          {isWhole && record.value && (
            <a className="text-accent" href={addressOf(getMessageValue.path, params)} download>
              Download the value
            </a>
          )}
          {isWhole && record.key?.truncated && (
            <a className="text-accent" href={addressOf(getMessageKey.path, params)} download>
              Download the key
            </a>
          )}
          {isWhole && (
            <Link
              href={url`/clusters/${cluster}/topics/${topic}/produce/copy` + queryString({ from: place })}
              look="button"
            >
              Copy it
            </Link>
          )}
          <Link href={url`/clusters/${cluster}/topics/${topic}/messages` + queryString({ at: place })} look="button">
            Back to the record
          </Link>
        </>
      }
    >
      <b>
        Partition {partition}, offset {integer(offset)} cannot be taken up.
      </b>{" "}
      {why}
    </Banner>
  );
}
