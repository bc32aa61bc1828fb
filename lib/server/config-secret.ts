import { resolve } from "node:path";
import { z } from "zod";
import type { Secret } from "../kafka/settings.ts";

/** A secret in the configuration: its text, or the file that holds it. */
export const secretConfig = z.union([z.string().min(1), z.strictObject({ file: z.string().min(1) })]);

/** Its file is relative to `base`. */
export const toSecret = (given: z.infer<typeof secretConfig>, base: string): Secret =>
  typeof given === "string" ? { value: given } : { file: resolve(base, given.file) };
