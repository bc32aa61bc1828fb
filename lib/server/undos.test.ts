import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setOffsetsBody } from "../api/group-offsets.ts";
import { audit } from "./audit.ts";
import { state } from "./state.ts";
import { keepUndo, readUndos, type Undoable } from "./undos.ts";

const KEYS = ["kafdeck.state", "kafdeck.undos"].map((name) => Symbol.for(name));
const holder = globalThis as Record<symbol, unknown>;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kafdeck-undos-"));
});
afterEach(() => {
  for (const key of KEYS) delete holder[key];
  rmSync(folder, { recursive: true });
});

/** The process as if it had just been started with this audit file. */
function restarted(auditFile: string | null): void {
  for (const key of KEYS) delete holder[key];
  holder[Symbol.for("kafdeck.state")] = { configuration: { auditFile }, clusters: new Map() };
}
const file = () => join(folder, "audit.jsonl");
const undoTo = (after: string, metadata?: string) =>
  setOffsetsBody.parse({
    partitions: [{ topic: "orders", partition: 0, before: "9", after, ...(metadata ? { metadata } : {}) }],
  });

/** A change as a route ends it: told, then written to the audit. */
async function change(group: string, more: Partial<Undoable> = {}, cluster = "main"): Promise<void> {
  const did: Record<string, unknown> = {};
  const done: Undoable = {
    what: "set-offsets",
    validateOnly: false,
    set: 1,
    failed: 0,
    undo: undoTo("5"),
    problem: null,
    ...more,
  };
  keepUndo(cluster, group, done, (told) => Object.assign(did, told));
  // To standard output such a line would only be in the way here.
  if (!state().configuration.auditFile) return;
  await audit({
    time: new Date().toISOString(),
    actor: "anonymous",
    cluster,
    action: "groups.alter",
    request: "POST /x",
    target: { cluster, group },
    validateOnly: done.validateOnly,
    did,
    outcome: "done",
    code: null,
    milliseconds: 1,
  });
}
const found = async (group: string, cluster = "main") =>
  (await readUndos(cluster, group)).items.map(({ what, undo }) => [what, undo.partitions[0]?.after]);

describe("with an audit file", () => {
  test("undos are there after a restart, the newest first, each of its own group and cluster", async () => {
    restarted(file());
    await change("a", { undo: undoTo("1") });
    await change("b", { undo: undoTo("2") });
    await change("a", { undo: undoTo("3"), what: "delete-offsets" });
    await change("a", { undo: undoTo("4") }, "other");
    restarted(file());
    expect(await found("a")).toEqual([
      ["delete-offsets", "3"],
      ["set-offsets", "1"],
    ]);
    expect(await found("a", "other")).toEqual([["set-offsets", "4"]]);
    expect(await found("none")).toEqual([]);
    expect((await readUndos("main", "a")).warnings).toEqual([]);
  });

  test("a text beside a commit comes back whole, and odd names are told apart", async () => {
    restarted(file());
    const metadata = "m".repeat(4_096);
    const name = 'it"s\n🙂';
    await change(name, { undo: undoTo("7", metadata) });
    const { items } = await readUndos("main", name);
    expect(items[0]?.undo.partitions[0]).toMatchObject({ after: "7", metadata });
    expect(await found("it")).toEqual([]);
  });

  test("plans, and changes that nothing undoes, are not listed; lines that are none are passed over", async () => {
    restarted(file());
    await change("a", { validateOnly: true });
    await change("a", { undo: null });
    appendFileSync(
      file(),
      '{"undo":{ "a"\n{"target":{"cluster":"main","group":"a"},"did":{"undo":{"partitions":[]}}}\n\n',
    );
    await change("a", { undo: undoTo("8") });
    expect(await found("a")).toEqual([["set-offsets", "8"]]);
  });

  test("only the last twenty are listed, however long the file is", async () => {
    restarted(file());
    for (let at = 0; at < 25; at++) {
      await change("a", { undo: undoTo(`${at}`) });
      if (at === 20) appendFileSync(file(), `${"x".repeat(3 << 20)}\n`);
    }
    const all = await found("a");
    expect(all).toHaveLength(20);
    expect(all.at(0)).toEqual(["set-offsets", "24"]);
    expect(all.at(-1)).toEqual(["set-offsets", "5"]);
  });

  test("before the first change there is none, and a file that cannot be read is said", async () => {
    restarted(file());
    expect(await readUndos("main", "a")).toEqual({ items: [], warnings: [] });
    restarted(folder);
    expect((await readUndos("main", "a")).warnings).toMatchObject([{ code: "undo-not-kept" }]);
  });
});

describe("without an audit file", () => {
  test("undos are kept until the process ends, which is said", async () => {
    restarted(null);
    await change("a");
    const { items, warnings } = await readUndos("main", "a");
    expect(items).toMatchObject([{ what: "set-offsets", set: 1, actor: "anonymous" }]);
    expect(warnings).toMatchObject([{ code: "undo-not-kept" }]);
    restarted(null);
    expect(await found("a")).toEqual([]);
  });

  test("they are bounded in number and in size, and the newest stays", async () => {
    restarted(null);
    const large = { partitions: Array.from({ length: 30_000 }, () => undoTo("1").partitions).flat() };
    await change("a", { undo: large });
    await change("a", { undo: large });
    expect(await found("a")).toHaveLength(1);
    for (let at = 0; at < 30; at++) await change("b");
    expect(await found("b")).toHaveLength(20);
  });
});
