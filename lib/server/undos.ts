import { open } from "node:fs/promises";
import { type SetOffsetsResult, setOffsetsBody, type UndoOfGroup } from "../api/group-offsets.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { ANONYMOUS } from "./access.ts";
import { state } from "./state.ts";

/** What a change of a group's offsets says of itself, as far as undoing it goes. */
export type Undoable = {
  what: UndoOfGroup["what"];
  validateOnly: boolean;
  /** Partitions that were changed. */
  set: number;
  failed: number;
  undo: UndoOfGroup["undo"] | null;
  /** The first reason why something of it was not done. */
  problem: Problem | null;
};

/** A change of offsets as it came out, to be kept. */
export const undoable = (
  what: UndoOfGroup["what"],
  { validateOnly, set, failed, undo, partitions }: SetOffsetsResult,
): Undoable => ({
  what,
  validateOnly,
  set,
  failed,
  undo,
  problem: partitions.find(({ problem }) => problem !== null)?.problem ?? null,
});

type Kept = UndoOfGroup & { cluster: string; groupId: string };

const KEY = Symbol.for("kafdeck.undos");
const holder = globalThis as { [KEY]?: Kept[] };

/** Shown of one group. */
const AT_MOST = 20;
/** Kept in memory where there is no audit file: changes, and partitions over all of them. */
const KEPT_CHANGES = 200;
const KEPT_PARTITIONS = 50_000;
/** How far back the audit file is read. */
const READ_BYTES = 64 << 20;
const PIECE_BYTES = 1 << 20;

/**
 * Writes into the audit line of a change what undoes it; where the audit goes to standard output only, it is kept in memory until the
 * process ends. A plan changes nothing, and is not kept.
 */
export function keepUndo(
  cluster: string,
  groupId: string,
  { what, validateOnly, set, failed, undo, problem }: Undoable,
  tell: (did: Record<string, unknown>, problem?: Problem | null) => void,
): void {
  if (validateOnly) return;
  tell({ what, set, failed, undo }, problem);
  if (!undo || state().configuration.auditFile) return;
  holder[KEY] ??= [];
  const kept = holder[KEY];
  kept.unshift({ cluster, groupId, at: new Date().toISOString(), actor: ANONYMOUS.name, what, set, undo });
  let partitions = 0;
  const cut = kept.findIndex((one) => {
    partitions += one.undo.partitions.length;
    return partitions > KEPT_PARTITIONS;
  });
  // The newest stays, however large.
  kept.length = Math.min(kept.length, KEPT_CHANGES, cut < 0 ? kept.length : Math.max(1, cut));
}

/** The changes of a group that can be undone, the newest first, at most 20; a warning says where they are not kept, or not all were read. */
export async function readUndos(
  cluster: string,
  groupId: string,
): Promise<{ items: UndoOfGroup[]; warnings: Problem[] }> {
  const file = state().configuration.auditFile;
  if (file) return readFromAudit(file, cluster, groupId);
  const items = (holder[KEY] ?? [])
    .filter((one) => one.cluster === cluster && one.groupId === groupId)
    .slice(0, AT_MOST)
    .map(({ at, actor, what, set, undo }) => ({ at, actor, what, set, undo }));
  return { items, warnings: [makeProblem("undo-not-kept", "The audit goes to standard output.")] };
}

async function readFromAudit(file: string, cluster: string, groupId: string) {
  const items: UndoOfGroup[] = [];
  try {
    for await (const line of linesFromEnd(file)) {
      const found = undoIn(line, cluster, groupId);
      if (found) items.push(found);
      if (items.length === AT_MOST) break;
    }
    return { items, warnings: [] };
  } catch (error) {
    // Before the first change there is no file.
    if ((error as { code?: unknown }).code === "ENOENT") return { items, warnings: [] };
    const detail = `The audit file cannot be read: ${(error as Error).message}`;
    return { items, warnings: [makeProblem("undo-not-kept", detail)] };
  }
}

/** The change that a line of the audit tells of; null where it is another group's, or undoes nothing. Never throws. */
function undoIn(line: string, cluster: string, groupId: string): UndoOfGroup | null {
  // Most lines are of other changes, and some are long.
  if (!line.includes('"undo":{') || !line.includes(JSON.stringify(groupId))) return null;
  try {
    const { time, actor, target, did } = JSON.parse(line);
    if (target?.cluster !== cluster || target.group !== groupId) return null;
    const undo = setOffsetsBody.safeParse(did?.undo);
    if (!undo.success || typeof time !== "string" || !isKind(did.what)) return null;
    return { at: time, actor: String(actor), what: did.what, set: Number(did.set) || 0, undo: undo.data };
  } catch {
    return null;
  }
}

const isKind = (what: unknown): what is UndoOfGroup["what"] =>
  what === "set-offsets" || what === "delete-offsets" || what === "delete-group";

const NEWLINE = 10;

/** The lines of a file, the last first, of its last 64 MB. */
async function* linesFromEnd(file: string): AsyncGenerator<string, void, void> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const stop = Math.max(0, size - READ_BYTES);
    let rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    for (let end = size; end > stop; ) {
      const start = Math.max(stop, end - PIECE_BYTES);
      const piece = Buffer.alloc(end - start);
      await handle.read(piece, 0, piece.length, start);
      let text = Buffer.concat([piece, rest]);
      for (let at = text.lastIndexOf(NEWLINE); at >= 0; at = text.lastIndexOf(NEWLINE)) {
        if (at + 1 < text.length) yield text.toString("utf8", at + 1);
        text = text.subarray(0, at);
      }
      rest = text;
      end = start;
    }
    if (rest.length > 0 && stop === 0) yield rest.toString("utf8");
  } finally {
    await handle.close();
  }
}
