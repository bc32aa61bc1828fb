import { describe, expect, test } from "vitest";
import { isWrite } from "../api/endpoint.ts";
import { operations } from "../api/endpoints.ts";
import { ANONYMOUS, verdict } from "./access.ts";

const clusters = {
  open: { name: "open", readOnly: false, readOnlyReason: null },
  closed: { name: "closed", readOnly: true, readOnlyReason: "readOnly: true is set for this cluster" },
};
const processes = {
  open: { readOnly: false, reason: null },
  closed: { readOnly: true, reason: "KAFDECK_READ_ONLY=true is set" },
};

const matrix = Object.entries(operations).flatMap(([name, { permission, path, method }]) =>
  (["open", "closed"] as const).flatMap((cluster) =>
    (["open", "closed"] as const).map((process_) => ({ name, permission, path, method, cluster, process: process_ })),
  ),
);

describe("the verdict", () => {
  test.each(matrix)(
    "on $name, cluster $cluster, process $process",
    ({ permission, path, cluster, process: process_ }) => {
      const found = verdict({
        actor: ANONYMOUS,
        permission,
        cluster: path.includes("{cluster}") ? clusters[cluster] : null,
        processReadOnly: processes[process_],
      });
      const refused =
        isWrite(permission) && (process_ === "closed" || (cluster === "closed" && path.includes("{cluster}")));
      expect(found?.code ?? null).toBe(refused ? "read-only" : null);
      if (refused) expect(found?.todo).toMatch(process_ === "closed" ? /KAFDECK_READ_ONLY=false/ : /cluster closed/);
    },
  );

  test("covers reads and writes", () => {
    const writes = Object.values(operations).filter(({ permission }) => isWrite(permission));
    expect(writes.length).toBeGreaterThan(5);
    expect(writes.length).toBeLessThan(Object.keys(operations).length);
  });

  test("every GET only reads, and what changes something is no GET", () => {
    for (const [name, { method, permission }] of Object.entries(operations)) {
      if (method === "GET") expect(isWrite(permission), name).toBe(false);
      if (method === "PATCH" || method === "DELETE") expect(isWrite(permission), name).toBe(true);
    }
  });
});
