import { makeProblem, type Problem } from "../api/problem.ts";
import {
  type Appended,
  type AppendOptions,
  endAll,
  endLane,
  type Lane,
  leaderOf,
  type Packed,
  type Placed,
  packed,
  planAppend,
  sizeProblem,
  type Target,
  type Work,
} from "./append-plan.ts";
import { ask } from "./ask.ts";
import { timeLeft } from "./cost.ts";
import { kafkaProblem, problemFrom } from "./failures.ts";
import { readTopicMetadata } from "./metadata.ts";
import { type ProducedPartition, type ProduceRequest, produceById, produceByName } from "./protocol/produce.ts";
import { lackedRight, type Needs, refusal } from "./rights.ts";

/** Batches of one request; brokers take 100 MB (socket.request.max.bytes) unless told otherwise. */
const REQUEST_BYTES = 16 << 20;
/** Kept of the time for the answer to come back. */
const RETURN_MS = 500;
/** What says that nothing was written because another broker leads, or the topic is another: it is looked up anew, once. */
const MOVED = new Set([3, 5, 6, 74, 100]);
const REQUEST_TIMED_OUT = 7;
const MESSAGE_TOO_LARGE = 10;

/**
 * Writes records, each partition's in the order given; the answer has one item for each, in that order. What a partition refuses
 * ends it: what comes after is not sent, so that the order in the log is the order given. Never rejects for a broker.
 *
 * The producer is not idempotent: that is for those who send again what may have been written. Here nothing is sent twice unless a
 * broker said that it wrote nothing; an answer that is lost is `maybe-written`.
 *
 * With `dry` nothing is sent: the items say what is known to be refused, and sizes.
 */
export async function appendRecords(
  target: Target,
  placed: readonly Placed[],
  options: AppendOptions,
  dry = false,
): Promise<Appended[]> {
  const work = await planAppend(target, placed, options);
  if (dry) {
    const { name, operations } = target.topic;
    const lacked = lackedRight("topic", operations, ["Write", name]);
    return work.items.map((item) => ({ ...item, problem: item.problem ?? lacked }));
  }
  while (work.lanes.length > 0) {
    if (options.signal.aborted) endAll(work, makeProblem("not-sent", "Whoever asked went away."));
    else if (timeLeft() < 2 * RETURN_MS) endAll(work, makeProblem("not-sent", "The time for this answer was used up."));
    else await sendRound(work);
    work.lanes = work.lanes.filter(({ batches }) => batches.length > 0);
  }
  return work.items;
}

/** The next batch of each partition, a request to each leader. */
async function sendRound(work: Work): Promise<void> {
  const byLeader = new Map<number, Lane[]>();
  for (const lane of work.lanes) {
    const leader = leaderOf(work.target.topic, lane);
    if (leader === null) endLane(work, lane, makeProblem("no-leader"));
    else byLeader.set(leader, [...(byLeader.get(leader) ?? []), lane]);
  }
  const moved = (await Promise.all([...byLeader].map(([leader, lanes]) => sendTo(work, leader, lanes)))).flat();
  if (moved.length > 0) await renew(work, moved);
}

/** What was not written because this broker cannot: with the problem to tell where a second look does not help. */
type Moved = { lane: Lane; problem: Problem };

async function sendTo(work: Work, leader: number, lanes: Lane[]): Promise<Moved[]> {
  const { target, options } = work;
  const ready: Packed[] = [];
  let bytes = 0;
  try {
    for (const lane of lanes) {
      const [batch] = lane.batches;
      if (!batch || (ready.length > 0 && bytes + batch.bytes > REQUEST_BYTES)) continue;
      const one = await packed(work, lane, batch);
      bytes += one.bytes.length;
      ready.push(one);
    }
  } catch (error) {
    for (const lane of lanes) endLane(work, lane, problemFrom(error));
    return [];
  }
  let sent = false;
  const timeoutMs = Math.max(1, Math.floor(timeLeft() - RETURN_MS));
  const request: ProduceRequest = {
    acks: options.acks === "all" ? -1 : 1,
    timeoutMs,
    topic: target.topic.name,
    partitions: ready.map((one) => ({ partition: one.lane.partition, batch: one.bytes })),
    onSend: () => {
      sent = true;
    },
  };
  try {
    // Not ended by the signal: who leaves now should not leave behind an answer that nobody knows.
    const answer = await produce(target, leader, request);
    const found = new Map(answer.partitions.map((row) => [row.partition, row]));
    return ready.flatMap((one) => settle(work, one, found.get(one.lane.partition)));
  } catch (error) {
    const problem = problemFrom(error, { broker: leader });
    if (!sent) return ready.map(({ lane }) => ({ lane, problem }));
    const lost = makeProblem("maybe-written", `The answer of the broker was lost. ${problem.detail ?? ""}`.trim(), {
      broker: leader,
    });
    for (const { lane } of ready) endLane(work, lane, lost);
    return [];
  }
}

/** By the topic's id where the broker takes that, else by its name. */
async function produce({ cluster, topic }: Target, leader: number, request: ProduceRequest) {
  if (topic.id === null) return ask(cluster, leader, produceByName, [request]);
  try {
    return await ask(cluster, leader, produceById, [{ ...request, topic: topic.id }]);
  } catch (error) {
    if (problemFrom(error).code !== "api-unsupported") throw error;
    return await ask(cluster, leader, produceByName, [request]);
  }
}

/** Reads what became of one batch. */
function settle(work: Work, { lane, batch }: Packed, row: ProducedPartition | undefined): Moved[] {
  const { items, records, target } = work;
  const about = { topic: target.topic.name, partition: lane.partition };
  if (row?.errorCode === 0) {
    batch.places.forEach((place, at) => {
      const item = items[place];
      if (!item) return;
      item.offset = row.baseOffset + BigInt(at);
      item.timestamp = row.logAppendTime >= 0n ? row.logAppendTime : (records[place]?.timestamp ?? null);
    });
    lane.batches.shift();
    return [];
  }
  if (!row) {
    endLane(work, lane, makeProblem("maybe-written", "The answer leaves the partition out.", about));
    return [];
  }
  if (MOVED.has(row.errorCode))
    return [{ lane, problem: kafkaProblem(row.errorCode, row.errorMessage, about) ?? makeProblem("not-leader") }];
  endLane(work, lane, problemOfRow(target, row), row.recordErrors);
  return [];
}

function problemOfRow(target: Target, row: ProducedPartition): Problem {
  const about = { topic: target.topic.name, partition: row.partition };
  if (row.errorCode === REQUEST_TIMED_OUT)
    return makeProblem("maybe-written", "The leader wrote it, but the replicas did not confirm it in time.", about);
  if (row.errorCode === MESSAGE_TOO_LARGE) return sizeProblem(target, row.partition, "The broker finds it too large");
  const needs = { topic: ["Write", target.topic.name] } satisfies Needs;
  return refusal(row.errorCode, needs, row.errorMessage, about) ?? makeProblem("kafka-error", undefined, about);
}

/** Leaders are looked up anew once a partition: nothing was written to these. */
async function renew(work: Work, moved: Moved[]): Promise<void> {
  for (const { lane, problem } of moved) if (lane.renewed) endLane(work, lane, problem);
  const again = moved.filter(({ lane }) => !lane.renewed);
  if (again.length === 0) return;
  try {
    work.target.topic = await readTopicMetadata(work.target.cluster, work.target.topic.name);
    for (const { lane } of again) lane.renewed = true;
  } catch (error) {
    for (const { lane } of again) endLane(work, lane, problemFrom(error));
  }
}
