import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { operations } from "../api/endpoints.ts";

const folder = resolve(import.meta.dirname, "../../app");
/** Handlers of their own addresses; every other file there is a page. */
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("route.ts"));
const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** `GET /api/clusters/{cluster}` to the endpoint its file names; null for what is no `route(...)`. */
const served = new Map(
  files.flatMap((file) => {
    const path = `/${file.replaceAll("\\", "/").replace(/\/?route\.ts$/, "")}`.replace(/\[(\w+)\]/g, "{$1}");
    const text = readFileSync(join(folder, file), "utf8");
    return [...text.matchAll(/export const (\w+) = (?:route\(\s*(?:\w+\.)?(\w+))?/g)]
      .filter(([, method = ""]) => METHODS.includes(method))
      .map(([, method, endpoint]) => [`${method} ${path}`, endpoint ?? null] as const);
  }),
);
/** What answers every path that no endpoint has. */
const CATCH_ALL = "/api/[...rest]";

describe("endpoints and the files under app", () => {
  test.each(Object.entries(operations))("%s has a file that serves it", (name, { method, path }) => {
    expect(served.get(`${method} ${path}`)).toBe(name);
  });

  test.each([...served].filter(([address]) => !address.endsWith(CATCH_ALL)))(
    "%s is in the contract",
    (address, name) => {
      expect(name, "made by route()").not.toBeNull();
      const endpoint = operations[name ?? ""];
      expect(`${endpoint?.method} ${endpoint?.path}`).toBe(address);
    },
  );

  test("no two endpoints have one address", () => {
    const addresses = Object.values(operations).map(({ method, path }) => `${method} ${path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test("no route file handles failures or parses by itself", () => {
    for (const file of files)
      expect(readFileSync(join(folder, file), "utf8"), file).not.toMatch(/\btry\b|\bif \(|request\.json/);
  });
});
