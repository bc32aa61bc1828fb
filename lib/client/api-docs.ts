import { queryOptions } from "@tanstack/react-query";
import { getOpenApi } from "../api/health.ts";
import { call } from "./call.ts";

/** A JSON Schema as far as the page that shows it reads one. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  pattern?: string;
};

type Content = Record<string, { schema: Schema }>;

export type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  "x-permission": string;
  "x-changes-kafka": boolean;
  parameters: { name: string; in: "path" | "query"; required: boolean; description?: string; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
  method: string;
  path: string;
};

/** The OpenAPI document as Kafdeck writes it. The contract calls it an object: it does not describe itself. */
type Description = {
  info: { version: string; description: string };
  paths: Record<string, Record<string, Omit<Operation, "method" | "path">>>;
  components: { schemas: Record<string, Schema> };
};

export type ApiDescription = {
  version: string;
  description: string;
  /** By path, GET first. */
  operations: Operation[];
  schemas: Record<string, Schema>;
};

const methods = ["get", "post", "patch", "delete"];

/** Kafdeck's own OpenAPI document, as the page reads it. It changes only with Kafdeck. */
export const apiDescriptionQuery = () =>
  queryOptions({
    queryKey: ["api-description"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<ApiDescription> => {
      const document: unknown = await call(getOpenApi, undefined, { signal });
      const { info, paths, components } = document as Description;
      const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
        Object.entries(byMethod).map(([method, one]) => ({ ...one, method, path })),
      );
      const order = (a: Operation, b: Operation) =>
        a.path === b.path ? methods.indexOf(a.method) - methods.indexOf(b.method) : a.path < b.path ? -1 : 1;
      return { ...info, operations: operations.sort(order), schemas: components.schemas };
    },
  });
