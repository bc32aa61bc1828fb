import { expect, test } from "vitest";
import type { Message } from "../../lib/api/messages.ts";
import { shownCsv, shownLines } from "./shown-file.ts";

const payload = (text: string) => ({ format: "text" as const, text, size: text.length, truncated: false });
const record = {
  topic: "t",
  partition: 0,
  offset: "9007199254740993",
  timestamp: "0",
  key: payload("=1+1"),
  value: payload('a "b",\nc'),
  headers: [{ key: "h", value: null }],
  size: 3,
  codec: "none",
} as unknown as Message;

test("a sheet quotes what must be quoted and runs no formula", () => {
  expect(shownCsv([record])).toBe(
    "topic,partition,offset,timestamp,time,key,value,headers,size,codec\r\n" +
      `t,0,9007199254740993,0,1970-01-01T00:00:00.000Z,'=1+1,"a ""b"",\nc",h=,3,none\r\n`,
  );
});

test("lines are the records as they came", () => {
  expect(
    shownLines([record, record])
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([record, record]);
});
