import { identityOf, isSound, openDatabase, setAside, type Trouble, troubleOf, wordsOf } from "./database.ts";
import { beginAnew, type Kept } from "./kept.ts";
import { makeStore, type Store } from "./store.ts";
import type { Keep } from "./tiers.ts";

export type KeeperOptions = {
  /** null: nothing is written; the last hour is kept in memory. */
  file: string | null;
  keep: Keep;
  /** Names this replica among those that share the file. */
  owner: string;
  /** Pages of 4 kB that the file may have; null: as many as fit. For tests of a full disk. */
  pages: number | null;
  /** Bytes that all samples in memory may take. */
  memoryBytes: number;
};

/** The history of all clusters, in the thread that writes it. */
export type Keeper = {
  options: KeeperOptions;
  store: Store;
  /** The file that is open; null: none is, and what would be written is not. */
  file: string | null;
  identity: string | null;
  /** Why nothing is added, or what became of the file; null: all is well. */
  trouble: string | null;
  /** A remark on the file that is no trouble now; null: none. */
  remark: string | null;
  retryAt: number;
  clusters: Map<string, Kept>;
  /** What it is asked to do waits for the hour that is being written. */
  writing: Promise<void>;
  stopped: boolean;
};

const RETRY_MS = 60_000;

const words: Record<Exclude<Trouble, "busy">, (file: string, error: unknown) => string> = {
  damaged: (file, error) => `The history file ${file} is damaged (${wordsOf(error)}).`,
  newer: (file, error) => `The history file ${file} was written by a newer Kafdeck. ${wordsOf(error)}`,
  full: (file) =>
    `The history file ${file} cannot grow: the disk is full. Samples are kept in memory until there is room.`,
  "read-only": (file) => `The history file ${file} is read-only. Samples are kept in memory, and lost at a restart.`,
  unusable: (file, error) =>
    `The history file ${file} cannot be used (${wordsOf(error)}). Samples are kept in memory, and lost at a restart.`,
};

export function openKeeper(options: KeeperOptions, now: number): Keeper {
  const keeper: Keeper = {
    options,
    store: makeStore(openDatabase({ file: ":memory:", pages: null })),
    file: null,
    identity: null,
    trouble: null,
    remark: null,
    retryAt: 0,
    clusters: new Map(),
    writing: Promise.resolve(),
    stopped: false,
  };
  reopen(keeper, now);
  return keeper;
}

/** Opens the configured file in place of what is open. A damaged one is set aside and a new one begun. */
function reopen(keeper: Keeper, now: number): void {
  const { file, pages } = keeper.options;
  keeper.retryAt = now + RETRY_MS;
  if (file === null) return;
  try {
    use(keeper, file, openSound(keeper, file, pages, now));
    keeper.trouble = null;
  } catch (error) {
    const trouble = troubleOf(error) ?? "unusable";
    keeper.trouble = words[trouble === "busy" ? "unusable" : trouble](file, error);
  }
}

function openSound(keeper: Keeper, file: string, pages: number | null, now: number): Store {
  try {
    return makeStore(openDatabase({ file, pages }));
  } catch (error) {
    if (troubleOf(error) !== "damaged") throw error;
    const aside = setAside(file, now);
    keeper.remark = `The history file was damaged. It was set aside as ${aside}, and a new one was begun.`;
    return makeStore(openDatabase({ file, pages }));
  }
}

function use(keeper: Keeper, file: string | null, store: Store): void {
  keeper.store.database.close();
  keeper.store = store;
  keeper.file = file;
  keeper.identity = file === null ? null : identityOf(file);
  for (const [name, kept] of keeper.clusters) {
    if (kept.recent.times.length === 0) keeper.clusters.delete(name);
    else beginAnew(store, kept);
  }
}

/** The file was found damaged while in use. Another replica may have set it aside already. */
function replaceFile(keeper: Keeper, now: number): void {
  const { file } = keeper;
  if (file === null) return;
  use(keeper, null, makeStore(openDatabase({ file: ":memory:", pages: null })));
  try {
    const again = openDatabase({ file, pages: null });
    const sound = isSound(again);
    again.close();
    if (!sound) {
      const aside = setAside(file, now);
      keeper.remark = `The history file was damaged. It was set aside as ${aside}, and a new one was begun.`;
    }
  } catch {
    // Opening it once more says what is wrong, and sets it aside where it is damaged.
  }
  reopen(keeper, now);
}

/** Says what is wrong with the file, and replaces one that is damaged. That it is busy passes. */
export function noteTrouble(keeper: Keeper, now: number, trouble: Trouble, error: unknown): void {
  if (trouble === "damaged") replaceFile(keeper, now);
  else if (trouble !== "busy" && keeper.file) keeper.trouble = words[trouble](keeper.file, error);
}

/** Does what needs the file. Where the file is the trouble, that is told, and `otherwise` is given. */
export function guarded<T>(keeper: Keeper, now: number, work: (store: Store) => T, otherwise: T): T {
  try {
    return work(keeper.store);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    noteTrouble(keeper, now, trouble, error);
    return otherwise;
  }
}

/** Opens the file again where it could not be opened, or another has taken its place. */
export function lookAfterFile(keeper: Keeper, now: number): void {
  const { file } = keeper.options;
  if (file === null) return;
  const isOther = keeper.file !== null && identityOf(keeper.file) !== keeper.identity;
  if (isOther) {
    keeper.remark = "The history file was removed or replaced; a new one was begun.";
    use(keeper, null, makeStore(openDatabase({ file: ":memory:", pages: null })));
    reopen(keeper, now);
  } else if (keeper.file === null && (now >= keeper.retryAt || now < keeper.retryAt - 2 * RETRY_MS))
    reopen(keeper, now);
}
