import type { GroupPartition } from "../../lib/api/groups.ts";

type Why = NonNullable<GroupPartition["unknown"]>;

/** Why a partition has no lag: in a word or two, and as a sentence. `outside`: the commit is no place of the log. */
export const unknownLag = {
  "no-commit": {
    word: "no commit",
    why: "The group has no committed offset here: where a consumer begins is for its auto.offset.reset to say.",
    outside: false,
  },
  "before-start": {
    word: "before the log start",
    why: "The commit is below the first offset that is left: what was between is gone, and auto.offset.reset says where a consumer goes on.",
    outside: true,
  },
  "beyond-end": {
    word: "beyond the end",
    why: "The commit is above the end of the log, as where the topic was made anew: auto.offset.reset says where a consumer goes on.",
    outside: true,
  },
  negative: {
    word: "below 0",
    why: "The commit is below 0, which is no offset; some tools leave \u22121 or \u22122 to mean the end or the start.",
    outside: true,
  },
  "no-topic": {
    word: "topic is gone",
    why: "There is no such topic any more. Its commits stay until they expire or are deleted.",
    outside: false,
  },
  "not-asked": { word: "not answered", why: "The offsets of the log could not be asked for.", outside: false },
} as const satisfies Record<Why, { word: string; why: string; outside: boolean }>;
