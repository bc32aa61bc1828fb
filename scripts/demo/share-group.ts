import { randomBytes } from "node:crypto";
import { setTimeout as timer } from "node:timers/promises";
import * as Kafka from "@platformatic/kafka";
import {
  type Acknowledgement,
  type Acquired,
  acknowledged,
  offersShareGroups,
  shareFetch,
  shareHeartbeat,
} from "./share-requests.ts";

/** A member of the demo's share group. */
export type ShareMember = { bootstrap: string; clientId: string; group: string; topic: string };

/** How long a batch takes, all of its records at once: meanwhile they are in flight. */
const batchMs = 2500;
const batchRecords = 8;
const restMs = 2000;

/** Ends early at the signal: who leaves a group properly is gone from it at once. */
const pause = (milliseconds: number, signal: AbortSignal) => timer(milliseconds, undefined, { signal }).catch(() => {});

/** Most records are done with, now and then one comes again, and a few that came three times are given up. */
function acknowledge({ partition, first, last, deliveries }: Acquired): Acknowledgement {
  const types = Array.from({ length: Number(last - first) + 1 }, (_, index) => {
    if ((first + BigInt(index)) % 17n !== 0n) return acknowledged.accept;
    return deliveries < 3 ? acknowledged.release : acknowledged.reject;
  });
  return { partition, first, last, types };
}

/** Connections of one member under its client id, each opened once and all closed at the end. */
function connections(clientId: string) {
  const open = new Map<string, Promise<Kafka.Connection>>();
  const connect = async (host: string, port: number) => {
    const connection = new Kafka.Connection(clientId, { requestTimeout: 10_000 });
    connection.on("error", () => {});
    await connection.connect(host, port);
    return connection;
  };
  return {
    to({ host, port }: { host: string; port: number }): Promise<Kafka.Connection> {
      const address = `${host}:${port}`;
      const known = open.get(address) ?? connect(host, port);
      open.set(address, known);
      return known;
    },
    close: () => Promise.allSettled([...open.values()].map(async (connection) => (await connection).close())),
  };
}
type Connections = ReturnType<typeof connections>;

/** Any broker that takes a connection; throws where none does. */
function anyBroker(open: Connections, bootstrap: string): Promise<Kafka.Connection> {
  const addresses = bootstrap.split(",").map((address) => {
    const at = address.lastIndexOf(":");
    return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
  });
  return Promise.any(addresses.map((address) => open.to(address)));
}

/** Where the group and each partition of its topic are kept now. */
async function locate(open: Connections, any: Kafka.Connection, { group, topic }: ShareMember) {
  const [{ coordinators }, { brokers, topics }] = await Promise.all([
    Kafka.findCoordinatorV4.api.async(any, 0, [group]),
    Kafka.metadataV12.api.async(any, [topic], false, false),
  ]);
  const [coordinator, found] = [coordinators[0], topics[0]];
  if (!coordinator || !found) throw new Error(`${group} or ${topic} was not found`);
  const leaders = new Map(found.partitions.map(({ partitionIndex, leaderId }) => [partitionIndex, leaderId]));
  const broker = (id: number) => {
    const one = brokers.find(({ nodeId }) => nodeId === id);
    if (!one) throw new Error(`Broker ${id} is away`);
    return open.to(one);
  };
  return { coordinator: await open.to(coordinator), topicId: found.topicId, leaders, broker };
}

type Located = Awaited<ReturnType<typeof locate>>;

/** One partition leader's share session: each call acknowledges the batch before and acquires the next one. */
function session(place: Located, member: ShareMember, memberId: string, leader: number) {
  let epoch = 0;
  let held: Acquired[] = [];
  return async (partitions: number[]): Promise<void> => {
    held = await shareFetch.async(await place.broker(leader), {
      group: member.group,
      member: memberId,
      epoch: epoch++,
      topicId: place.topicId,
      partitions,
      acknowledgements: held.map(acknowledge),
      maxWaitMs: 500,
      maxRecords: batchRecords,
    });
  };
}

/** Joins and works until the signal, or until anything goes wrong; what was not acknowledged goes to others then. */
async function work(open: Connections, any: Kafka.Connection, member: ShareMember, signal: AbortSignal): Promise<void> {
  const place = await locate(open, any, member);
  const memberId = randomBytes(16).toString("base64url").replace(/^-/, "A");
  const beat = (epoch: number) => shareHeartbeat.async(place.coordinator, member.group, memberId, epoch, member.topic);
  let state = await beat(0);
  let partitions = state.partitions ?? [];
  const sessions = new Map<number, ReturnType<typeof session>>();
  try {
    while (!signal.aborted) {
      const leaders = Map.groupBy(partitions, (partition) => place.leaders.get(partition) ?? -1);
      await Promise.all(
        [...leaders].map(([leader, own]) => {
          const one = sessions.get(leader) ?? session(place, member, memberId, leader);
          sessions.set(leader, one);
          return one(own);
        }),
      );
      await pause(batchMs, signal);
      state = await beat(state.epoch);
      partitions = state.partitions ?? partitions;
    }
  } finally {
    await beat(-1).catch(() => {});
  }
}

/** A member that joins again whatever happens, for as long as the signal lets it; nothing where brokers have no share groups. */
export async function consumeShared(member: ShareMember, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const open = connections(member.clientId);
    try {
      const any = await anyBroker(open, member.bootstrap);
      if (!(await offersShareGroups(any))) return;
      await work(open, any, member, signal);
    } catch {
      await pause(restMs, signal);
    } finally {
      await open.close();
    }
  }
}
