import { compileFilter } from "./filter.ts";

type Named = { groupId: string; topics: readonly string[] };

/**
 * The filter of lists of groups: as `compileFilter` for the group's name, and `topic:word`, `!topic:word` for the names of the topics
 * it reads, of which one must, or none may, hold the word. The same function serves the browser and the API.
 */
export function compileGroupFilter(text: string): { matches: (group: Named) => boolean; problem: string | null } {
  const words = text.trim().startsWith("/") ? [] : text.toLowerCase().split(/\s+/);
  const aboutTopics = words.filter((word) => /^!?topic:/.test(word));
  const name = compileFilter(
    aboutTopics.length === 0 ? text : words.filter((word) => !aboutTopics.includes(word)).join(" "),
  );
  const wanted = aboutTopics.filter((word) => !word.startsWith("!")).map((word) => word.slice("topic:".length));
  // What is still being typed excludes nothing.
  const unwanted = aboutTopics.filter((word) => /^!topic:./.test(word)).map((word) => word.slice("!topic:".length));
  const reads = (topics: readonly string[], word: string) => topics.some((topic) => topic.toLowerCase().includes(word));
  return {
    problem: name.problem,
    matches: ({ groupId, topics }) =>
      name.matches(groupId) &&
      wanted.every((word) => word === "" || reads(topics, word)) &&
      !unwanted.some((word) => reads(topics, word)),
  };
}
