import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Columns, emptyColumns, exactColumns, putColumns, takeColumns, type Whole } from "./columns.ts";
import { makeWriter, putUint, readerOf, takeUint, written } from "./varint.ts";

/** Which line a series is: a whole group (both null), one of its topics, or a partition. Topics by the id that names them. */
export type SeriesKey = { topic: number | null; partition: number | null };
export type Series<Value extends Whole = bigint> = SeriesKey & { columns: Columns<Value> };

/** Less than this is not worth the work. */
const DEFLATED_FROM = 200;
/** What an hour of the largest group may unpack to; more is a broken file. */
const MOST_BYTES = 256 << 20;
const [PLAIN, DEFLATED] = [0, 1];

/** Series of one group over one stretch of time, all of `points` points, as they are kept. */
export function packChunk(points: number, all: Series[]): Uint8Array {
  const writer = makeWriter(64 + all.length * 32);
  putUint(writer, points);
  putUint(writer, all.length);
  for (const { topic, partition, columns } of all) {
    putUint(writer, topic === null ? 0 : topic + 1);
    putUint(writer, partition === null ? 0 : partition + 1);
    putColumns(writer, columns);
  }
  const bytes = written(writer);
  return bytes.length < DEFLATED_FROM
    ? Uint8Array.from([PLAIN, ...bytes])
    : Buffer.concat([Uint8Array.of(DEFLATED), deflateRawSync(bytes, { level: 3 })]);
}

/** What `packChunk` packed. Throws where the bytes are none of its. */
export function unpackChunk(packed: Uint8Array): { points: number; series: Series<Whole>[] } {
  const body = packed.subarray(1);
  const bytes = packed[0] === DEFLATED ? inflateRawSync(body, { maxOutputLength: MOST_BYTES }) : body;
  const reader = readerOf(bytes);
  const [points, count] = [takeUint(reader), takeUint(reader)];
  const series: Series<Whole>[] = [];
  for (let i = 0; i < count; i++) {
    const [topic, partition] = [takeUint(reader), takeUint(reader)];
    series.push({
      topic: topic === 0 ? null : topic - 1,
      partition: partition === 0 ? null : partition - 1,
      columns: takeColumns(reader, points),
    });
  }
  return { points, series };
}

export const sameSeries = (a: SeriesKey, b: SeriesKey): boolean => a.topic === b.topic && a.partition === b.partition;
const keyOf = ({ topic, partition }: SeriesKey) => `${topic}/${partition}`;

/** Puts series into a chunk from point `at` on. What stood there is replaced; points nobody knows are null. */
export function mergeChunk(old: { points: number; series: Series<Whole>[] }, at: number, added: Series[]) {
  const points = Math.max(old.points, at + (added[0]?.columns.lag.length ?? 0));
  const all = new Map(
    old.series.map((one) => [keyOf(one), { ...one, columns: lengthened(exactColumns(one.columns), points) }]),
  );
  for (const one of added) {
    const into = all.get(keyOf(one)) ?? { ...one, columns: emptyColumns(points) };
    all.set(keyOf(one), into);
    for (let i = 0; i < one.columns.lag.length; i++) copyPoint(one.columns, i, into.columns, at + i);
  }
  return { points, series: [...all.values()] };
}

function lengthened(columns: Columns, points: number): Columns {
  const longer = emptyColumns(points);
  for (let i = 0; i < columns.lag.length; i++) copyPoint(columns, i, longer, i);
  return longer;
}

export function copyPoint(from: Columns, i: number, to: Columns, j: number): void {
  to.lag[j] = from.lag[i] ?? null;
  to.timeLag[j] = from.timeLag[i] ?? null;
  to.written[j] = from.written[i] ?? null;
  to.read[j] = from.read[i] ?? null;
}
