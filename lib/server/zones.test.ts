import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** A file of a zone, an import, and whether it may be there. */
const cases: [file: string, imported: string, allowed: boolean][] = [
  ["lib/api/planted.ts", "zod", true],
  ["lib/api/planted.ts", "./url.ts", true],
  ["lib/api/planted.ts", "../kafka/ask.ts", false],
  ["lib/api/planted.ts", "node:fs", false],
  ["lib/api/planted.ts", "react", false],
  ["lib/kafka/planted.ts", "kafkajs", true],
  ["lib/kafka/planted.ts", "../api/problem.ts", true],
  ["lib/kafka/planted.ts", "../server/state.ts", false],
  ["lib/kafka/plan/planted.ts", "../../client/call.ts", false],
  ["lib/kafka/planted.ts", "next/server", false],
  ["lib/server/planted.ts", "../kafka/cluster.ts", true],
  ["lib/server/planted.ts", "kafkajs", false],
  ["lib/server/planted.ts", "@platformatic/kafka", false],
  ["lib/server/planted.ts", "../client/call.ts", false],
  ["lib/client/planted.ts", "../api/topics.ts", true],
  ["lib/client/planted.ts", "../kafka/topics.ts", false],
  ["lib/client/planted.ts", "../server/state.ts", false],
  ["lib/client/planted.ts", "node:fs", false],
  ["components/topics/planted.tsx", "@/lib/client/topics", true],
  ["components/topics/planted.tsx", "@/lib/kafka/topics", false],
  ["components/topics/planted.tsx", "@/lib/server/state", false],
  ["components/topics/planted.tsx", "next/link", false],
  ["components/ui/link.tsx", "next/link", true],
  ["components/ui/link.tsx", "@/lib/server/state", false],
  ["app/clusters/planted.tsx", "@/components/topics/topics-page", true],
  ["app/clusters/planted.tsx", "@/lib/server/state", false],
  ["app/clusters/planted.tsx", "@/lib/kafka/topics", false],
  ["app/clusters/planted.tsx", "next/link", false],
  ["app/api/planted/route.ts", "@/lib/kafka/topics", true],
  ["app/api/planted/route.ts", "@/lib/server/route", true],
  ["app/metrics/planted.ts", "@/lib/server/route", true],
  ["app/metrics/planted.ts", "kafkajs", false],
  ["app/api/planted/route.ts", "@/components/ui/link", false],
  ["app/api/planted/route.ts", "kafkajs", false],
];

describe("import zones", () => {
  let folder: string;
  let output: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kafdeck-zones-"));
    const config = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    // The same rules in a folder that no git and no other program looks at.
    writeFileSync(
      join(folder, "biome.json"),
      JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }),
    );
    const files = Map.groupBy(cases, ([file]) => file);
    for (const [file, own] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      const lines = own.map(([, imported], at) => `import { x as x${at} } from "${imported}";\nconsole.log(x${at});`);
      writeFileSync(join(folder, file), lines.join("\n"));
    }
    const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
    const arguments_ = ["lint", "--only=style/noRestrictedImports", "--max-diagnostics=none", "--colors=off", "."];
    const run = spawnSync(process.execPath, [biome, ...arguments_], { cwd: folder, encoding: "utf8" });
    output = run.stdout + run.stderr;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(cases)("%s importing %s: allowed is %s", (file, imported, allowed) => {
    const line =
      readFileSync(join(folder, file), "utf8")
        .split("\n")
        .findIndex((text) => text.endsWith(`"${imported}";`)) + 1;
    const found = output.includes(`${file}:${line}:`);
    expect(found).toBe(!allowed);
  });
});

describe("components", () => {
  const folders = readdirSync(join(root, "components"));
  test.each(folders.filter((noun) => !["ui", "shell"].includes(noun)))("of %s import no sibling noun", (noun) => {
    const files = readdirSync(join(root, "components", noun), { recursive: true, encoding: "utf8" });
    const foreign = files
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) =>
        [...readFileSync(join(root, "components", noun, file), "utf8").matchAll(/from "@\/components\/([\w-]+)\//g)]
          .map(([, folder]) => folder)
          .filter((folder) => folder !== noun && folder !== "ui")
          .map((folder) => `${file} imports ${folder}`),
      );
    expect(foreign).toEqual([]);
  });
});
