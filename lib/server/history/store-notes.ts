import type { LagStatus } from "../../api/groups.ts";
import type { StatusRow, Store } from "./store.ts";
import type { Keep } from "./tiers.ts";
import { DAY, SPARE_MS, tiersOf } from "./tiers.ts";

type Row = Record<string, unknown>;
const statusOf = (row: Row): StatusRow => ({
  group: Number(row.grp),
  at: Number(row.at),
  since: row.since === null ? null : Number(row.since),
  status: row.status as LagStatus,
  reason: String(row.reason),
});

export function addStatus({ database }: Store, cluster: number, { group, at, since, status, reason }: StatusRow): void {
  database
    .prepare("INSERT OR REPLACE INTO statuses (cluster, grp, at, since, status, reason) VALUES (?, ?, ?, ?, ?, ?)")
    .run(cluster, group, at, since, status, reason);
}

/** What every group's status was last. */
export const lastStatuses = ({ database }: Store, cluster: number): StatusRow[] =>
  database
    .prepare("SELECT grp, max(at) AS at, since, status, reason FROM statuses WHERE cluster = ? GROUP BY grp")
    .all(cluster)
    .map(statusOf);

/** Statuses of one group in a stretch of time, with the one it began with, the oldest first. */
export function statusesOf(
  { database }: Store,
  cluster: number,
  group: number,
  from: number,
  until: number,
): StatusRow[] {
  return database
    .prepare(
      `SELECT grp, at, since, status, reason FROM statuses WHERE cluster = ?1 AND grp = ?2 AND at <= ?4 AND at >=
         coalesce((SELECT max(at) FROM statuses WHERE cluster = ?1 AND grp = ?2 AND at <= ?3), 0) ORDER BY at`,
    )
    .all(cluster, group, Math.trunc(from), Math.trunc(until))
    .map(statusOf);
}

/**
 * Takes the lease of a cluster, or holds on to it: who has it samples and alerts. false: another replica has it. One that lies too
 * far ahead was taken before the clock was set back, and counts as run out. To be called inside a transaction.
 */
export function takeLease({ database }: Store, cluster: number, owner: string, now: number, forMs: number): boolean {
  const row = database.prepare("SELECT owner, until FROM leases WHERE cluster = ?").get(cluster);
  const until = Number(row?.until ?? 0);
  if (row && row.owner !== owner && until > now && until <= now + 2 * forMs) return false;
  database
    .prepare("INSERT OR REPLACE INTO leases (cluster, owner, until) VALUES (?, ?, ?)")
    .run(cluster, owner, Math.trunc(now + forMs));
  return true;
}

/** Gives leases back, so that another replica goes on at once. */
export function dropLeases({ database }: Store, owner: string): void {
  database.prepare("DELETE FROM leases WHERE owner = ?").run(owner);
}

export const readNote = ({ database }: Store, cluster: number, key: string): string | null => {
  const row = database.prepare("SELECT text FROM notes WHERE cluster = ? AND key = ?").get(cluster, key);
  return row ? String(row.text) : null;
};

export function writeNote({ database }: Store, cluster: number, key: string, text: string): void {
  database.prepare("INSERT OR REPLACE INTO notes (cluster, key, text) VALUES (?, ?, ?)").run(cluster, key, text);
}

/** Removes what is older than it is kept. To be called inside a transaction. */
export function removeOld({ database }: Store, cluster: number, keep: Keep, now: number): void {
  const { minutes, tens } = tiersOf(keep);
  const run = (sql: string, ...values: (number | bigint)[]) =>
    database.prepare(sql).run(cluster, ...values.map((value) => BigInt(Math.trunc(Number(value)))));
  // Reading begins at a key frame, so twice the time is kept; marks are read from key frames for a day.
  run("DELETE FROM frames WHERE cluster = ? AND key = 0 AND at < ?", now - keep.samplesMs - 2 * SPARE_MS);
  run(
    "DELETE FROM frames WHERE cluster = ? AND key = 1 AND at < ?",
    now - Math.max(DAY, keep.samplesMs + 2 * SPARE_MS),
  );
  run("DELETE FROM chunks WHERE cluster = ? AND tier = 1 AND start < ?", now - minutes.keepMs - minutes.chunkMs);
  run(
    "DELETE FROM chunks WHERE cluster = ? AND tier = 1 AND kind = 2 AND start < ?",
    now - keep.partitionsMs - minutes.chunkMs,
  );
  run("DELETE FROM chunks WHERE cluster = ? AND tier = 2 AND start < ?", now - tens.keepMs - tens.chunkMs);
  // The status that still held when the time began is kept: the next one ends it.
  database
    .prepare(
      `DELETE FROM statuses WHERE cluster = ?1 AND at < ?2 AND at < (SELECT max(at) FROM statuses AS later
         WHERE later.cluster = ?1 AND later.grp = statuses.grp AND later.at < ?2)`,
    )
    .run(cluster, Math.trunc(now - keep.daysMs));
  database
    .prepare(
      `DELETE FROM statuses WHERE cluster = ?1 AND at < ?2 AND grp NOT IN (SELECT grp FROM chunks WHERE cluster = ?1 AND kind = 0)`,
    )
    .run(cluster, Math.trunc(now - keep.daysMs));
  database
    .prepare(
      `DELETE FROM names WHERE cluster = ?1 AND kind = 0 AND id NOT IN (SELECT grp FROM chunks WHERE cluster = ?1)
         AND id NOT IN (SELECT grp FROM statuses WHERE cluster = ?1)`,
    )
    .run(cluster);
}

/** Where the clock was set back: what lies in what is now the future is put right before now, in its order. */
export function setStoreBack({ database }: Store, cluster: number, now: number): void {
  const at = BigInt(Math.trunc(now));
  database.prepare("UPDATE frames SET at = ?2 - 1 WHERE cluster = ?1 AND at >= ?2").run(cluster, at);
  database.prepare("DELETE FROM chunks WHERE cluster = ?1 AND start >= ?2").run(cluster, at);
  database.prepare("DELETE FROM statuses WHERE cluster = ?1 AND at >= ?2").run(cluster, at);
  database
    .prepare("UPDATE clusters SET flushed_until = min(flushed_until, ?2 - ?2 % 60000) WHERE id = ?1")
    .run(cluster, at);
}
