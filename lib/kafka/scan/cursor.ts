import { createHash } from "node:crypto";
import { ProblemError } from "../../api/problem.ts";
import { type Cursor as Place, pushUnsignedVarlong, readUnsignedVarint, readUnsignedVarlong } from "./bytes.ts";

export type Direction = "older" | "newer";

/** Where a page ended, whole: any process continues it. */
export type PageCursor = {
  direction: Direction;
  isolation: "read_committed" | "read_uncommitted";
  /** Offsets below (older) or from (newer) the position were not shown yet. Partitions that are left out are finished. */
  positions: Map<number, bigint>;
};

const VERSION = 1;
const TOPIC_BYTES = 4;

/** Tells a topic from another, and from its successor of the same name where it has an id. */
const fingerprint = (topic: string, id: string | null) =>
  createHash("sha256")
    .update(`${topic}\0${id ?? ""}`)
    .digest()
    .subarray(0, TOPIC_BYTES);

/** base64url of: version, flags, topic, then for each partition its distance from the one before and its position, as varints. */
export function encodeCursor(cursor: PageCursor, topic: string, id: string | null): string {
  const flags = (cursor.direction === "newer" ? 1 : 0) | (cursor.isolation === "read_uncommitted" ? 2 : 0);
  const out = [VERSION, flags, ...fingerprint(topic, id)];
  let before = -1;
  for (const [partition, position] of [...cursor.positions].sort(([a], [b]) => a - b)) {
    pushUnsignedVarlong(out, BigInt(partition - before - 1));
    pushUnsignedVarlong(out, position);
    before = partition;
  }
  return Buffer.from(out).toString("base64url");
}

/** Throws bad-cursor for another topic's, a deleted topic's and for anything that `encodeCursor` did not write. */
export function decodeCursor(text: string, topic: string, id: string | null): PageCursor {
  const bytes = Buffer.from(text, "base64url");
  const [version, flags = 0] = bytes;
  if (version !== VERSION || bytes.length < 2 + TOPIC_BYTES)
    throw new ProblemError("bad-cursor", "It is not a cursor of Kafdeck.");
  if (!fingerprint(topic, id).equals(bytes.subarray(2, 2 + TOPIC_BYTES)))
    throw new ProblemError("bad-cursor", "It was made for another topic, or the topic was deleted and created anew.", {
      topic,
    });
  return {
    direction: flags & 1 ? "newer" : "older",
    isolation: flags & 2 ? "read_uncommitted" : "read_committed",
    positions: readPositions({ bytes, at: 2 + TOPIC_BYTES }),
  };
}

function readPositions(place: Place): Map<number, bigint> {
  const positions = new Map<number, bigint>();
  try {
    for (let partition = -1; place.at < place.bytes.length; ) {
      partition += readUnsignedVarint(place) + 1;
      positions.set(partition, readUnsignedVarlong(place));
    }
  } catch (error) {
    throw new ProblemError("bad-cursor", "It is cut short.", {}, error);
  }
  return positions;
}
