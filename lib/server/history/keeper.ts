import { openDatabase, troubleOf } from "./database.ts";
import { writeHour } from "./hours.ts";
import { guarded, type Keeper, lookAfterFile, noteTrouble } from "./keeper-file.ts";
import { follow, type Kept, load, take, unflushed } from "./kept.ts";
import { lastAt, trim } from "./recent.ts";
import { bytesOfRecent } from "./recent-bytes.ts";
import type { Sample } from "./sample.ts";
import { makeStore, namesAfter, oldestOf, type Store, setFlushed, transaction } from "./store.ts";
import { dropLeases, readNote, removeOld, takeLease, writeNote } from "./store-notes.ts";
import { DAY, SPARE_MS } from "./tiers.ts";
import { type Told, toldOf } from "./told.ts";

const SHORTEST_LEASE_MS = 30_000;

/** A cluster as it is kept; read from the file where it is asked for first. */
export function keptOf(keeper: Keeper, name: string, everyMs: number, now: number): Kept {
  const known = keeper.clusters.get(name);
  if (known) return known;
  const read = () => guarded(keeper, now, (store) => load(store, keeper.options.keep, name, everyMs), null);
  // A file that broke while it was read has been replaced by then; the new one can be.
  const kept =
    read() ??
    read() ??
    load(makeStore(openDatabase({ file: ":memory:", pages: null })), keeper.options.keep, name, everyMs);
  keeper.clusters.set(name, kept);
  return kept;
}

export type Turn = { leads: boolean; told: Told | null; status: KeeperStatus };
export type KeeperStatus = {
  trouble: string | null;
  remark: string | null;
  since: number | null;
  lastAt: number | null;
  memoryBytes: number;
};

const statusOf = (keeper: Keeper, kept: Kept): KeeperStatus => ({
  trouble: keeper.trouble,
  remark: keeper.remark,
  since: kept.since,
  lastAt: lastAt(kept.recent),
  memoryBytes: kept.memoryBytes,
});

const leaseOf = (everyMs: number) => Math.max(SHORTEST_LEASE_MS, 3 * everyMs);

/**
 * Whether this replica is to take the next sample of a cluster; where another leads, what it wrote since is read. A replica that
 * cannot write the file leads for itself.
 */
export function turn(keeper: Keeper, name: string, everyMs: number, now: number): Turn {
  lookAfterFile(keeper, now);
  const kept = keptOf(keeper, name, everyMs, now);
  kept.everyMs = everyMs;
  const found = guarded(
    keeper,
    now,
    (store) =>
      transaction(store, () => {
        const leads = takeLease(store, kept.id, keeper.options.owner, now, leaseOf(everyMs));
        const any = !leads || !kept.leads ? follow(store, keeper.options.keep, kept, now) : false;
        return { leads, any: any || kept.fresh };
      }),
    // What passes changes nothing; without a file to share every replica is alone.
    { leads: kept.leads || keeper.trouble !== null, any: false },
  );
  kept.leads = found.leads || keeper.trouble !== null;
  kept.fresh = false;
  if (found.any) tidy(keeper, kept);
  return { leads: kept.leads, told: found.any ? toldOf(kept.recent) : null, status: statusOf(keeper, kept) };
}

/** Takes over a sample: into memory, and into the file where that can be written. */
export function record(keeper: Keeper, name: string, everyMs: number, sample: Sample, now: number): Turn {
  const kept = keptOf(keeper, name, everyMs, now);
  const { owner } = keeper.options;
  const before = kept.seq;
  const { write, written } = take(kept, sample, keeper.file !== null);
  const done = guarded(
    keeper,
    now,
    (store) =>
      transaction(store, () => {
        if (!takeLease(store, kept.id, owner, now, leaseOf(everyMs))) return "lost";
        write(store);
        return "written";
      }),
    "failed",
  );
  if (done === "lost") {
    // Another replica went on meanwhile: what it wrote is the history, not this.
    keeper.clusters.delete(name);
    return turn(keeper, name, everyMs, now);
  }
  if (done === "failed") {
    kept.needsKey = true;
    kept.seq = before;
  } else {
    written();
    if (keeper.file !== null) keeper.trouble = null;
  }
  const told = toldOf(kept.recent);
  tidy(keeper, kept);
  if (done === "written") writeOut(keeper, kept);
  return { leads: true, told, status: statusOf(keeper, kept) };
}

/** Going over everything is not worth it for one sample. */
const TIDY_EVERY = 30;

/** Lets go of what is old, and of more where there is too much of it. */
function tidy(keeper: Keeper, kept: Kept): void {
  const { recent } = kept;
  const last = lastAt(recent);
  const first = recent.times[0];
  if (last === null || first === undefined || ++kept.untidy < TIDY_EVERY) return;
  kept.untidy = 0;
  const { keep, memoryBytes } = keeper.options;
  trim(recent, last - keep.samplesMs - SPARE_MS, last - DAY);
  kept.memoryBytes = bytesOfRecent(recent);
  if (kept.memoryBytes > memoryBytes / Math.max(1, keeper.clusters.size))
    trim(recent, first + (last - first) / 4, last - DAY);
}

/** Writes whole hours that are over, some groups at a time, so that questions are answered in between. */
function writeOut(keeper: Keeper, kept: Kept): void {
  if (keeper.file === null) return;
  const stretch = unflushed(kept);
  if (stretch === null) return;
  kept.flushedUntil = stretch.until;
  const { store, options } = keeper;
  keeper.writing = keeper.writing.then(async () => {
    try {
      await writeHour(store, kept, options.keep, stretch, () => keeper.stopped || keeper.store !== store);
      transaction(store, () => {
        setFlushed(store, kept.id, stretch.until);
        removeOld(store, kept.id, options.keep, stretch.until);
      });
      kept.since = oldestOf(store, kept.id) ?? kept.since;
      forgetNames(store, kept);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      kept.flushedUntil = Math.min(kept.flushedUntil, stretch.from);
      if (keeper.store === store) noteTrouble(keeper, stretch.until, trouble, error);
    }
  });
}

/** Names that nothing kept uses any more are not in the file; who has one again is written anew. */
function forgetNames(store: Store, kept: Kept): void {
  const written = new Set(namesAfter(store, kept.id, 0).map(({ kind, id }) => `${kind}/${id}`));
  for (const [name, id] of kept.recent.groupIds) {
    if (written.has(`group/${id}`) || kept.recent.groups.has(id)) continue;
    kept.recent.groupIds.delete(name);
    kept.names.delete(`group/${id}`);
  }
}

export const noteOf = (keeper: Keeper, name: string, everyMs: number, key: string, now: number): string | null =>
  guarded(keeper, now, (store) => readNote(store, keptOf(keeper, name, everyMs, now).id, key), null);

/** false: it could not be kept beyond this process. */
export function keepNote(
  keeper: Keeper,
  name: string,
  everyMs: number,
  key: string,
  text: string,
  now: number,
): boolean {
  const written = guarded(
    keeper,
    now,
    (store) => {
      writeNote(store, keptOf(keeper, name, everyMs, now).id, key, text);
      return true;
    },
    false,
  );
  return written && keeper.file !== null;
}

/** Finishes what is being written, gives its leases back and closes the file. */
export async function closeKeeper(keeper: Keeper): Promise<void> {
  keeper.stopped = true;
  await keeper.writing.catch(() => {});
  guarded(keeper, Date.now(), (store) => dropLeases(store, keeper.options.owner), undefined);
  keeper.store.database.close();
}
