import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNTOLD } from "./how.ts";
import { decodePayload, judgePayload } from "./payload.ts";

const forced = { ...UNTOLD, format: "cbor" };
const read = (hex: string, limit = 1000) => decodePayload(Buffer.from(hex, "hex"), limit, forced);

// Most are from RFC 8949, appendix A.
test.each([
  ["00", "0"],
  ["1864", "100"],
  ["1b000000e8d4a51000", "1000000000000"],
  ["1bffffffffffffffff", "18446744073709551615"],
  ["c249010000000000000000", "18446744073709551616"],
  ["3bffffffffffffffff", "-18446744073709551616"],
  ["c349010000000000000000", "-18446744073709551617"],
  ["c240", "0"],
  ["20", "-1"],
  ["f90000", "0.0"],
  ["f98000", "-0.0"],
  ["f93e00", "1.5"],
  ["f97bff", "65504.0"],
  ["f90001", "5.9604645e-8"],
  ["fa47c35000", "100000.0"],
  ["fb3ff199999999999a", "1.1"],
  ["fb7e37e43c8800759c", "1e+300"],
  ["f97e00", '"NaN"'],
  ["f9fc00", '"-Infinity"'],
  ["f5", "true"],
  ["f6", "null"],
  ["f7", '{"simple":23}'],
  ["f8ff", '{"simple":255}'],
  ["c074323031332d30332d32315432303a30343a30305a", '"2013-03-21T20:04:00Z"'],
  ["c11a514b67b0", '"2013-03-21T20:04:00Z"'],
  ["c1fb41d452d9ec200000", '"2013-03-21T20:04:00.500Z"'],
  ["d74401020304", '{"tag":23,"value":{"base64":"AQIDBA=="}}'],
  ["d818456449455446", '{"tag":24,"value":{"base64":"ZElFVEY="}}'],
  ["d82076687474703a2f2f7777772e6578616d706c652e636f6d", '"http://www.example.com"'],
  ["d82550c232ab0000114b0ab3170242ac130002", '"c232ab00-0011-4b0a-b317-0242ac130002"'],
  ["d9d9f783010203", "[1,2,3]"],
  ["c482211a00016ab3", '{"tag":4,"value":[-2,92851]}'],
  ["40", '{"base64":""}'],
  ["62c3bc", '"ü"'],
  ["8301820203820405", "[1,[2,3],[4,5]]"],
  ["a201020304", '{"1":2,"3":4}'],
  ["a2616101616102", '{"a":1,"a":2}'],
  ["5f42010243030405ff", '{"base64":"AQIDBAU="}'],
  ["7f657374726561646d696e67ff", '"streaming"'],
  ["9f018202039f0405ffff", "[1,[2,3],[4,5]]"],
  ["bf61610161629f0203ffff", '{"a":1,"b":[2,3]}'],
  ["9fff", "[]"],
  ["a1820102f6", '{"[1,2]":null}'],
])("%s is %s", (hex, json) => {
  expect(read(hex)).toMatchObject({ format: "cbor", text: json, truncated: false });
});

test.each([
  ["ff", "has an end where none can be, at byte 1"],
  ["bf01ff", "has an end where none can be, at byte 3"],
  ["1c", "holds a length written in a way (28) that CBOR keeps for later, at byte 1"],
  ["1f", "holds an indefinite length where none can be, at byte 1"],
  ["61ff", "holds a text that is not UTF-8, at byte 2"],
  ["f818", "holds a simple value written too long, at byte 2"],
  ["7f4101ff", "holds a string with pieces of another kind, at byte 2"],
  ["9bffffffffffffffff00", "ends in the middle of a value, at byte 10"],
  ["5bffffffffffffffff00", "ends in the middle of a value, at byte 9"],
  ["83010203ff", "reads as CBOR up to byte 4, and 1 byte is left over"],
])("%s does not fit, and says why", (hex, why) => {
  const verdict = judgePayload(Buffer.from(hex, "hex"), forced).find(({ format }) => format === "cbor");
  expect(verdict).toEqual({ format: "cbor", fits: false, why });
  expect(read(hex)?.format).toBe("hex");
});

describe("by itself", () => {
  const auto = (hex: string) => decodePayload(Buffer.from(hex, "hex"), 1000)?.format;
  test("a map with names is shown", () => expect(auto("a2626964182a616ef6")).toBe("cbor"));
  test("numbers alone prove nothing", () => expect(auto("8401020318ff")).toBe("hex"));
});

test("integers of any length keep every digit", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), (number) => {
      const left = number < 0n ? -1n - number : number;
      const digits = left.toString(16);
      const bytes = Buffer.from(digits.length % 2 ? `0${digits}` : digits, "hex");
      const given = Buffer.concat([Buffer.from([number < 0n ? 0xc3 : 0xc2, 0x58, bytes.length]), bytes]);
      expect(decodePayload(given, 1000, forced)?.text).toBe(`${number}`);
    }),
  );
});
