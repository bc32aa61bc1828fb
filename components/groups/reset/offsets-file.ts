import { undoInFile } from "./plan-file.ts";

/** A file of offsets as it was chosen, dropped or pasted. `id` stands for its text: other contents have another. */
export type OffsetsFile = {
  id: number;
  /** Null: it was pasted. */
  name: string | null;
  text: string;
  /** What is planned of a downloaded result: what it set, or what was before it. Files that are none are always `set`. */
  use: "set" | "undo";
};

/** As much as the API reads. */
export const MOST_CHARACTERS = 3_000_000;

let last = 0;

/** A file as a value. A downloaded result is taken for its undo first: that is what it is kept for. */
export function offsetsFile(name: string | null, text: string): OffsetsFile {
  last += 1;
  return { id: last, name, text, use: undoInFile(text) === null ? "set" : "undo" };
}

/** The other use of the same file. */
export function withUse(file: OffsetsFile, use: OffsetsFile["use"]): OffsetsFile {
  last += 1;
  return { ...file, id: last, use };
}

/** What is sent of it; null where there is nothing, or more than is read. */
export function textOf(file: OffsetsFile | null): string | null {
  if (file === null || file.text.trim() === "" || file.text.length > MOST_CHARACTERS) return null;
  return file.use === "undo" ? (undoInFile(file.text)?.text ?? file.text) : file.text;
}
