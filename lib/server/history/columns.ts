import { putInt, putUint, type Reader, takeInt, takeUint, type Writer } from "./varint.ts";

/** Points of one line of a chart, column by column; all columns have the same length. null: not known then. */
export type Columns = {
  lag: (bigint | null)[];
  /** Ms. Kept to a tenth of a second. */
  timeLag: (number | null)[];
  /** Records written, and records by which commits moved on, since the point before. */
  written: (bigint | null)[];
  read: (bigint | null)[];
};

export const emptyColumns = (length: number): Columns => ({
  lag: new Array(length).fill(null),
  timeLag: new Array(length).fill(null),
  written: new Array(length).fill(null),
  read: new Array(length).fill(null),
});

const UNIT_MS = 100;
const wrap = (value: bigint) => BigInt.asIntN(64, value);

/**
 * What each lag is told from: the one before, and what came and went since. Where the partitions stayed the same that is the lag
 * itself, so that its column takes next to nothing.
 */
function* foreseen({ lag, written, read }: Columns): Generator<bigint, void, void> {
  let before = 0n;
  for (let i = 0; i < lag.length; i++) {
    yield wrap(before + (written[i] ?? 0n) - (read[i] ?? 0n));
    before = lag[i] ?? before;
  }
}

/** Packs columns of `Columns.lag.length` points. */
export function putColumns(writer: Writer, columns: Columns): void {
  putColumn(writer, columns.written);
  putColumn(writer, columns.read);
  const from = foreseen(columns);
  putColumn(
    writer,
    columns.lag.map((lag) => {
      const told = from.next().value ?? 0n;
      return lag === null ? null : wrap(lag - told);
    }),
  );
  putColumn(writer, differences(columns.timeLag.map((ms) => (ms === null ? null : BigInt(Math.round(ms / UNIT_MS))))));
}

export function takeColumns(reader: Reader, length: number): Columns {
  const written = takeColumn(reader, length);
  const read = takeColumn(reader, length);
  const columns: Columns = { lag: [], timeLag: [], written, read };
  let before = 0n;
  for (const [i, rest] of takeColumn(reader, length).entries()) {
    const lag = rest === null ? null : wrap(before + (written[i] ?? 0n) - (read[i] ?? 0n) + rest);
    columns.lag.push(lag);
    before = lag ?? before;
  }
  let known = 0n;
  for (const step of takeColumn(reader, length)) {
    known += step ?? 0n;
    columns.timeLag.push(step === null ? null : Number(known) * UNIT_MS);
  }
  return columns;
}

function differences(column: (bigint | null)[]): (bigint | null)[] {
  let known = 0n;
  return column.map((value) => {
    if (value === null) return null;
    const step = value - known;
    known = value;
    return step;
  });
}

/** Runs of one value (null is one), and runs of values that differ: how many and which, then the values. */
const NULLS = 0;
const SAME = 1;
const DIFFERENT = 2;
const KINDS = 3;

function putColumn(writer: Writer, column: (bigint | null)[]): void {
  for (let i = 0; i < column.length; ) {
    const value = column[i] ?? null;
    const same = runOf(column, i);
    if (value === null || same > 2) {
      putUint(writer, same * KINDS + (value === null ? NULLS : SAME));
      if (value !== null) putInt(writer, value);
      i += same;
      continue;
    }
    let end = i + same;
    while (end < column.length && (column[end] ?? null) !== null && runOf(column, end) <= 2) end++;
    putUint(writer, (end - i) * KINDS + DIFFERENT);
    for (; i < end; i++) putInt(writer, column[i] ?? 0n);
  }
}

function runOf(column: (bigint | null)[], from: number): number {
  let to = from + 1;
  while (to < column.length && column[to] === column[from]) to++;
  return to - from;
}

function takeColumn(reader: Reader, length: number): (bigint | null)[] {
  const column: (bigint | null)[] = [];
  while (column.length < length) {
    const head = takeUint(reader);
    const [kind, run] = [head % KINDS, Math.floor(head / KINDS)];
    if (run === 0 || run > length - column.length) throw new RangeError("A run is longer than its column.");
    const value = kind === SAME ? takeInt(reader) : null;
    for (let i = 0; i < run; i++) column.push(kind === DIFFERENT ? takeInt(reader) : value);
  }
  return column;
}
