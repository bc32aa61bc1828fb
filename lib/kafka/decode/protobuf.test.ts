import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { create, fromJson, type JsonValue, toBinary } from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_any,
  file_google_protobuf_timestamp,
} from "@bufbuild/protobuf/wkt";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { listTypes } from "./descriptors.ts";
import { type PayloadHow, type ProtobufSettings, UNTOLD } from "./how.ts";
import { decodePayload, judgePayload } from "./payload.ts";
import { int, sample, sized } from "./testing.ts";

let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kafdeck-protobuf-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const field = (name: string, number: number, type: string, more: Record<string, string> = {}) => ({
  name,
  number,
  type: `TYPE_${type}`,
  label: "LABEL_OPTIONAL",
  jsonName: name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
  ...more,
});
const repeated = { label: "LABEL_REPEATED" };

/** What protoc --include_imports --descriptor_set_out writes for a file of these messages. */
function descriptorSet(messageType: JsonValue[], withImports = true): Uint8Array {
  const order = fromJson(FileDescriptorProtoSchema, {
    name: "shop/order.proto",
    package: "shop.v1",
    syntax: "proto3",
    dependency: ["google/protobuf/timestamp.proto", "google/protobuf/any.proto"],
    messageType,
    enumType: [{ name: "Status", value: [{ name: "NEW" }, { name: "PAID", number: 1 }] }],
  });
  const imports = withImports ? [file_google_protobuf_timestamp.proto, file_google_protobuf_any.proto] : [];
  return toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [...imports, order] }));
}

const order: JsonValue = {
  name: "Order",
  field: [
    field("order_id", 1, "INT64"),
    field("name", 2, "STRING"),
    field("items", 3, "MESSAGE", { typeName: ".shop.v1.Order.Item", ...repeated }),
    field("counts", 4, "MESSAGE", { typeName: ".shop.v1.Order.CountsEntry", ...repeated }),
    field("at", 5, "MESSAGE", { typeName: ".google.protobuf.Timestamp" }),
    field("extra", 6, "MESSAGE", { typeName: ".google.protobuf.Any" }),
    field("status", 7, "ENUM", { typeName: ".shop.v1.Status" }),
    field("price", 8, "DOUBLE"),
    field("raw", 9, "BYTES"),
    field("parent", 10, "MESSAGE", { typeName: ".shop.v1.Order" }),
  ],
  nestedType: [
    { name: "Item", field: [field("sku", 1, "STRING"), field("grams", 2, "UINT64")] },
    {
      name: "CountsEntry",
      field: [field("key", 1, "STRING"), field("value", 2, "SINT32")],
      options: { mapEntry: true },
    },
  ],
};

function written(set: Uint8Array | string): string {
  const path = join(folder, `${files++}.binpb`);
  writeFileSync(path, set);
  return path;
}
const settingsWith = (...descriptors: string[]): ProtobufSettings => ({
  descriptors,
  topics: [{ topic: "shop.*.orders", key: null, value: "shop.v1.Order" }],
});
const howWith = (protobuf: ProtobufSettings | null, more: Partial<PayloadHow> = {}): PayloadHow => ({
  ...UNTOLD,
  topic: "shop.eu.orders",
  protobuf,
  ...more,
});

describe("with descriptors", () => {
  test("a configured topic is read by its type: names, exact numbers, and unknown fields by number", () => {
    const shown = decodePayload(sample, 10_000, howWith(settingsWith(written(descriptorSet([order])))));
    expect(shown).toEqual({
      format: "protobuf",
      type: "shop.v1.Order",
      size: sample.length,
      truncated: false,
      text:
        '{"orderId":9007199254740993,"name":"Ana","items":[{"sku":"A-1","grams":18446744073709551615},{"sku":"B-2","15":5}],' +
        '"counts":{"__proto__":-3},"at":"2023-11-14T22:13:20.005Z","status":"PAID","price":12.5,"raw":{"base64":"/wA="},"99":"from the future"}',
    });
  });

  test("the verdict counts what the type does not know", () => {
    const [first] = judgePayload(sample, howWith(settingsWith(written(descriptorSet([order])))));
    expect(first).toEqual({
      format: "protobuf",
      fits: true,
      why: "reads as shop.v1.Order, 8 fields of it set; 2 fields unknown to it, shown by number",
    });
  });

  test("Any is opened where its type is known, and stays bytes where it is not", () => {
    const how = howWith(settingsWith(written(descriptorSet([order]))));
    const any = (url: string, content: Buffer) => sized(6, Buffer.concat([sized(1, url), sized(2, content)]));
    const text = (url: string, content: Buffer) => decodePayload(any(url, content), 10_000, how)?.text;
    expect(text("type.googleapis.com/shop.v1.Order.Item", sized(1, "A"))).toBe(
      '{"extra":{"@type":"type.googleapis.com/shop.v1.Order.Item","sku":"A"}}',
    );
    expect(text("x/google.protobuf.Timestamp", int(1, 1n))).toBe(
      '{"extra":{"@type":"x/google.protobuf.Timestamp","value":"1970-01-01T00:00:01Z"}}',
    );
    expect(text("x/no.Such", sized(1, "A"))).toBe('{"extra":{"@type":"x/no.Such","value":{"base64":"CgFB"}}}');
  });

  test("a type can be chosen for any topic, and headers are never read by it", () => {
    const protobuf = settingsWith(written(descriptorSet([order])));
    const item = sized(1, "A-1");
    const chosen = howWith(protobuf, { topic: "other", format: "protobuf:shop.v1.Order.Item" });
    expect(decodePayload(item, 100, chosen)).toMatchObject({ type: "shop.v1.Order.Item", text: '{"sku":"A-1"}' });
    expect(decodePayload(item, 100, howWith(protobuf, { part: "header" }))?.type).toBeUndefined();
    expect(decodePayload(sample, 100, howWith(protobuf, { part: "key" }))?.type).toBeUndefined();
  });

  test("JSON in a topic that should hold Protobuf is still JSON", () => {
    const how = howWith(settingsWith(written(descriptorSet([order]))));
    expect(decodePayload(Buffer.from('{"id":1}'), 100, how)?.format).toBe("json");
    expect(decodePayload(Buffer.from("plain words"), 100, how)?.format).toBe("text");
  });

  test("an empty value is a message with nothing set", () => {
    const how = howWith(settingsWith(written(descriptorSet([order]))));
    expect(decodePayload(Buffer.alloc(0), 100, how)).toMatchObject({ format: "protobuf", text: "{}" });
  });

  test("a type nobody declared, and a message that is another one, are hex with the reason", () => {
    const path = written(descriptorSet([order]));
    const nobody = howWith(settingsWith(path), { format: "protobuf:shop.v1.Nobody" });
    expect(decodePayload(sample, 20, nobody)).toMatchObject({ format: "hex", truncated: true });
    const why = (how: PayloadHow, bytes: Buffer) =>
      judgePayload(bytes, how).find(({ format }) => format === "protobuf")?.why;
    expect(why(nobody, sample)).toBe("no descriptor file has the type shop.v1.Nobody");
    expect(why(howWith(settingsWith(path)), Buffer.from([0x08]))).toMatch(
      /^does not read as shop.v1.Order .*; is not made of Protobuf fields/,
    );
    expect(why(howWith(null, { format: "protobuf:a.B" }), sample)).toBe("the cluster has no descriptor files");
  });

  test("messages nested 10,000 deep are refused by the type, not by the stack", () => {
    let deep = int(1, 1n);
    for (let i = 0; i < 10_000; i++) deep = sized(10, deep);
    const how = howWith(settingsWith(written(descriptorSet([order]))));
    expect(decodePayload(deep, 1000, how)?.type).toBeUndefined();
    expect(judgePayload(deep, how)[0]?.why).toContain("maximum recursion depth");
  });
});

describe("descriptor files", () => {
  test("their types are listed with the file that declares them, entries of maps left out", () => {
    const { types, problems } = listTypes(settingsWith(written(descriptorSet([order]))));
    expect(problems).toEqual([]);
    expect(types).toEqual([
      { name: "google.protobuf.Any", file: "google/protobuf/any.proto" },
      { name: "google.protobuf.Timestamp", file: "google/protobuf/timestamp.proto" },
      { name: "shop.v1.Order", file: "shop/order.proto" },
      { name: "shop.v1.Order.Item", file: "shop/order.proto" },
    ]);
    expect(listTypes(null)).toEqual({ types: [], problems: [] });
  });

  test("one that is missing, broken or incomplete is named, and the others still count", () => {
    const good = written(descriptorSet([order]));
    const broken = written("not a descriptor");
    const incomplete = written(descriptorSet([order], false));
    const { types, problems } = listTypes(settingsWith("/no/such/file", broken, incomplete, good));
    expect(types).toHaveLength(4);
    expect(problems[0]).toBe("file is not there.");
    expect(problems[1]).toContain(`${basename(broken)} is no FileDescriptorSet`);
    expect(problems[2]).toContain(`${basename(incomplete)} lacks a file that another imports`);
    expect(decodePayload(sample, 10_000, howWith(settingsWith(broken, good)))?.type).toBe("shop.v1.Order");
  });

  test("they are read again when they change", () => {
    const path = written("not yet");
    const how = howWith(settingsWith(path));
    const before = decodePayload(sample, 10_000, how);
    expect(before).toMatchObject({
      format: "protobuf",
      text: expect.stringMatching(/^\{"1":9007199254740993,"2":"Ana"/),
    });
    expect(before).not.toHaveProperty("type");
    expect(judgePayload(sample, how)[0]?.why).toMatch(/is no FileDescriptorSet.*; reads as 10 Protobuf fields/);
    writeFileSync(path, descriptorSet([order]));
    vi.advanceTimersByTime(1_100);
    expect(decodePayload(Buffer.from(sample), 10_000, how)?.type).toBe("shop.v1.Order");
    writeFileSync(path, descriptorSet([{ name: "Order", field: [field("renamed", 2, "STRING")] }]));
    utimesSync(path, new Date(), new Date(statSync(path).mtimeMs + 5_000));
    vi.advanceTimersByTime(1_100);
    expect(decodePayload(Buffer.from(sample), 10_000, how)?.text).toContain('"renamed":"Ana"');
  });

  test.each([
    ["shop.*.orders", "shop.eu.orders", true],
    ["shop.*.orders", "shop..orders", true],
    ["shop.*.orders", "shop.orders", false],
    ["*", "anything", true],
    ["orders", "orders2", false],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-c", false],
    ["a*a", "a", false],
  ])("the pattern %s takes %s: %s", (topic, name, takes) => {
    const settings = {
      ...settingsWith(written(descriptorSet([order]))),
      topics: [{ topic, key: null, value: "shop.v1.Order" }],
    };
    expect(decodePayload(sample, 10_000, howWith(settings, { topic: name }))?.type).toBe(
      takes ? "shop.v1.Order" : undefined,
    );
  });
});
