import { stringsOf } from "./cel-words.ts";
import { conditionOf, partsOf, type SearchUrl } from "./message-url.ts";

/** Texts that are marked where they stand in keys and values. */
export type Marks = { key: readonly string[]; value: readonly string[]; caseMatters: boolean };

export const noMarks: Marks = { key: [], value: [], caseMatters: false };

/**
 * What is marked in the rows of a search: the texts looked for and not those excluded. Regular expressions mark nothing: the browser's
 * own take more than linear time.
 */
export function marksOf(search: SearchUrl): Marks {
  if (search.filter) {
    const strings = stringsOf(search.filter);
    return { key: strings, value: strings, caseMatters: true };
  }
  if (search.match === "regex") return noMarks;
  const parts = partsOf(search);
  const main = search.q !== "" && search.not === "" ? [search.q] : [];
  const wanted = (condition: string) => {
    const { not, text } = conditionOf(condition);
    return not || text === "" ? [] : [text];
  };
  return {
    key: [...(parts.includes("key") ? main : []), ...wanted(search.key)],
    value: [...(parts.includes("value") ? main : []), ...wanted(search.value)],
    caseMatters: search.case !== "",
  };
}
