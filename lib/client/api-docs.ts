import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
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

const schema: z.ZodType<Schema> = z.custom<Schema>((given) => typeof given === "object" && given !== null);
const content = z.record(z.string(), z.object({ schema }));

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  "x-permission": z.string(),
  "x-changes-kafka": z.boolean(),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(["path", "query"]),
      required: z.boolean(),
      description: z.string().optional(),
      schema,
    }),
  ),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
});
export type Operation = z.infer<typeof operation> & { method: string; path: string };

const description = z.object({
  info: z.object({ version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

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
      const { info, paths, components } = description.parse(await call(getOpenApi, undefined, { signal }));
      const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
        Object.entries(byMethod).map(([method, one]) => ({ ...one, method, path })),
      );
      const order = (a: Operation, b: Operation) =>
        a.path === b.path ? methods.indexOf(a.method) - methods.indexOf(b.method) : a.path < b.path ? -1 : 1;
      return { ...info, operations: operations.sort(order), schemas: components.schemas };
    },
  });
