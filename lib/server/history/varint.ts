/** Bytes that grow as they are written. */
export type Writer = { bytes: Uint8Array; length: number };
/** Bytes that are read from a place. Reading beyond the end throws a RangeError. */
export type Reader = { bytes: Uint8Array; at: number };

export const makeWriter = (size = 64): Writer => ({ bytes: new Uint8Array(size), length: 0 });
export const readerOf = (bytes: Uint8Array): Reader => ({ bytes, at: 0 });
export const written = ({ bytes, length }: Writer): Uint8Array => bytes.subarray(0, length);

function put(writer: Writer, byte: number): void {
  if (writer.length === writer.bytes.length) {
    const larger = new Uint8Array(Math.ceil(writer.bytes.length * 1.5) + 16);
    larger.set(writer.bytes);
    writer.bytes = larger;
  }
  writer.bytes[writer.length++] = byte;
}

function take(reader: Reader): number {
  const byte = reader.bytes[reader.at++];
  if (byte === undefined) throw new RangeError("The bytes end in the middle of a number.");
  return byte;
}

/** A whole number from 0 to 2^53 - 1, seven bits a byte, the lowest first. */
export function putUint(writer: Writer, value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    put(writer, (rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  put(writer, rest);
}

export function takeUint(reader: Reader): number {
  let [value, scale] = [0, 1];
  for (;;) {
    const byte = take(reader);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 0x80;
    if (scale > Number.MAX_SAFE_INTEGER) throw new RangeError("A number has too many bytes.");
  }
}

const NEAR = 2 ** 51;

/** Any int64; what is near zero takes few bytes. */
export function putInt(writer: Writer, value: bigint): void {
  const near = Number(value);
  if (near < NEAR && near > -NEAR) {
    putUint(writer, near < 0 ? -2 * near - 1 : 2 * near);
    return;
  }
  let rest = BigInt.asUintN(64, value < 0n ? -2n * value - 1n : 2n * value);
  while (rest >= 0x80n) {
    put(writer, Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  put(writer, Number(rest));
}

/** As a number where it is near enough to be exact, else as a bigint: most are, and bigints are ten times slower. */
export function takeWhole(reader: Reader): number | bigint {
  let [value, scale, bytes] = [0, 1, 0];
  for (;;) {
    const byte = take(reader);
    bytes++;
    if (bytes > 7) return takeFar(reader, BigInt(value), byte);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    scale *= 0x80;
  }
}

function takeFar(reader: Reader, low: bigint, first: number): bigint {
  let [value, shift, byte] = [low, 49n, first];
  for (;;) {
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) break;
    shift += 7n;
    if (shift > 63n) throw new RangeError("A number has too many bytes.");
    byte = take(reader);
  }
  const half = BigInt.asUintN(64, value) >> 1n;
  return value & 1n ? -half - 1n : half;
}

export const takeInt = (reader: Reader): bigint => BigInt(takeWhole(reader));
