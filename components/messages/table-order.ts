import type { Message } from "../../lib/api/messages.ts";

/** A record and its place by time: the lower comes first. What carries no time stands last. */
type Ranked = { message: Message; rank: number };

function ranked(message: Message, newestFirst: boolean): Ranked {
  const time = message.timestamp === null ? Number.NaN : Number(message.timestamp);
  return { message, rank: Number.isNaN(time) ? Number.POSITIVE_INFINITY : newestFirst ? -time : time };
}

// Not by subtraction: two that carry no time would give no number.
const byRank = (a: Ranked, b: Ranked): number => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0);

/** How many stand at or before a rank. */
function countUpTo(sorted: readonly Ranked[], rank: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.rank ?? 0) <= rank) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two sorted lists as one; equals of the first come first. What stands before all that is new is not looked at. */
function merged(old: readonly Ranked[], fresh: readonly Ranked[]): Ranked[] {
  const [first] = fresh;
  if (!first) return [...old];
  const kept = countUpTo(old, first.rank);
  const out = old.slice(0, kept);
  let at = 0;
  for (const each of old.slice(kept)) {
    for (let next = fresh[at]; next !== undefined && next.rank < each.rank; next = fresh[++at]) out.push(next);
    out.push(each);
  }
  return out.concat(fresh.slice(at));
}

/**
 * Hits come as they are found, partition by partition; a table shows them by time. A list that has only grown is not sorted again:
 * what is new is merged into it.
 */
export function createTimeOrder(): (messages: readonly Message[], newestFirst: boolean) => readonly Message[] {
  let seen = { first: undefined as Message | undefined, count: 0, newestFirst: true, sorted: [] as Ranked[] };
  let rows: readonly Message[] = [];
  return (messages, newestFirst) => {
    const hasGrown = seen.newestFirst === newestFirst && messages.length >= seen.count && messages[0] === seen.first;
    if (hasGrown && messages.length === seen.count) return rows;
    const fresh = messages
      .slice(hasGrown ? seen.count : 0)
      .map((message) => ranked(message, newestFirst))
      .sort(byRank);
    const sorted = hasGrown ? merged(seen.sorted, fresh) : fresh;
    seen = { first: messages[0], count: messages.length, newestFirst, sorted };
    rows = sorted.map(({ message }) => message);
    return rows;
  };
}
