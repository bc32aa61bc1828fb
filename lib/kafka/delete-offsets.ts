import type { OffsetChange, SetOffsetsResult } from "../api/group-offsets.ts";
import { ProblemError } from "../api/problem.ts";
import { type Int64, toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { existing, type GroupNow, readGroupNow, refuseLive } from "./group-now.ts";
import { findTopicsMetadata } from "./metadata.ts";
import { missingPlace } from "./missing-place.ts";
import { changeOffsets } from "./set-offsets.ts";

type Body = {
  partitions?: { partition: number; before: Int64 | null }[] | undefined;
  validateOnly?: boolean | undefined;
};

/**
 * Deletes the commits that a group has of one topic, or with `validateOnly` lists them. Of a share group its start offsets, which go
 * as a whole. Throws group-not-found, group-subscribed where members read the topic, group-not-empty for a share group with members,
 * plan-outdated where a commit is no longer `before`; nothing is deleted then.
 */
export async function deleteOffsets(
  cluster: Cluster,
  groupId: string,
  topic: string,
  { partitions, validateOnly }: Body,
  signal?: AbortSignal,
): Promise<SetOffsetsResult> {
  const now = existing(await readGroupNow(cluster, groupId, signal));
  if (now.type === "share") refuseLive(now);
  refuseReaders(now, topic);
  const known = await findTopicsMetadata(cluster, [topic], signal);
  // Kafka leaves the commits of what may not be described out, as if there were none.
  const missing = missingPlace({ topic, partition: 0 }, known);
  if (missing?.code === "not-authorized") throw new ProblemError(missing.code, missing.detail, { topic });
  const topicId = known.get(topic)?.id ?? null;
  const own = [...now.committed.values()].filter((commit) => commit.topic === topic);
  own.sort((a, b) => a.partition - b.partition);
  const chosen = partitions ?? own.map(({ partition, offset }) => ({ partition, before: toInt64(offset) }));
  const changes = chosen.map(
    ({ partition, before }): OffsetChange => ({ topic, topicId, partition, before, after: null }),
  );
  return changeOffsets(cluster, now, { partitions: changes, validateOnly }, signal);
}

/** Kafka refuses it too, a partition at a time; here the members are named. */
function refuseReaders({ groupId, members }: GroupNow, topic: string): void {
  const readers = members.filter(
    ({ subscribed, assignment }) => subscribed?.includes(topic) || assignment?.some((each) => each.topic === topic),
  );
  if (readers.length === 0) return;
  const names = readers.slice(0, 5).map(({ clientId, host }) => `${clientId} on ${host}`);
  const more = readers.length > 5 ? ` and ${readers.length - 5} more` : "";
  throw new ProblemError("group-subscribed", `${topic} is read in ${groupId} by ${names.join(", ")}${more}.`, {
    topic,
  });
}
