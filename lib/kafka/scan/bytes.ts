/** A place in some bytes. The read functions move `at`; they throw `corrupt` when the bytes end too early. */
export type Cursor = { readonly bytes: Uint8Array; at: number };

/** The reader's own error: the bytes do not say what their format promises. It never leaves `lib/kafka/scan`. */
export function corrupt(reason: string): never {
  throw Object.assign(new Error(reason), { code: "corrupt-batch" });
}

/** A varint of up to 32 bits, without zigzag. */
export function readUnsignedVarint(cursor: Cursor): number {
  const { bytes } = cursor;
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) corrupt("The bytes end inside a number.");
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value >>> 0;
  }
  return corrupt("A 32-bit number takes more than 5 bytes.");
}

/** A zigzag varint of up to 32 bits: lengths, counts and offset deltas of a record (magic 2). */
export function readVarint(cursor: Cursor): number {
  const value = readUnsignedVarint(cursor);
  return (value >>> 1) ^ -(value & 1);
}

/** An unsigned varint of up to 64 bits. */
export function readUnsignedVarlong(cursor: Cursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) corrupt("The bytes end inside a number.");
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  return corrupt("A 64-bit number takes more than 10 bytes.");
}

/** A zigzag varint of up to 64 bits: a number where 49 bits hold it (all but hostile timestamps), so that skipping allocates nothing. */
export function readVarlong(cursor: Cursor): number | bigint {
  const { bytes } = cursor;
  const start = cursor.at;
  let value = 0;
  let unit = 1;
  for (let count = 0; count < 7; count++) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) corrupt("The bytes end inside a number.");
    value += (byte & 0x7f) * unit;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    unit *= 128;
  }
  cursor.at = start;
  const long = readUnsignedVarlong(cursor);
  return (long >> 1n) ^ -(long & 1n);
}

/** Appends to `out`; `value` is taken as unsigned 64 bits. */
export function pushUnsignedVarlong(out: number[], value: bigint): void {
  let rest = BigInt.asUintN(64, value);
  for (; rest > 0x7fn; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80);
  out.push(Number(rest));
}

export function pushVarlong(out: number[], value: bigint): void {
  pushUnsignedVarlong(out, (value << 1n) ^ (value >> 63n));
}

export function pushVarint(out: number[], value: number): void {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest > 0x7f; rest >>>= 7) out.push((rest & 0x7f) | 0x80);
  out.push(rest);
}

/** Math.min and Math.max do not take a bigint. */
export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
