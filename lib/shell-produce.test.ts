import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ExactBytes } from "./api/payloads.ts";
import type { NewRecord } from "./api/produce.ts";
import { produceCommand } from "./shell-produce.ts";

/** Runs a command in a folder of its own; the tools print what they were given, each word behind a NUL. */
function ran(record: NewRecord): { words: string[]; stdin: string; value: Buffer | null } {
  const folder = mkdtempSync(join(tmpdir(), "produce-"));
  try {
    const command = produceCommand({ cluster: "local", topic: "orders", body: { records: [record] } });
    const tool = (name: string) => `${name}() { printf '%s\\0' "$@" > words; [ -f value ] || cat > stdin; }`;
    execFileSync("/bin/sh", ["-c", `BOOTSTRAP=b:1; KAFDECK=http://k\n${tool("kcat")}\n${tool("curl")}\n${command}`], {
      cwd: folder,
    });
    const read = (name: string): Buffer | null => {
      try {
        return readFileSync(join(folder, name));
      } catch {
        return null;
      }
    };
    const words = read("words")?.toString().split("\0").slice(0, -1) ?? [];
    return { words, stdin: read("stdin")?.toString() ?? "", value: read("value") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const after = (words: string[], option: string) => words.filter((_, at) => words[at - 1] === option);
const bytesOf = (bytes: ExactBytes) =>
  bytes === null ? null : typeof bytes === "string" ? Buffer.from(bytes) : Buffer.from(bytes.base64, "base64");

test("whatever the record holds, the shell hands exactly that to the tool", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
  const payload: fc.Arbitrary<ExactBytes> = fc.oneof(
    text,
    fc.constantFrom("", null, "it's", "$(id)\n`x`", "END", "a\tb"),
    fc.base64String({ maxLength: 12 }).map((base64) => ({ base64 })),
  );
  const record = fc.record(
    { key: payload, value: payload, headers: fc.array(fc.record({ key: text, value: payload }), { maxLength: 2 }) },
    { requiredKeys: ["value"] },
  );
  fc.assert(
    fc.property(record, (given) => {
      const { words, stdin, value } = ran(given);
      if (words.includes("--data-binary")) {
        expect(JSON.parse(stdin)).toEqual({ records: [given] });
        expect(words[0]).toBe("http://k/api/clusters/local/topics/orders/messages");
        return;
      }
      expect(value).toEqual(given.value === null ? null : bytesOf(given.value));
      if (given.value === null) expect(stdin).toBe(`${given.key}\t\n`);
      else expect(after(words, "-k")).toEqual(given.key ? [given.key] : []);
      expect(after(words, "-H")).toEqual(
        (given.headers ?? []).map((header) => (header.value === null ? header.key : `${header.key}=${header.value}`)),
      );
    }),
    { numRuns: 60 },
  );
});

test("a chosen partition is named; without one the key is placed as Java clients place it", () => {
  const command = (record: NewRecord) => produceCommand({ cluster: "c", topic: "t", body: { records: [record] } });
  expect(command({ value: "v", partition: 3 })).toContain("-p 3");
  expect(command({ value: "v" })).toContain("murmur2_random");
  expect(command({ value: "v" })).toContain("acks=all");
});
