import { ProblemError } from "../api/problem.ts";

/** The length of a text is an int16 in Kafka's protocol; brokers hold the newer encoding to the same. */
export const TEXT_BYTES_AT_MOST = 32_767;
/** No character takes more in UTF-8 for each of JavaScript's units. */
const BYTES_A_UNIT = 3;

/**
 * Throws bad-request where a text in what is to be sent is longer than Kafka's protocol can say. A broker that gets one closes the
 * connection without a word, with all that others asked on it, and looks as if it could not be reached.
 */
export function refuseLongText(sent: unknown): void {
  if (typeof sent === "string") {
    if (sent.length * BYTES_A_UNIT > TEXT_BYTES_AT_MOST && Buffer.byteLength(sent) > TEXT_BYTES_AT_MOST)
      throw new ProblemError(
        "bad-request",
        `A name or text of ${sent.length} characters was given, “${sent.slice(0, 40)}…”: Kafka takes at most ${TEXT_BYTES_AT_MOST} bytes.`,
      );
    return;
  }
  // Bytes, such as records, have lengths of another kind.
  if (typeof sent !== "object" || sent === null || ArrayBuffer.isView(sent)) return;
  if (Array.isArray(sent)) for (const each of sent) refuseLongText(each);
  else for (const each of Object.values(sent)) refuseLongText(each);
}
