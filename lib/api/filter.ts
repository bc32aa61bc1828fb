/**
 * The instant filter of lists: words that must all occur, `!word` must not, `/regex/` instead of words; upper and lower case are
 * one. A pattern that does not compile matches nothing and is told by `problem`. The same function serves the browser and the API.
 */
export function compileFilter(text: string): { matches: (name: string) => boolean; problem: string | null } {
  const trimmed = text.trim();
  const pattern = /^\/(.*)\/?$/s.exec(trimmed)?.[1];
  if (pattern !== undefined) return compilePattern(pattern.replace(/\/$/, ""));
  const words = trimmed.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = words.filter((word) => !word.startsWith("!"));
  const unwanted = words.filter((word) => word.startsWith("!") && word.length > 1).map((word) => word.slice(1));
  return {
    problem: null,
    matches: (name) => {
      const lower = name.toLowerCase();
      return wanted.every((word) => lower.includes(word)) && !unwanted.some((word) => lower.includes(word));
    },
  };
}

/** Names are at most 249 characters, and patterns at most 200, which bounds what a bad pattern can cost. */
const MAX_PATTERN = 200;
/** Each further one multiplies the worst case by the length of a name. */
const MAX_REPETITIONS = 3;

function compilePattern(pattern: string): ReturnType<typeof compileFilter> {
  const nothing = (problem: string) => ({ problem, matches: () => false });
  if (pattern.length > MAX_PATTERN) return nothing(`The pattern is longer than ${MAX_PATTERN} characters.`);
  if (/[+*}]\)*[+*{]|\)[+*{]/.test(pattern))
    return nothing("Repeating a group or a repetition is not offered here: it can take forever.");
  if ((pattern.match(/(?<!\\)[+*]|(?<!\\)\{\d*,/g) ?? []).length > MAX_REPETITIONS)
    return nothing(`More than ${MAX_REPETITIONS} repetitions can take forever.`);
  try {
    const regex = new RegExp(pattern, "iu");
    return { problem: null, matches: (name) => regex.test(name) };
  } catch (error) {
    return nothing((error as Error).message);
  }
}
