/** Protobuf as it is on the wire, written by hand for the tests. */
const varint = (value: bigint): number[] =>
  value < 0x80n ? [Number(value)] : [Number(value & 0x7fn) | 0x80, ...varint(value >> 7n)];
export const tagged = (number: number, type: number, ...rest: number[]) =>
  Buffer.from([...varint((BigInt(number) << 3n) | BigInt(type)), ...rest]);
export const int = (number: number, value: bigint) => tagged(number, 0, ...varint(BigInt.asUintN(64, value)));
export const sized = (number: number, content: Buffer | string) =>
  Buffer.concat([tagged(number, 2, ...varint(BigInt(Buffer.byteLength(content)))), Buffer.from(content)]);
export const double = (number: number, value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return tagged(number, 1, ...bytes);
};

/** An order of the tests, with all kinds of fields and two that its type does not know. */
export const sample = Buffer.concat([
  int(1, 9_007_199_254_740_993n),
  sized(2, "Ana"),
  sized(3, Buffer.concat([sized(1, "A-1"), int(2, 2n ** 64n - 1n)])),
  sized(3, Buffer.concat([sized(1, "B-2"), int(15, 5n)])),
  sized(4, Buffer.concat([sized(1, "__proto__"), int(2, 5n)])),
  sized(5, Buffer.concat([int(1, 1_700_000_000n), int(2, 5_000_000n)])),
  int(7, 1n),
  double(8, 12.5),
  sized(9, Buffer.from([0xff, 0])),
  sized(99, "from the future"),
]);
