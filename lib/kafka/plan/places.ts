import { isTurned, type Place, placeText } from "../../api/range.ts";
import { larger, smaller } from "../scan/bytes.ts";

/** No offset is larger: "the end, wherever that is". */
export const LAST_OFFSET = (1n << 63n) - 1n;

/** A place as an offset of one partition, moved to the nearer edge of its log. `atTime`: what ListOffsets found, -1 for nothing. */
export function resolvePlace(
  place: Place,
  partition: number,
  log: { start: bigint; end: bigint },
  atTime: bigint | null,
): bigint {
  const { start, end } = log;
  const inside = (offset: bigint) => smaller(larger(offset, start), end);
  if (place.kind === "newest") return end;
  if (place.kind === "offset") return inside(place.offset);
  if (place.kind === "offsets") return inside(place.offsets.get(partition) ?? end);
  if (place.kind === "end") return inside(end - place.back);
  if (place.kind === "start") return inside(start + place.forward);
  if (place.kind === "time") return atTime === null || atTime < 0n ? end : inside(atTime);
  return start;
}

/** The same without the log, for a partition that could not be asked: null for what only the log can tell. */
export function placeUnasked(place: Place, partition: number): bigint | null {
  if (place.kind === "newest") return LAST_OFFSET;
  if (place.kind === "oldest") return 0n;
  if (place.kind === "offset") return place.offset;
  if (place.kind === "offsets") return place.offsets.get(partition) ?? LAST_OFFSET;
  return null;
}

/** Why a range ends before it begins, where that can be said without looking; null where it does not. */
export function checkOrder(from: Place, until: Place, now: number): string | null {
  const words = `It ends (${placeText(until)}) before it begins (${placeText(from)}): put the earlier place first.`;
  if (isTurned(from, until, now)) return words;
  if (from.kind !== "offsets" && until.kind !== "offsets") return null;
  const partitions = [from, until].flatMap((place) => (place.kind === "offsets" ? [...place.offsets.keys()] : []));
  const turned = partitions.find((partition) => {
    const [first, last] = [placeUnasked(from, partition), placeUnasked(until, partition)];
    return from.kind !== "newest" && first !== null && last !== null && first !== LAST_OFFSET && first > last;
  });
  return turned === undefined ? null : words;
}
