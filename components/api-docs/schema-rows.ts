import type { Schema } from "@/lib/client/api-docs";

export type SchemaRow = {
  key: string;
  name: string;
  depth: number;
  type: string;
  required: boolean;
  description: string;
};

const MAX_DEPTH = 5;
/** Shown once at the foot of the page instead of wherever it occurs. */
const apart = new Set(["problem"]);
const nameOf = (ref: string): string => ref.split("/").at(-1) ?? ref;

/** A schema as the rows of a table: one for each property, those of objects inside below it, one step further in. */
export function schemaRows(schema: Schema, schemas: Record<string, Schema>, depth = 0, path = ""): SchemaRow[] {
  const { shape, variants } = unwrapped(schema, schemas);
  if (variants.length > 1)
    return variants.flatMap((variant, at) => {
      const name = variantName(variant, schemas) ?? `variant ${at + 1}`;
      const key = `${path}|${at}`;
      const row = {
        key,
        name,
        depth,
        type: typeWords(variant, schemas),
        required: false,
        description: variant.description ?? "",
      };
      return [row, ...schemaRows(variant, schemas, depth + 1, key)];
    });
  return Object.entries(shape.properties ?? {}).flatMap(([name, property]) => {
    const key = `${path}.${name}`;
    const row = {
      key,
      name,
      depth,
      type: typeWords(property, schemas),
      required: (shape.required ?? []).includes(name),
      description: property.description ?? resolved(property, schemas).description ?? "",
    };
    return [row, ...(depth < MAX_DEPTH ? rowsInside(property, schemas, depth + 1, key) : [])];
  });
}

/** The rows of what a property holds: of an object, of the items of a list, of the values of a map. */
function rowsInside(property: Schema, schemas: Record<string, Schema>, depth: number, key: string): SchemaRow[] {
  if (property.$ref && apart.has(nameOf(property.$ref))) return [];
  const { shape, variants } = unwrapped(property, schemas);
  if (variants.length > 1) return variants.some(isObject(schemas)) ? schemaRows(property, schemas, depth, key) : [];
  if (variants[0] && apartRef(variants[0])) return [];
  if (shape.items) return rowsInside(shape.items, schemas, depth, key);
  if (typeof shape.additionalProperties === "object")
    return rowsInside(shape.additionalProperties, schemas, depth, key);
  return schemaRows(shape, schemas, depth, key);
}

const apartRef = ({ $ref }: Schema): boolean => $ref !== undefined && apart.has(nameOf($ref));
const isObject = (schemas: Record<string, Schema>) => (schema: Schema) =>
  resolved(schema, schemas).properties !== undefined;

export function resolved(schema: Schema, schemas: Record<string, Schema>): Schema {
  const target = schema.$ref && schemas[nameOf(schema.$ref)];
  return target ? resolved(target, schemas) : schema;
}

/** What stands behind a reference and beside a null: one shape, or the variants there are. */
function unwrapped(schema: Schema, schemas: Record<string, Schema>): { shape: Schema; variants: Schema[] } {
  const found = resolved(schema, schemas);
  const variants = (found.anyOf ?? found.oneOf ?? []).filter(({ type }) => type !== "null");
  const [only] = variants;
  return variants.length === 1 && only
    ? { shape: unwrapped(only, schemas).shape, variants }
    : { shape: found, variants };
}

const variantName = (variant: Schema, schemas: Record<string, Schema>): string | null => {
  const { properties } = resolved(variant, schemas);
  const fixed = Object.entries(properties ?? {}).find(([, { const: value }]) => value !== undefined);
  return fixed ? `${fixed[0]}: ${JSON.stringify(fixed[1].const)}` : null;
};

const plainNames: Record<string, string> = { int64: "int64 digits", problem: "problem", snapshot: "snapshot" };

/** `list of problem`, `text or null`, `"up" | "down"`. */
export function typeWords(schema: Schema, schemas: Record<string, Schema>): string {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return plainNames[name] ?? typeWords(resolved(schema, schemas), schemas);
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum)
    return schema.enum.length > 12
      ? `one of ${schema.enum.length} words`
      : schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map((one) => typeWords(one, schemas)))].join(" or ");
  if (schema.type === "array") return `list of ${schema.items ? typeWords(schema.items, schemas) : "anything"}`;
  if (schema.type === "object" && !schema.properties)
    return typeof schema.additionalProperties === "object"
      ? `map to ${typeWords(schema.additionalProperties, schemas)}`
      : "object";
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? "anything"];
  return types.map((type) => words[type] ?? type).join(" or ");
}

const words: Record<string, string> = { string: "text", boolean: "true or false", integer: "whole number" };
