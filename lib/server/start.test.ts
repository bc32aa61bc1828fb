import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kafdeck-start-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process of its own that starts as Kafdeck does, without Next. */
function start(env: Record<string, string>) {
  const script = `(await import(${JSON.stringify(join(root, "lib/server/start.ts"))})).startProcess()`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: folder,
    encoding: "utf8",
    env: { NODE_ENV: "test", PATH: process.env.PATH, ...env },
  });
}

describe("a start", () => {
  test("with mistakes in the configuration prints each and ends with 78, without a stack", () => {
    writeFileSync(join(folder, "kafdeck.yaml"), "clusters:\n  - { name: a, bootstrap: 'h:99999', colour: pink }\n");
    const { status, stderr } = start({});
    expect(status).toBe(78);
    expect(stderr).toBe(
      `${join(folder, "kafdeck.yaml")} cannot be used:\n` +
        "  clusters[0].colour: must be grey, green, amber, red, blue or violet\n" +
        "  clusters[0].bootstrap: must be host or host:port\n",
    );
  });

  test("with a mistake in the environment names the variable", () => {
    rmSync(join(folder, "kafdeck.yaml"), { force: true });
    const { status, stderr } = start({ KAFKA_BROKERS: "a:b", KAFKA_TLS: "1" });
    expect(status).toBe(78);
    expect(stderr).toBe(
      'the environment cannot be used:\n  KAFKA_BROKERS: "a:b" is not host or host:port\n  KAFKA_TLS: must be true or false, not "1"\n',
    );
  });

  test("says what was read, and no secret", () => {
    const { status, stderr } = start({
      KAFKA_BROKERS: "a:1",
      KAFKA_SASL_MECHANISM: "PLAIN",
      KAFKA_SASL_USERNAME: "u",
      KAFKA_SASL_PASSWORD: "canary-61",
    });
    expect(status).toBe(0);
    expect(JSON.parse(stderr)).toMatchObject({ level: "info", source: "the environment", clusters: ["kafka"] });
    expect(stderr).not.toContain("canary-61");
  });

  test("with a port that is none ends at once", () => {
    const run = spawnSync(process.execPath, [join(root, "server.ts")], {
      encoding: "utf8",
      env: { NODE_ENV: "test", PATH: process.env.PATH, KAFDECK_PORT: "http" },
    });
    expect(run).toMatchObject({ status: 78, stderr: expect.stringContaining("KAFDECK_PORT") });
  });
});
