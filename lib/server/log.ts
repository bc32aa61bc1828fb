type Level = "info" | "warn" | "error";

/** One JSON line on standard error. Never give it a secret or a payload. */
export function log(level: Level, message: string, fields: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}
