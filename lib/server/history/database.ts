import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

const VERSION = 1;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS clusters (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, flushed_until INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS names (cluster INTEGER NOT NULL, id INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (cluster, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS frames (seq INTEGER PRIMARY KEY AUTOINCREMENT, cluster INTEGER NOT NULL, at INTEGER NOT NULL, key INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS frames_at ON frames (cluster, key, at);
CREATE TABLE IF NOT EXISTS chunks (cluster INTEGER NOT NULL, tier INTEGER NOT NULL, kind INTEGER NOT NULL, grp INTEGER NOT NULL, start INTEGER NOT NULL, worst_lag INTEGER, worst_at INTEGER, worst_time_lag INTEGER, data BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS chunks_of ON chunks (cluster, tier, kind, grp, start);
CREATE TABLE IF NOT EXISTS statuses (cluster INTEGER NOT NULL, grp INTEGER NOT NULL, at INTEGER NOT NULL, since INTEGER, status TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (cluster, grp, at)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leases (cluster INTEGER PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS notes (cluster INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (cluster, key)) WITHOUT ROWID;
`;

/** Why the file cannot be used as it is. */
export type Trouble = "damaged" | "newer" | "full" | "read-only" | "unusable" | "busy";

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const TROUBLES: Record<number, Trouble> = {
  5: "busy",
  6: "busy",
  8: "read-only",
  10: "unusable",
  11: "damaged",
  13: "full",
  14: "unusable",
  23: "read-only",
  26: "damaged",
};

/** What is wrong with the file, where that is what an error says; null: it is about something else. */
export function troubleOf(error: unknown): Trouble | null {
  if (typeof error !== "object" || error === null) return null;
  if ("trouble" in error) return error.trouble as Trouble;
  if ("errcode" in error && typeof error.errcode === "number") return TROUBLES[error.errcode & 0xff] ?? "unusable";
  // Of the folder, before SQLite saw it.
  return "code" in error && typeof error.code === "string" && /^E(ACCES|PERM|ROFS|NOENT|NOTDIR|EXIST)$/.test(error.code)
    ? "unusable"
    : null;
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `:memory:` keeps nothing. `pages`: the file grows to this many of 4 kB at most; null: as far as the disk goes. */
export type Place = { file: string; pages: number | null };

/** Not `recursive`: where a file system says of a new folder that its parent is missing (/proc does), Node tries for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    mkdirSync(path);
  }
}

/**
 * Opens the file, making it and its folder where they are missing. Throws what SQLite or the file system says, and `newer` where a
 * newer Kafdeck wrote it.
 */
export function openDatabase({ file, pages }: Place): DatabaseSync {
  if (file !== ":memory:") makeFolder(dirname(file));
  const database = new DatabaseSync(file, { readBigInts: true, timeout: 2_000 });
  try {
    const found = Number(Object.values(database.prepare("PRAGMA user_version").get() ?? {})[0] ?? 0);
    if (found > VERSION)
      throw Object.assign(new Error(`It has version ${found}, this Kafdeck knows ${VERSION}.`), { trouble: "newer" });
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -4000;",
    );
    if (pages !== null) database.exec(`PRAGMA max_page_count = ${Math.trunc(pages)}`);
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${VERSION}; COMMIT`);
    // What is broken in the middle shows when it is read: whoever meets it closes and sets aside.
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Renames a file that cannot be read, with what belongs to it, and says what it is called now. */
export function setAside(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]/g, "").replace(/\..*/, "Z");
  let aside = `${file}.corrupt-${stamp}`;
  for (let i = 2; existsSync(aside); i++) aside = `${file}.corrupt-${stamp}-${i}`;
  renameSync(file, aside);
  for (const part of ["-wal", "-shm"]) if (existsSync(file + part)) renameSync(file + part, aside + part);
  return aside;
}

/** Which file stands under a name, so that it shows when another takes its place; null: none does. */
export function identityOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file);
    return `${dev}/${ino}`;
  } catch {
    return null;
  }
}

/** Whether a file that gave trouble is sound after all: another replica may have set the damaged one aside already. */
export function isSound(database: DatabaseSync): boolean {
  try {
    return Object.values(database.prepare("PRAGMA quick_check(1)").get() ?? {})[0] === "ok";
  } catch {
    return false;
  }
}
