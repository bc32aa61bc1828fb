import { createHash } from "node:crypto";
import { ProblemError } from "../../api/problem.ts";
import {
  type Cursor as Bytes,
  pushUnsignedVarlong,
  pushVarlong,
  readUnsignedVarint,
  readUnsignedVarlong,
  readVarlong,
} from "./bytes.ts";

export type Direction = "older" | "newer";

/** A topic as a cursor knows it: by name, and by its id where it has one (Kafka 2.8), so that its successor is another. */
export type CursorTopic = { name: string; id: string | null };

/** Where reading of one partition stands. */
export type CursorPlace = {
  topic: string;
  partition: number;
  /** Offsets below (older) or from (newer) here were not shown yet. */
  position: bigint;
  /** The other edge: older ends at it, newer before it. null: at the edge of the log, wherever that will be. */
  bound: bigint | null;
};

/** Where a page ended, whole: any process continues it. Partitions that are left out are finished, or came later. */
export type PageCursor = {
  direction: Direction;
  isolation: "read_committed" | "read_uncommitted";
  places: CursorPlace[];
};

const VERSION = 2;
const TOPIC_BYTES = 6;
const NEWER = 1;
const UNCOMMITTED = 2;
const BOUNDED = 4;
const FLAGS = NEWER | UNCOMMITTED | BOUNDED;

/** Tells a topic from another, and from its successor of the same name where it has an id. */
const fingerprint = ({ name, id }: CursorTopic) =>
  createHash("sha256")
    .update(`${name}\0${id ?? ""}`)
    .digest()
    .subarray(0, TOPIC_BYTES)
    .toString("hex");

/**
 * base64url of: version, flags, then for each topic its fingerprint, how many partitions, and for each of those its distance from
 * the one before, its position as the difference from the one before, and where any partition has a bound, the distance to it.
 * Partitions of a topic are about equally long, so differences take fewer bytes.
 */
export function encodeCursor(cursor: PageCursor, topics: readonly CursorTopic[]): string {
  const newer = cursor.direction === "newer";
  const bounded = cursor.places.some(({ bound }) => bound !== null);
  const flags =
    (newer ? NEWER : 0) | (cursor.isolation === "read_uncommitted" ? UNCOMMITTED : 0) | (bounded ? BOUNDED : 0);
  const out = [VERSION, flags];
  for (const topic of topics) {
    const places = cursor.places
      .filter((place) => place.topic === topic.name)
      .sort((a, b) => a.partition - b.partition);
    if (places.length === 0) continue;
    out.push(...Buffer.from(fingerprint(topic), "hex"));
    pushUnsignedVarlong(out, BigInt(places.length));
    let partition = -1;
    let position = 0n;
    for (const place of places) {
      pushUnsignedVarlong(out, BigInt(place.partition - partition - 1));
      pushVarlong(out, place.position - position);
      const distance =
        place.bound === null ? 0n : (newer ? place.bound - place.position : place.position - place.bound) + 1n;
      if (bounded) pushUnsignedVarlong(out, distance < 0n ? 1n : distance);
      partition = place.partition;
      position = place.position;
    }
  }
  return Buffer.from(out).toString("base64url");
}

const refused = (detail: string, cause?: unknown) => new ProblemError("bad-cursor", detail, {}, cause);

/**
 * Throws bad-cursor for a cursor of topics that are not among these, of a topic that was deleted since, and for anything that
 * `encodeCursor` did not write.
 */
export function decodeCursor(text: string, topics: readonly CursorTopic[]): PageCursor {
  const bytes = Buffer.from(text, "base64url");
  const [version, flags = 255] = bytes;
  if (version !== VERSION || (flags & ~FLAGS) !== 0) throw refused("It is not a cursor of Kafdeck.");
  const known = new Map(topics.map((topic) => [fingerprint(topic), topic.name]));
  const place: Bytes = { bytes, at: 2 };
  const places: CursorPlace[] = [];
  while (place.at < bytes.length) places.push(...readTopic(place, flags, known));
  return {
    direction: flags & NEWER ? "newer" : "older",
    isolation: flags & UNCOMMITTED ? "read_uncommitted" : "read_committed",
    places,
  };
}

function readTopic(at: Bytes, flags: number, known: Map<string, string>): CursorPlace[] {
  const topic = known.get(Buffer.from(at.bytes.subarray(at.at, at.at + TOPIC_BYTES)).toString("hex"));
  if (topic === undefined)
    throw refused("It was made for another topic, or a topic of it was deleted and created anew.");
  at.at += TOPIC_BYTES;
  try {
    const count = readUnsignedVarint(at);
    const places: CursorPlace[] = [];
    let partition = -1;
    let position = 0n;
    for (let index = 0; index < count; index++) {
      partition += readUnsignedVarint(at) + 1;
      position += BigInt(readVarlong(at));
      const distance = flags & BOUNDED ? readUnsignedVarlong(at) : 0n;
      const bound = distance === 0n ? null : flags & NEWER ? position + distance - 1n : position - distance + 1n;
      if (position < 0n || (bound !== null && bound < 0n)) throw new Error("An offset is negative.");
      places.push({ topic, partition, position, bound });
    }
    return places;
  } catch (error) {
    throw refused("It is cut short.", error);
  }
}
