import { appendFile } from "node:fs/promises";
import type { Permission } from "../api/endpoint.ts";
import { log } from "./log.ts";
import { shorten } from "./shorten.ts";
import { state } from "./state.ts";

export type AuditLine = {
  time: string;
  actor: string;
  cluster: string | null;
  action: Permission;
  /** The method and the path as it was asked. */
  request: string;
  /** Names, offsets and settings of the change; never a payload. */
  target: Record<string, unknown>;
  validateOnly: boolean;
  /** What came of it, where the target does not say: counts, partitions and offsets. */
  did: Record<string, unknown> | null;
  outcome: "done" | "refused" | "failed";
  code: string | null;
  milliseconds: number;
};

/** One JSON line for a write, after it (after the last line of a stream): to the audit file if there is one, else to standard output. Never loses a line silently. */
export async function audit(line: AuditLine): Promise<void> {
  const text = `${JSON.stringify({ audit: true, ...line }, shorten)}\n`;
  const file = state().configuration.auditFile;
  if (!file) {
    process.stdout.write(text);
    return;
  }
  try {
    await appendFile(file, text, { mode: 0o600 });
  } catch (error) {
    log("error", "The audit file cannot be written; the line follows.", { file, error: String(error) });
    process.stdout.write(text);
  }
}
