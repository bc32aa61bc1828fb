import { describe, expect, test } from "vitest";
import { operations } from "../api/endpoints.ts";
import { readOpenApi } from "./openapi.ts";

type Described = {
  openapi: string;
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: { schemas: Record<string, unknown> };
};
const described = readOpenApi() as unknown as Described;
const text = JSON.stringify(described);

describe("the description of the API", () => {
  test("holds every endpoint of the contract, with its permission", () => {
    for (const [name, { path, method, permission }] of Object.entries(operations)) {
      expect(described.paths[path]?.[method.toLowerCase()]).toMatchObject({
        operationId: name,
        "x-permission": permission,
      });
    }
  });

  test("refers only to components that are there", () => {
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
      expect(described.components).toHaveProperty([kind ?? "", name ?? ""]);
    }
  });

  test("names every parameter that stands in a path", () => {
    for (const [path, methods] of Object.entries(described.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(methods)) {
        const parameters = operation.parameters as { name: string; in: string }[];
        expect(
          parameters
            .filter((one) => one.in === "path")
            .map(({ name }) => name)
            .sort(),
        ).toEqual(names.sort());
      }
    }
  });

  test("tells every failure as problem+json and every stream as NDJSON", () => {
    for (const [name, { path, method, answers, status }] of Object.entries(operations)) {
      const responses = described.paths[path]?.[method.toLowerCase()]?.responses as Record<
        string,
        { content?: object }
      >;
      expect(responses.default, name).toEqual({ $ref: "#/components/responses/problem" });
      expect(Object.keys(responses[String(status)]?.content ?? {})).toEqual([
        {
          json: "application/json",
          ndjson: "application/x-ndjson",
          file: "application/octet-stream",
          text: "text/plain",
        }[answers],
      ]);
    }
  });

  test("explains how names are escaped", () => {
    expect(text).toContain("orders~2Ersc");
  });

  test("holds no bound of a JavaScript integer and no dialect", () => {
    expect(text).not.toMatch(/9007199254740991|\$schema/);
  });
});
