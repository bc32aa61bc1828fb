import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { payloadFormats } from "../../api/payloads.ts";
import { howOf, UNTOLD } from "./how.ts";
import { decodePayload, judgePayload, searchableText } from "./payload.ts";

const decode = (text: string, limit = 1000) => decodePayload(Buffer.from(text), limit);
const forced = (format: string) => ({ ...UNTOLD, format });
const why = (bytes: Buffer, format: string, how = UNTOLD) =>
  judgePayload(bytes, how).find((verdict) => verdict.format === format)?.why;

describe("a format that was chosen", () => {
  const bytes = Buffer.from("00112233445566778899aabbccddeeff", "hex");
  test.each([
    ["hex", bytes, "00112233445566778899aabbccddeeff"],
    ["base64", bytes, "ABEiM0RVZneImaq7zN3u/w=="],
    ["uuid", bytes, "00112233-4455-6677-8899-aabbccddeeff"],
    ["int32", Buffer.from("fffffffe", "hex"), "-2"],
    ["int64", Buffer.from("7fffffffffffffff", "hex"), "9223372036854775807"],
    ["float32", Buffer.from("3dcccccd", "hex"), "0.1"],
    ["float32", Buffer.from("7f800000", "hex"), "Infinity"],
    ["float64", Buffer.from("3ff0000000000000", "hex"), "1.0"],
    ["float64", Buffer.from("3fb999999999999a", "hex"), "0.1"],
    ["text", Buffer.from('{"a":1}'), '{"a":1}'],
    ["text", Buffer.from("a\u0000b"), "a\u0000b"],
  ])("%s is shown: case %#", (format, given, text) => {
    expect(decodePayload(given, 1000, forced(format))).toEqual({ format, text, size: given.length, truncated: false });
  });

  test.each([
    ["uuid", Buffer.from("abc"), "hex", "616263"],
    ["int64", Buffer.from("1234"), "hex", "31323334"],
    ["json", Buffer.from("{oops"), "text", "{oops"],
    ["json", Buffer.from([0x7b, 0xff]), "hex", "7bff"],
    ["xml", Buffer.from("<a>"), "text", "<a>"],
    ["text", Buffer.from([0x61, 0xff, 0x62]), "text", "a\ufffdb"],
    ["no-such-format", Buffer.from("x"), "text", "x"],
  ])("%s that does not fit is shown as what it can be: case %#", (format, given, shown, text) => {
    expect(decodePayload(given, 1000, forced(format))).toMatchObject({ format: shown, text });
  });

  test("the verdict says why it does not fit", () => {
    expect(why(Buffer.from("abc"), "uuid")).toBe("has 3 bytes, not 16");
    expect(why(Buffer.from([0xff]), "text")).toBe("is not UTF-8; read as text, \ufffd stands for what is not");
  });

  test("keys, values and headers have choices of their own", () => {
    const settings = { topic: "t", keyFormat: "hex", valueFormat: "base64", protobuf: null };
    const shown = (["key", "value", "header"] as const).map((part) =>
      decodePayload(Buffer.from("a"), 9, howOf(settings, part)),
    );
    expect(shown.map((payload) => payload?.text)).toEqual(["61", "YQ==", "a"]);
  });
});

describe("short keys and headers that are no text", () => {
  const key = { ...UNTOLD, part: "key" as const };
  test.each([
    ["00000007", "int32", "7"],
    ["ffffffff", "int32", "-1"],
    ["00000000000004d2", "int64", "1234"],
    ["31323334", "text", "1234"],
    ["0000000000", "hex", "0000000000"],
  ])("%s is %s", (hex, format, text) => {
    expect(decodePayload(Buffer.from(hex, "hex"), 100, key)).toMatchObject({ format, text });
  });
  test("the verdict says so; a value of as many bytes is not taken for a number", () => {
    const bytes = Buffer.from("00000007", "hex");
    expect(why(bytes, "int32", key)).toBe(
      "a key of 4 bytes that are no text, as a serializer of whole numbers writes: 7",
    );
    expect(decodePayload(bytes, 100, { ...UNTOLD, part: "header" })).toMatchObject({ format: "int32", text: "7" });
    expect(decodePayload(bytes, 100)?.format).toBe("hex");
    expect(why(Buffer.from("1234"), "int32", key)).toBe("has 4 bytes, but they are text too: only by choice");
    expect(why(bytes, "int32")).toBe("has 4 bytes, as any 4 bytes have: only by choice");
  });
});

describe("XML", () => {
  const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><n>caf\u00e9</n>', "latin1");
  test.each([
    ['<?xml version="1.0"?>\n<a x="1">&lt;b/&gt;</a>\n', true],
    ["<a/>", true],
    ["<a:b><c/></a:b>", true],
    ["<a>1</a><!-- end -->", true],
    ["<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", true],
    ["<a>", false],
    ["<a></b>", false],
    ["<>", false],
    ["< 5 and > 3>", false],
    ["<3", false],
  ])("%j: %s", (text, fits) => {
    const shown = decode(text);
    expect(shown).toMatchObject({ format: fits ? "xml" : "text", text });
  });
  test("in an encoding that it declares is read in it", () => {
    expect(decodePayload(latin, 1000)).toMatchObject({ format: "xml", text: latin.toString("latin1") });
    const cut = decodePayload(latin, 30);
    expect(cut).toMatchObject({ truncated: true, text: latin.toString("latin1").slice(0, 30) });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("<a>\u20ac</a>", "utf16le")]);
    expect(decodePayload(utf16, 1000)).toMatchObject({ format: "xml", text: "<a>\u20ac</a>" });
    expect(why(Buffer.from('<?xml version="1.0" encoding="nonsense"?><a/>'), "xml")).toContain("is not known");
  });
});

describe("gzip inside a payload", () => {
  const packed = gzipSync('{"id":1}');
  test("is looked through, and said; the size stays the record's", () => {
    expect(decodePayload(packed, 100)).toEqual({
      format: "json",
      text: '{"id":1}',
      size: packed.length,
      truncated: false,
      packed: "gzip",
    });
    expect(why(packed, "json")).toBe("inside gzip: starts with {, parses whole: 8 bytes");
    expect(searchableText(packed, UNTOLD)).toBe('{"id":1}');
  });
  test("hex and base64 are the bytes of the record", () => {
    const shown = decodePayload(packed, 1000, forced("hex"));
    expect(shown).toEqual({ format: "hex", text: packed.toString("hex"), size: packed.length, truncated: false });
    expect(decodePayload(packed, 1000, forced("base64"))?.text).toBe(packed.toString("base64"));
    expect(decodePayload(packed, 1000, forced("text"))).toMatchObject({ format: "text", packed: "gzip" });
  });
  test("that is cut or no gzip at all stays what it is, and the verdict of hex says so", () => {
    const cut = packed.subarray(0, packed.length - 9);
    expect(decodePayload(cut, 1000)).toMatchObject({ format: "hex", text: cut.toString("hex") });
    expect(why(cut, "hex")).toBe("any bytes; starts as gzip does, but cannot be unpacked");
  });
  test("a bomb of 1.5 GB is refused without being unpacked", () => {
    // A member of 16 MB, 96 times over: what is in a gzip file goes on behind its first end.
    const member = gzipSync(Buffer.alloc(16 << 20), { level: 9 });
    const bomb = Buffer.concat(Array.from({ length: 96 }, () => member));
    const before = process.memoryUsage().rss;
    expect(decodePayload(bomb, 1000)).toMatchObject({ format: "hex", size: bomb.length, truncated: true });
    expect(why(bomb, "hex")).toBe("any bytes; starts as gzip does, but unpacks to more than 16 MB");
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
  });
});

describe("depth", () => {
  test.each([
    ["messagepack", Buffer.concat([Buffer.alloc(10_000, 0x91), Buffer.from([0x90])])],
    ["cbor", Buffer.concat([Buffer.alloc(10_000, 0x81), Buffer.from([0x80])])],
    ["cbor", Buffer.concat([Buffer.alloc(10_000, 0x9f), Buffer.alloc(10_000, 0xff)])],
  ])("%s nested 10,000 deep is decoded", (format, bytes) => {
    const shown = decodePayload(bytes, 1_000_000, forced(format));
    expect(shown).toMatchObject({ format, truncated: false });
    expect(shown?.text).toMatch(/^\[{10000,}\]+$/);
    expect(() => JSON.parse(shown?.text ?? "")).not.toThrow();
  });
  test("keys inside keys do not double without end", () => {
    const nested = (depth: number) => Buffer.concat([Buffer.alloc(depth, 0x81), Buffer.alloc(depth + 1, 0x01)]);
    expect(decodePayload(nested(3), 100, forced("messagepack"))?.text).toBe('{"{\\"{\\\\\\"1\\\\\\":1}\\":1}":1}');
    expect(decodePayload(nested(16), 100_000, forced("messagepack"))).toMatchObject({ format: "messagepack" });
    expect(why(nested(60_000), "messagepack")).toBe("has maps as keys of maps more than 16 deep, at byte 18");
  });
  test("many keys that are no text are written in time that grows with them only", () => {
    const count = 60_000;
    const bytes = Buffer.concat([Buffer.from("df0000ea60", "hex"), Buffer.alloc(3 * count, Buffer.from([0x91, 1, 2]))]);
    const started = performance.now();
    expect(searchableText(bytes, forced("messagepack"))).toHaveLength(count * 8 + 1);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
  test("a million of the shortest items is cut at the limit at once", () => {
    const bytes = Buffer.concat([Buffer.from("dd000fffff", "hex"), Buffer.alloc((1 << 20) - 1, 0xc0)]);
    expect(decodePayload(bytes, 100, forced("messagepack"))).toMatchObject({ truncated: true, format: "messagepack" });
  });
});

test("bytes of any kind in any chosen format and part never throw, keep the limit and say when they were cut", () => {
  const start = fc.constantFrom<number[]>(
    [],
    [0x1f, 0x8b, 8],
    [0x82, 0xa1],
    [0xa2, 0x61],
    [0x7b],
    [0x3c, 0x61],
    [0x0a, 4],
  );
  fc.assert(
    fc.property(
      start,
      fc.uint8Array({ maxLength: 120 }),
      fc.constantFrom(...payloadFormats, "protobuf:a.B", null),
      fc.constantFrom("key" as const, "value" as const, "header" as const),
      fc.nat(200),
      (head, rest, format, part, limit) => {
        const bytes = Buffer.from([...head, ...rest]);
        const how = { ...UNTOLD, part, format };
        const shown = decodePayload(bytes, limit, how);
        const whole = decodePayload(bytes, 100_000, how);
        expect(shown?.size).toBe(bytes.length);
        expect(shown?.format).toBe(whole?.format);
        expect(shown?.text.length).toBeLessThanOrEqual(limit);
        expect(whole?.truncated).toBe(false);
        expect(shown?.truncated).toBe(shown?.text !== whole?.text);
        judgePayload(bytes, how);
        searchableText(bytes, how);
      },
    ),
    { numRuns: 3000 },
  );
});
