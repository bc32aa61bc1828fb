/**
 * The language in which the records of Kafka's coordinators are described here. Every list, text and run of bytes may be null;
 * of a struct it has to be said.
 */
export type Type =
  | "int8"
  | "int16"
  | "uint16"
  | "int32"
  | "int64"
  | "string"
  | "bytes"
  | "uuid"
  | { list: Type }
  | { struct: readonly Field[]; orNull?: true }
  | { names: Record<number, string> }
  | { embedded: "subscription" | "assignment" };

/** `since` and `until`: the only versions that have it. `tag`: it is a tagged field (KIP-482), and may be left out. */
export type Field = { name: string; type: Type; since?: number; until?: number; tag?: number };

/** `flexible`: the first version with compact lengths and tagged fields; null: none has them. */
export type Schema = { newest: number; flexible: number | null; fields: readonly Field[] };

/** Records by the type that is at the beginning of a key. */
export type RecordTypes = Record<number, { name: string; key: Schema; value: Schema }>;

export const field = (name: string, type: Type, more: Partial<Field> = {}): Field => ({ name, type, ...more });
export const listOf = (...fields: Field[]): Type => ({ list: { struct: fields } });
export const int32s: Type = { list: "int32" };
export const strings: Type = { list: "string" };

export const key = (...fields: Field[]): Schema => ({ newest: 0, flexible: null, fields });
export const value = (...fields: Field[]): Schema => ({ newest: 0, flexible: 0, fields });
