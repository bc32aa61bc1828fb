import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNTOLD } from "./how.ts";
import { decodePayload, judgePayload } from "./payload.ts";

const forced = { ...UNTOLD, format: "messagepack" };
const read = (hex: string, limit = 1000) => decodePayload(Buffer.from(hex, "hex"), limit, forced);
const verdict = (bytes: Buffer) => judgePayload(bytes, forced).find(({ format }) => format === "messagepack");

test.each([
  ["c0", "null"],
  ["c3", "true"],
  ["7f", "127"],
  ["e0", "-32"],
  ["ccff", "255"],
  ["cdffff", "65535"],
  ["ceffffffff", "4294967295"],
  ["cfffffffffffffffff", "18446744073709551615"],
  ["d080", "-128"],
  ["d18000", "-32768"],
  ["d280000000", "-2147483648"],
  ["d38000000000000000", "-9223372036854775808"],
  ["d30020000000000001", "9007199254740993"],
  ["ca3dcccccd", "0.1"],
  ["cb3ff0000000000000", "1.0"],
  ["cb7ff8000000000000", '"NaN"'],
  ["caff800000", '"-Infinity"'],
  ["a26869", '"hi"'],
  ["d903e282ac", '"€"'],
  ["a1ff", '{"base64":"/w=="}'],
  ["c403010203", '{"base64":"AQID"}'],
  ["93010203", "[1,2,3]"],
  ["82a16101a16102", '{"a":1,"a":2}'],
  ["81a95f5f70726f746f5f5f01", '{"__proto__":1}'],
  ["8201a17802c0", '{"1":"x","2":null}'],
  ["8192010203", '{"[1,2]":3}'],
  ["8181a16b0102", '{"{\\"k\\":1}":2}'],
  ["d501aabb", '{"ext":1,"base64":"qrs="}'],
  ["d6ff5a4af6a5", '"2018-01-02T03:04:05Z"'],
  ["d7ff00000004ffffffff", '"2106-02-07T06:28:15.000000001Z"'],
  ["d7fffffffffc00000000", '{"ext":-1,"base64":"/////AAAAAA="}'],
  ["c70cff0000000100000000386d4380", '"2000-01-01T00:00:00.000000001Z"'],
  ["90", "[]"],
  ["80", "{}"],
])("%s is %s", (hex, json) => {
  expect(read(hex)).toMatchObject({ format: "messagepack", text: json, truncated: false });
});

test.each([
  ["c1", "holds 0xc1, which MessagePack never uses, at byte 1"],
  ["9301", "ends in the middle of a value, at byte 2"],
  ["dfffffffff", "ends in the middle of a value, at byte 5"],
  ["a5ab", "ends in the middle of a value, at byte 1"],
  ["930102030405", "reads as MessagePack up to byte 4, and 2 bytes are left over"],
  ["", "there are no bytes"],
])("%s does not fit, and says why", (hex, why) => {
  expect(verdict(Buffer.from(hex, "hex"))).toEqual({ format: "messagepack", fits: false, why });
  expect(read(hex)?.format).toBe("hex");
});

describe("by itself", () => {
  const auto = (hex: string) => decodePayload(Buffer.from(hex, "hex"), 1000)?.format;
  test("a map with names is shown", () => expect(auto("82a26964cf0020000000000001a16eff")).toBe("messagepack"));
  test("a list with a text is shown", () => expect(auto("92a2696401")).toBe("messagepack"));
  test("numbers alone prove nothing", () => expect(auto("93ff0203")).toBe("hex"));
  test("one byte too many is not shown", () => expect(auto("81a16101ff")).toBe("hex"));
});

type Value = null | boolean | bigint | string | Uint8Array | Value[] | [Value, Value][];
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.uint8Array({ maxLength: 8 }),
    fc.array(tie("value"), { maxLength: 5 }),
  ),
}));
const fields = fc.array(fc.tuple(fc.string({ maxLength: 5 }), value), { maxLength: 6 });

const sized = (head: number, size: number) => Buffer.from([head, size >>> 24, size >>> 16, size >>> 8, size]);
function encode(one: Value): Buffer {
  if (one === null) return Buffer.from([0xc0]);
  if (typeof one === "boolean") return Buffer.from([one ? 0xc3 : 0xc2]);
  if (typeof one === "bigint") {
    const bytes = Buffer.alloc(9, one < 0n ? 0xd3 : 0xcf);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, one), 1);
    return bytes;
  }
  if (typeof one === "string") return Buffer.concat([sized(0xdb, Buffer.byteLength(one)), Buffer.from(one)]);
  if (one instanceof Uint8Array) return Buffer.concat([sized(0xc6, one.length), one]);
  return Buffer.concat([sized(0xdd, one.length), ...one.map((item) => encode(item as Value))]);
}
function expected(one: Value): string {
  if (one instanceof Uint8Array) return `{"base64":"${Buffer.from(one).toString("base64")}"}`;
  if (Array.isArray(one)) return `[${one.map((item) => expected(item as Value)).join(",")}]`;
  return typeof one === "bigint" ? `${one}` : JSON.stringify(one);
}

test("what an encoder wrote comes back with every digit, repeated names and their order", () => {
  fc.assert(
    fc.property(fields, fc.nat(80), (entries, limit) => {
      const bytes = Buffer.concat([
        sized(0xdf, entries.length),
        ...entries.flatMap(([name, one]) => [encode(name), encode(one)]),
      ]);
      const whole = `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${expected(one)}`).join(",")}}`;
      expect(decodePayload(bytes, 1_000_000, forced)).toMatchObject({ text: whole, truncated: false });
      const cut = decodePayload(bytes, limit, forced);
      expect(whole.startsWith(cut?.text ?? "?")).toBe(true);
      expect(cut?.text.length).toBeLessThanOrEqual(limit);
      expect(cut?.truncated).toBe((cut?.text.length ?? 0) < whole.length);
    }),
    { numRuns: 500 },
  );
});
