import { z } from "zod";
import packageJson from "../../package.json" with { type: "json" };
import { type Endpoint, isWrite } from "../api/endpoint.ts";
import { operations, schemas } from "../api/endpoints.ts";
import { problemCodes } from "../api/problem-codes.ts";

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
type JsonObject = { [key: string]: Json };

const DESCRIPTION = `The same API that Kafdeck's own pages use.

**Names in paths.** A topic may be called \`orders.rsc\`, a group \`a/b\`, \`..\` or nothing at all, and proxies mangle each of those. So in a path every byte (of UTF-8) outside \`A-Za-z0-9_-\` is written \`~XX\` in hexadecimal, and an empty name \`~\`: \`orders.rsc\` is \`orders~2Ersc\`. A name that holds no \`~\` is taken as it is too, so \`curl\` with a plain topic name works.

**Numbers.** Offsets, sizes and other int64 are strings of decimal digits, because JSON numbers lose what is above 2^53.

**Lists** are \`{items, warnings}\`. What could not be asked is a warning, and \`null\` on its row; the rest still stands.

**Changes** take \`validateOnly: true\`, which has the broker check them and writes nothing. They need \`Content-Type: application/json\`, and from a browser the same origin.

**Errors** are \`application/problem+json\` (RFC 9457) with a \`code\` that does not change, and a \`todo\`. Each answer says in \`Server-Timing\` what it cost: \`kafka;dur=12.3;desc="3 requests"\`.

**Streams** are \`application/x-ndjson\`: one JSON document a line, the last of type \`end\` or \`error\`.`;

let made: JsonObject | null = null;

/** OpenAPI 3.1 of everything in the contract. Made once: the contract does not change while the process runs. */
export function readOpenApi(): JsonObject {
  made ??= makeOpenApi();
  return made;
}

function makeOpenApi(): JsonObject {
  const registry = z.registry<{ id: string }>();
  const named = (schema: z.ZodType, id: string) => {
    if (!registry.has(schema)) registry.add(schema, { id });
  };
  for (const [name, schema] of Object.entries(schemas)) named(schema, name);
  for (const [name, endpoint] of Object.entries(operations)) {
    named(endpoint.response, `${name}Answer`);
    if (endpoint.body) named(endpoint.body, `${name}Body`);
  }
  const uri = (id: string) => `#/components/schemas/${id}`;
  const components = z.toJSONSchema(registry, { io: "input", uri }).schemas as unknown as Record<string, JsonObject>;
  const refOf = (schema: z.ZodType): JsonObject => ({ $ref: uri(registry.get(schema)?.id ?? "") });

  const paths: Record<string, JsonObject> = {};
  for (const [name, endpoint] of Object.entries(operations)) {
    const operation = operationOf(name, endpoint, refOf);
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Kafdeck", version: packageJson.version, description: DESCRIPTION, license: { name: "Apache-2.0" } },
    servers: [{ url: "/" }],
    tags: [...new Set(Object.values(operations).map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).map(([id, schema]) => [id, tidy(schema) as JsonObject])),
      responses: { problem: problemResponse() },
    },
  };
}

const tagOf = ({ permission }: Endpoint): string => permission.split(".")[0] ?? permission;

const mediaTypes = {
  json: "application/json",
  ndjson: "application/x-ndjson",
  file: "application/octet-stream",
  text: "text/plain",
} as const;

function operationOf(name: string, endpoint: Endpoint, refOf: (schema: z.ZodType) => JsonObject): JsonObject {
  const { body, query, params, response, answers, status } = endpoint;
  const mediaType = mediaTypes[answers];
  const write = isWrite(endpoint.permission);
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [tagOf(endpoint)],
    "x-permission": endpoint.permission,
    "x-changes-kafka": write,
    parameters: [...parametersOf(params, "path"), ...parametersOf(query, "query")],
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: refOf(body) } } } } : {}),
    responses: {
      [String(status)]: {
        description: answers === "ndjson" ? "A stream of lines, each of this schema" : endpoint.summary,
        headers: {
          "Server-Timing": { description: "What the answer cost at the brokers", schema: { type: "string" } },
        },
        content: { [mediaType]: { schema: refOf(response) } },
      },
      ...(params ? { "404": problemRef } : {}),
      ...(params || query || body ? { "400": problemRef } : {}),
      ...(write ? { "403": problemRef, "409": problemRef } : {}),
      default: problemRef,
    },
  };
}

const problemRef: JsonObject = { $ref: "#/components/responses/problem" };

/** All codes with their status and title, where a reader of the description looks for them. */
const problemResponse = (): JsonObject => ({
  description: `What went wrong. The codes:\n\n${Object.entries(problemCodes)
    .map(([code, { status, title }]) => `- \`${code}\` (${status}): ${title}`)
    .join("\n")}`,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/problem" } } },
});

function parametersOf(schema: z.ZodType | null, where: "path" | "query"): JsonObject[] {
  if (!schema) return [];
  const { properties, required } = tidy(z.toJSONSchema(schema, { io: "input" }) as JsonObject) as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === "path" || (required ?? []).includes(name),
    ...(where === "path"
      ? { description: `${description ?? `The name of the ${name}`}; escaped as the description of this API says` }
      : description
        ? { description }
        : {}),
    schema: rest,
  }));
}

/** Without what says nothing here: dialect, ids of components, and the bounds of a JavaScript integer. */
function tidy(value: Json): Json {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, inner]) =>
          key !== "$schema" &&
          !(key === "$id" && typeof inner === "string") &&
          !((key === "minimum" || key === "maximum") && Math.abs(Number(inner)) === Number.MAX_SAFE_INTEGER),
      )
      .map(([key, inner]) => [key, tidy(inner)]),
  );
}
