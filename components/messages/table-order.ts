import type { Message } from "../../lib/api/messages.ts";

type Timed = { message: Message; time: number };

const timed = (message: Message): Timed => ({ message, time: Number(message.timestamp ?? Number.NaN) });

/** Whether `a` stands before `b`; what carries no time stands last, and equals stay in the order they came in. */
const isBefore = (a: Timed, b: Timed, newestFirst: boolean): boolean =>
  newestFirst ? a.time > b.time || Number.isNaN(b.time) : a.time < b.time || Number.isNaN(b.time);

const inOrder = (newestFirst: boolean) => (a: Timed, b: Timed) => {
  if (Number.isNaN(a.time) || Number.isNaN(b.time)) return Number(Number.isNaN(a.time)) - Number(Number.isNaN(b.time));
  return newestFirst ? b.time - a.time : a.time - b.time;
};

function merged(old: readonly Timed[], fresh: readonly Timed[], newestFirst: boolean): Timed[] {
  const out: Timed[] = [];
  let at = 0;
  for (const each of old) {
    for (
      let next = fresh[at];
      next !== undefined && !Number.isNaN(next.time) && isBefore(next, each, newestFirst);
      next = fresh[++at]
    )
      out.push(next);
    out.push(each);
  }
  return out.concat(fresh.slice(at));
}

/**
 * Hits come as they are found, partition by partition; a table shows them by time. A list that has only grown is not sorted again:
 * what is new is merged into it.
 */
export function createTimeOrder(): (messages: readonly Message[], newestFirst: boolean) => readonly Message[] {
  let seen: { first: Message | undefined; count: number; newestFirst: boolean; sorted: Timed[] } = {
    first: undefined,
    count: 0,
    newestFirst: true,
    sorted: [],
  };
  let rows: readonly Message[] = [];
  return (messages, newestFirst) => {
    const hasGrown = seen.newestFirst === newestFirst && messages.length >= seen.count && messages[0] === seen.first;
    if (hasGrown && messages.length === seen.count) return rows;
    const fresh = messages
      .slice(hasGrown ? seen.count : 0)
      .map(timed)
      .sort(inOrder(newestFirst));
    const sorted = hasGrown ? merged(seen.sorted, fresh, newestFirst) : fresh;
    seen = { first: messages[0], count: messages.length, newestFirst, sorted };
    rows = sorted.map(({ message }) => message);
    return rows;
  };
}
