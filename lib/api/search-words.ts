import { z } from "zod";
import { compileFilter } from "./filter.ts";

/** The instant filter of lists as a query parameter; a pattern that does not compile is refused with its reason. */
export const compiledFilter = z
  .string()
  .superRefine((text, context) => {
    const { problem } = compileFilter(text);
    if (problem !== null) context.addIssue(problem);
  })
  .optional();
