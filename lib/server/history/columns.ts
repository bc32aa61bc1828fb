import { putInt, putUint, type Reader, takeUint, takeWhole, type Writer } from "./varint.ts";

/** An int64: a number where that is exact, which is ten times faster and nearly always, else a bigint. */
export type Whole = number | bigint;

/** Points of one line of a chart, column by column; all columns have the same length. null: not known then. */
export type Columns<Value extends Whole = bigint> = {
  lag: (Value | null)[];
  /** Ms. Kept to a tenth of a second. */
  timeLag: (number | null)[];
  /** Records written, and records by which commits moved on, since the point before. */
  written: (Value | null)[];
  read: (Value | null)[];
};

/** The same with bigints only, to be reckoned and compared with. */
export function exactColumns({ lag, timeLag, written, read }: Columns<Whole>): Columns {
  const exact = (column: (Whole | null)[]) => column.map((value) => (value === null ? null : BigInt(value)));
  return { lag: exact(lag), timeLag, written: exact(written), read: exact(read) };
}

export const emptyColumns = (length: number): Columns => ({
  lag: new Array(length).fill(null),
  timeLag: new Array(length).fill(null),
  written: new Array(length).fill(null),
  read: new Array(length).fill(null),
});

const UNIT_MS = 100;
/** Sums of four whole numbers below it are exact. */
const EXACT = 2 ** 51;
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

export function takeColumns(reader: Reader, length: number): Columns<Whole> {
  const written = takeColumn(reader, length);
  const read = takeColumn(reader, length);
  const lag = takeColumn(reader, length);
  let before: Whole = 0;
  for (let i = 0; i < length; i++) {
    const rest = lag[i] ?? null;
    if (rest === null) continue;
    before = lagAfter(before, written[i] ?? 0, read[i] ?? 0, rest);
    lag[i] = before;
  }
  let known = 0;
  const timeLag = takeColumn(reader, length).map((step) => {
    if (step === null) return null;
    known += Number(step);
    return known * UNIT_MS;
  });
  return { lag, timeLag, written, read };
}

function lagAfter(before: Whole, written: Whole, read: Whole, rest: Whole): Whole {
  if (
    typeof before === "number" &&
    typeof written === "number" &&
    typeof read === "number" &&
    typeof rest === "number"
  ) {
    // Each is below 2^51 or the sum of such that is exact: rounding cannot bring a sum that is not exact below this.
    const sum = before + written - read + rest;
    if (Math.abs(sum) < EXACT) return sum;
  }
  return wrap(BigInt(before) + BigInt(written) - BigInt(read) + BigInt(rest));
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

function takeColumn(reader: Reader, length: number): (Whole | null)[] {
  const column: (Whole | null)[] = [];
  while (column.length < length) {
    const head = takeUint(reader);
    const [kind, run] = [head % KINDS, Math.floor(head / KINDS)];
    if (run === 0 || run > length - column.length) throw new RangeError("A run is longer than its column.");
    const value = kind === SAME ? takeWhole(reader) : null;
    for (let i = 0; i < run; i++) column.push(kind === DIFFERENT ? takeWhole(reader) : value);
  }
  return column;
}
