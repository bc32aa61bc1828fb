import { applyChanges, changesOf, learnNames, type NewName } from "./changes.ts";
import { isKeyFrame, packFrame, unpackFrame } from "./frames.ts";
import { observe } from "./observe.ts";
import {
  dropUnread,
  lastAt,
  logOf,
  MARK_MS,
  makeRecent,
  type NameOf,
  type Recent,
  setBack,
  topicOf,
} from "./recent.ts";
import type { Sample } from "./sample.ts";
import {
  addFrame,
  addNames,
  clusterId,
  type Frame,
  flushedUntil,
  frameRange,
  framesAfter,
  keyFrameAt,
  keyFrames,
  namesAfter,
  oldestOf,
  type StatusRow,
  type Store,
} from "./store.ts";
import { addStatus, lastStatuses, setStoreBack } from "./store-notes.ts";
import { DAY, HOUR, type Keep, SPARE_MS } from "./tiers.ts";
import { addTo } from "./track.ts";

/** One cluster, as the worker keeps it. */
export type Kept = {
  name: string;
  id: number;
  everyMs: number;
  recent: Recent;
  names: Map<string, string>;
  /** Names that are not written yet. */
  unsaved: NewName[];
  /** The last frame that was written or read. */
  seq: bigint;
  /** The next frame must say everything. */
  needsKey: boolean;
  leads: boolean;
  flushedUntil: number;
  /** The oldest thing that is kept; epoch ms. */
  since: number | null;
  /** Status of each group as it is written. */
  written: Map<number, string>;
  /** Bytes that its samples take in memory, as last counted, and samples since. */
  memoryBytes: number;
  untidy: number;
  /** It was read a moment ago, and what it says was not told yet. */
  fresh: boolean;
};

const nameOf =
  (kept: Kept): NameOf =>
  (kind, id) =>
    kept.names.get(`${kind}/${id}`) ?? "";

function learn(kept: Kept, names: readonly NewName[]): void {
  learnNames(kept.recent, names);
  for (const { id, kind, name } of names) kept.names.set(`${kind}/${id}`, name);
}

/** Reads what is kept of a cluster: the samples of the last hour or so, marks of a day, and the statuses. */
export function load(store: Store, keep: Keep, name: string, everyMs: number): Kept {
  const id = clusterId(store, name);
  const kept: Kept = {
    name,
    id,
    everyMs,
    recent: makeRecent(),
    names: new Map(),
    unsaved: [],
    seq: 0n,
    needsKey: true,
    leads: false,
    flushedUntil: flushedUntil(store, id),
    since: oldestOf(store, id),
    written: new Map(),
    memoryBytes: 0,
    untidy: 0,
    fresh: true,
  };
  learn(kept, namesAfter(store, id, 0));
  const range = frameRange(store, id);
  const start = range && keyFrameAt(store, id, range.last - keep.samplesMs - SPARE_MS);
  if (range && start !== null) {
    for (const frame of keyFrames(store, id, range.last - DAY)) if (frame.seq < start) addMarks(kept, frame);
    kept.seq = start - 1n;
    let newest: Frame | null = null;
    for (const frame of framesAfter(store, id, kept.seq)) {
      if (newest && !takeFrame(kept, newest, false)) break;
      newest = frame;
    }
    // The newest is judged by what was told before it.
    takeStandings(store, kept);
    if (newest) takeFrame(kept, newest, true);
    dropUnread(kept.recent);
    kept.since ??= range.first;
  }
  return kept;
}

function takeStandings(store: Store, kept: Kept): void {
  for (const { group, status, since } of lastStatuses(store, kept.id)) {
    const watch = kept.recent.groups.get(group)?.watch;
    if (!watch) continue;
    watch.standing = { status, since, next: null };
    kept.written.set(group, statusKey(status, since));
  }
}

const statusKey = (status: string, since: number | null) => `${status}/${since}`;

function addMarks(kept: Kept, frame: Frame): void {
  const mark = Math.floor(frame.at / MARK_MS);
  if (kept.recent.markTimes.has(mark)) return;
  try {
    const { ends } = unpackFrame(frame.data, makeRecent());
    kept.recent.markTimes.set(mark, frame.at);
    for (const { topic, partition, end } of ends)
      addTo(logOf(topicOf(kept.recent, topic, nameOf(kept)), partition, 0).marks, mark, end);
  } catch {
    // A frame that cannot be read is a mark that is missing.
  }
}

/** Of samples that are only looked back at, one in so many is worked out: an hour of a large cluster would take seconds. */
const LOOK_BACK_EVERY = 6;

/** Takes over a frame that was written. false: it cannot be read, and nothing can until one that says everything. */
function takeFrame(kept: Kept, frame: Frame, judging: boolean): boolean {
  kept.seq = frame.seq;
  if (kept.needsKey && !isKeyFrame(frame.data)) return false;
  try {
    const changes = unpackFrame(frame.data, kept.recent);
    if (judging) setBack(kept.recent, frame.at);
    const gap = isGap(kept, frame.at);
    const tick = applyChanges(kept.recent, frame.at, changes, nameOf(kept));
    if (judging || tick % LOOK_BACK_EVERY === 0) observe(kept.recent, { tick, at: frame.at, gap, judging });
    kept.needsKey = false;
    return true;
  } catch {
    kept.needsKey = true;
    return false;
  }
}

const isGap = ({ recent, everyMs }: Kept, at: number) => at - (lastAt(recent) ?? at) > 3 * everyMs;

/** Reads what another replica wrote since. Gives whether there was anything. */
export function follow(store: Store, keep: Keep, kept: Kept, now: number): boolean {
  const last = lastAt(kept.recent);
  if (last !== null && now - last > keep.samplesMs) {
    // Frames in between may be gone by now.
    Object.assign(kept, load(store, keep, kept.name, kept.everyMs), { leads: kept.leads });
    return lastAt(kept.recent) !== last;
  }
  learn(kept, namesAfter(store, kept.id, kept.recent.lastId));
  let any = false;
  for (const frame of framesAfter(store, kept.id, kept.seq)) any = takeFrame(kept, frame, true) || any;
  if (any) kept.flushedUntil = flushedUntil(store, kept.id);
  return any;
}

/** What is to be written of a sample inside a transaction, and what is to be called once that is done. */
export type Writing = { write: (store: Store) => void; written: () => void };

/** Takes a sample over as the next tick. `keeps` false: frames are not wanted. */
export function take(kept: Kept, sample: Sample, keeps: boolean): Writing {
  const { recent } = kept;
  const at = sample.at;
  const back = setBack(recent, at);
  if (back) kept.flushedUntil = Math.min(kept.flushedUntil, at - (at % MARK_MS));
  const key = kept.needsKey || !recent.markTimes.has(Math.floor(at / MARK_MS)) || back;
  const { changes, names } = changesOf(recent, sample, key);
  learn(kept, names);
  kept.unsaved.push(...names);
  const data = keeps ? packFrame(changes, recent) : null;
  const gap = isGap(kept, at);
  const tick = applyChanges(recent, at, changes, nameOf(kept));
  observe(recent, { tick, at, gap, judging: true });
  kept.since ??= at;
  const statuses = newStatuses(kept, at);
  let seq = kept.seq;
  return {
    write: (store) => {
      if (back) setStoreBack(store, kept.id, at);
      addNames(store, kept.id, kept.unsaved);
      if (data) seq = addFrame(store, kept.id, at, key, data);
      for (const row of statuses) addStatus(store, kept.id, row);
    },
    written: () => {
      kept.seq = seq;
      kept.unsaved = [];
      kept.needsKey = false;
      for (const { group, status, since } of statuses) {
        if (recent.groups.has(group)) kept.written.set(group, statusKey(status, since));
        else kept.written.delete(group);
      }
    },
  };
}

/** Statuses that are others than those that are written. */
function newStatuses(kept: Kept, at: number): StatusRow[] {
  const rows: StatusRow[] = [];
  for (const { id: group, watch } of kept.recent.groups.values()) {
    const { standing, verdict } = watch;
    if (!standing || !verdict) continue;
    const { status, since } = standing;
    if (kept.written.get(group) === statusKey(status, since)) continue;
    // A status holds from its beginning, which may be before it was noticed.
    const from = kept.written.has(group) ? Math.min(at, since ?? at) : at;
    rows.push({ group, at: from, since, status, reason: verdict.reason });
  }
  for (const group of kept.written.keys())
    if (!kept.recent.groups.has(group))
      rows.push({ group, at, since: at, status: "no-data", reason: "The group is not there any more." });
  return rows;
}

/** Whole hours that are over and not written yet: from when to when; null: none is. */
export function unflushed(kept: Kept): { from: number; until: number } | null {
  const last = lastAt(kept.recent);
  if (last === null) return null;
  const first = kept.recent.times[0] ?? last;
  const until = last - (last % HOUR);
  const from = Math.max(kept.flushedUntil, first - (first % MARK_MS));
  return from < until ? { from, until } : null;
}

/** Everything must be written anew: the file is another one. */
export function beginAnew(store: Store, kept: Kept): void {
  kept.id = clusterId(store, kept.name);
  kept.unsaved = [...kept.names].map(([key, name]) => {
    const [kind, id] = key.split("/");
    return { kind: kind === "topic" ? "topic" : "group", id: Number(id), name };
  });
  kept.needsKey = true;
  kept.seq = 0n;
  kept.flushedUntil = 0;
  kept.since = kept.recent.times[0] ?? null;
  kept.written.clear();
}
