import { expect, test } from "vitest";
import { auditable } from "./audited.ts";

test.each([
  ["nothing", null, {}],
  [
    "a produce: how many records, never what is in them",
    { records: [{ key: "secret", value: "secret" }], codec: "zstd", validateOnly: true },
    { records: 1, codec: "zstd" },
  ],
  [
    "a copy: where it reads from, without the texts it looks for",
    { from: { cluster: "a", query: { topics: "orders", from: "time:-1h", q: "secret", filter: "key == 'secret'" } } },
    { from: { cluster: "a", query: { topics: "orders", from: "time:-1h" } } },
  ],
  ["configs by name", { configs: { "ssl.keystore.password": "secret" } }, { configs: ["ssl.keystore.password"] }],
])("an audit line keeps of %s", (_, body, kept) => expect(auditable(body)).toEqual(kept));
