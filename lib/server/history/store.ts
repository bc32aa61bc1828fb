import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { LagStatus } from "../../api/groups.ts";
import type { NewName } from "./changes.ts";
import { KINDS, type Kind, type Tier } from "./tiers.ts";

export type Frame = { seq: bigint; at: number; key: boolean; data: Uint8Array };
export type ChunkRow = { group: number; start: number; data: Uint8Array };
export type Worst = { lag: bigint | null; at: number | null; timeLag: number | null };
/** A status from `at` on. `since`: null where it was so when the history begins. */
export type StatusRow = { group: number; at: number; since: number | null; status: LagStatus; reason: string };

type Row = Record<string, unknown>;
const number = (value: unknown): number => Number(value);
const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));

/** Statements of one database, each prepared once. */
export type Store = { database: DatabaseSync; statements: Map<string, StatementSync> };

export const makeStore = (database: DatabaseSync): Store => ({ database, statements: new Map() });

function on(store: Store, sql: string): StatementSync {
  const known = store.statements.get(sql);
  if (known) return known;
  const statement = store.database.prepare(sql);
  store.statements.set(sql, statement);
  return statement;
}

/** All of it or nothing. Nobody else writes meanwhile. */
export function transaction<T>(store: Store, work: () => T): T {
  store.database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    store.database.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk ends a transaction by itself.
    if (store.database.isTransaction) store.database.exec("ROLLBACK");
    throw error;
  }
}

export function clusterId(store: Store, name: string): number {
  on(store, "INSERT OR IGNORE INTO clusters (name) VALUES (?)").run(name);
  return number(on(store, "SELECT id FROM clusters WHERE name = ?").get(name)?.id);
}

/** Up to when minutes are written; epoch ms, 0: none is. */
export const flushedUntil = (store: Store, cluster: number): number =>
  number(on(store, "SELECT flushed_until AS at FROM clusters WHERE id = ?").get(cluster)?.at ?? 0);
export function setFlushed(store: Store, cluster: number, until: number): void {
  on(store, "UPDATE clusters SET flushed_until = ? WHERE id = ?").run(until, cluster);
}

const KIND_OF_NAME = { topic: 1, group: 0 } as const;

export function addNames(store: Store, cluster: number, names: readonly NewName[]): void {
  const insert = on(store, "INSERT OR REPLACE INTO names (cluster, id, kind, name) VALUES (?, ?, ?, ?)");
  for (const { id, kind, name } of names) insert.run(cluster, id, KIND_OF_NAME[kind], name);
}

export function namesAfter(store: Store, cluster: number, id: number): NewName[] {
  return on(store, "SELECT id, kind, name FROM names WHERE cluster = ? AND id > ? ORDER BY id")
    .all(cluster, id)
    .map((row: Row) => ({
      id: number(row.id),
      kind: number(row.kind) === 1 ? "topic" : "group",
      name: String(row.name),
    }));
}

export function addFrame(store: Store, cluster: number, at: number, key: boolean, data: Uint8Array): bigint {
  const { lastInsertRowid } = on(store, "INSERT INTO frames (cluster, at, key, data) VALUES (?, ?, ?, ?)").run(
    cluster,
    at,
    key ? 1 : 0,
    data,
  );
  return BigInt(lastInsertRowid);
}

const frameOf = (row: Row): Frame => ({
  seq: row.seq as bigint,
  at: number(row.at),
  key: row.key === 1n,
  data: row.data as Uint8Array,
});

/** Frames after one, one by one: an hour of them is large. */
export function* framesAfter(store: Store, cluster: number, seq: bigint): Generator<Frame, void, void> {
  const rows = on(store, "SELECT seq, at, key, data FROM frames WHERE cluster = ? AND seq > ? ORDER BY seq");
  for (const row of rows.iterate(cluster, seq)) yield frameOf(row);
}

/** Key frames since a time, the oldest first. */
export function* keyFrames(store: Store, cluster: number, from: number): Generator<Frame, void, void> {
  const rows = on(
    store,
    "SELECT seq, at, key, data FROM frames WHERE cluster = ? AND key = 1 AND at >= ? ORDER BY seq",
  );
  for (const row of rows.iterate(cluster, Math.trunc(from))) yield frameOf(row);
}

/** The last key frame at or before a time, else the first there is; null: there is none. */
export function keyFrameAt(store: Store, cluster: number, at: number): bigint | null {
  const row =
    on(store, "SELECT max(seq) AS seq FROM frames WHERE cluster = ? AND key = 1 AND at <= ?").get(
      cluster,
      Math.trunc(at),
    )?.seq ?? on(store, "SELECT min(seq) AS seq FROM frames WHERE cluster = ? AND key = 1").get(cluster)?.seq;
  return typeof row === "bigint" ? row : null;
}

/** When the newest and the oldest frame were taken; null: there is none. */
export function frameRange(store: Store, cluster: number): { first: number; last: number } | null {
  const row = on(store, "SELECT min(at) AS first, max(at) AS last FROM frames WHERE cluster = ?").get(cluster);
  return row?.last == null ? null : { first: number(row.first), last: number(row.last) };
}

export function putChunk(store: Store, cluster: number, tier: Tier, kind: Kind, row: ChunkRow, worst: Worst): void {
  on(
    store,
    "INSERT OR REPLACE INTO chunks (cluster, tier, kind, grp, start, worst_lag, worst_at, worst_time_lag, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  ).run(cluster, tier.id, KINDS[kind], row.group, row.start, worst.lag, worst.at, worst.timeLag, row.data);
}

/** Chunks of one group that hold anything of a stretch of time, the oldest first. */
export function chunksOf(
  store: Store,
  cluster: number,
  tier: Tier,
  kind: Kind,
  group: number,
  from: number,
  until: number,
): ChunkRow[] {
  return on(
    store,
    "SELECT grp, start, data FROM chunks WHERE cluster = ? AND tier = ? AND kind = ? AND grp = ? AND start > ? AND start <= ? ORDER BY start",
  )
    .all(cluster, tier.id, KINDS[kind], group, Math.trunc(from - tier.chunkMs), Math.trunc(until))
    .map((row: Row) => ({ group: number(row.grp), start: number(row.start), data: row.data as Uint8Array }));
}

const IN_RANGE = "cluster = :cluster AND tier = :tier AND kind = 0 AND start > :after AND start <= :until";

/** The worst of each group over the chunks that hold anything of a stretch of time. */
export function worstOf(store: Store, cluster: number, tier: Tier, from: number, until: number): Map<number, Worst> {
  // SQLite takes the other columns of a row from where the one maximum is.
  const rows = on(
    store,
    `SELECT grp, worst_lag, worst_at, longest FROM
      (SELECT grp, max(worst_lag) AS worst_lag, worst_at FROM chunks WHERE ${IN_RANGE} GROUP BY grp)
      JOIN (SELECT grp, max(worst_time_lag) AS longest FROM chunks WHERE ${IN_RANGE} GROUP BY grp) USING (grp)`,
  ).all({ cluster, tier: tier.id, after: Math.trunc(from - tier.chunkMs), until: Math.trunc(until) });
  return new Map(
    rows.map((row: Row) => [
      number(row.grp),
      { lag: row.worst_lag as bigint | null, at: numberOrNull(row.worst_at), timeLag: numberOrNull(row.longest) },
    ]),
  );
}

export function worseOf(a: Worst | undefined, b: Worst): Worst {
  if (!a) return b;
  const isWorse = b.lag !== null && (a.lag === null || b.lag > a.lag);
  const timeLag = Math.max(a.timeLag ?? -1, b.timeLag ?? -1);
  return { ...(isWorse ? b : a), timeLag: timeLag < 0 ? null : timeLag };
}

/** The oldest thing that is kept; epoch ms. */
export function oldestOf(store: Store, cluster: number): number | null {
  const row = on(store, "SELECT min(start) AS at FROM chunks WHERE cluster = ?").get(cluster);
  return row?.at == null ? null : number(row.at);
}
