import { expect, test } from "vitest";
import { copyBody } from "../../lib/api/produce.ts";
import { bodyOf, copyUrl, placesOf, sourceFacts } from "./copy-url.ts";

test("places name records, each once; anything else is where a search begins", () => {
  expect(placesOf("orders", { from: "4:9007199254740993,0:7,4:9007199254740993" })).toEqual([
    { topic: "orders", partition: 4, offset: "9007199254740993" },
    { topic: "orders", partition: 0, offset: "7" },
  ]);
  for (const from of ["", "newest", "offset:4", "time:-1h", "end-50", "offset:0=1,1=2"])
    expect(placesOf("orders", { from })).toBeNull();
});

test("the search of the messages page is copied whole, in the order of the log", () => {
  const url = { ...copyUrl, q: "FAILED", in: "value", filter: "value.amount > 900", toTopic: "orders.copy" };
  const body = bodyOf("local", "orders", url);
  expect(body).toEqual({
    from: {
      cluster: "local",
      query: {
        topics: "orders",
        from: "oldest",
        direction: "newer",
        q: "FAILED",
        in: "value",
        filter: "value.amount > 900",
      },
    },
    partitions: "key",
    timestamps: "keep",
  });
  expect(copyBody.safeParse(body).success).toBe(true);
  expect(sourceFacts(url).map(({ label }) => label)).toEqual(["From", "Text", "Looked for in", "CEL"]);
});

test("records keep their places, and nothing is asked before there is a target", () => {
  const url = {
    ...copyUrl,
    from: "4:120",
    toTopic: "orders.copy",
    partitions: "same",
    timestamps: "now",
    codec: "zstd",
  };
  const body = bodyOf("local", "orders", url);
  expect(body).toMatchObject({ from: { records: [{ topic: "orders", partition: 4, offset: "120" }] }, codec: "zstd" });
  expect(copyBody.safeParse(body).success).toBe(true);
  expect(bodyOf("local", "orders", copyUrl)).toBeNull();
});
