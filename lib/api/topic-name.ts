/** What Kafka allows as the name of a topic (org.apache.kafka.common.internals.Topic), checked as it is typed and again on the server. */
const MAX_LENGTH = 249;

/** Why a name is not a legal topic name, as a sentence; null for a legal one. */
export function topicNameProblem(name: string): string | null {
  if (name === "") return "A topic needs a name.";
  if (name === "." || name === "..") return "A topic cannot be called . or .. alone.";
  const wrong = [...new Set([...name].filter((character) => !/[A-Za-z0-9._-]/.test(character)))];
  if (wrong.length > 0) {
    const told = wrong.slice(0, 5).map((character) => (/\s/.test(character) ? "a space" : character));
    return `Only letters A-Z a-z, digits, . _ and - are allowed, not ${told.join(" ")}.`;
  }
  if (name.length > MAX_LENGTH) return `${name.length} characters; at most ${MAX_LENGTH} are allowed.`;
  return null;
}

const unified = (name: string): string => name.replaceAll(".", "_");

/**
 * The existing topic whose name differs only by `.` and `_`; null if there is none. Metrics write both as `_`, and the KRaft
 * controller refuses such a name.
 */
export function collidingTopic(name: string, existing: Iterable<string>): string | null {
  if (!/[._]/.test(name)) return null;
  const mine = unified(name);
  for (const other of existing) if (other !== name && unified(other) === mine) return other;
  return null;
}
