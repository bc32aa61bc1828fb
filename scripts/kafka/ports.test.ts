import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePorts, isFree } from "./ports.ts";

test("ports are given once, and each can be listened on", async () => {
  const ports = [...(await freePorts(5)), ...(await freePorts(5))];
  expect(new Set(ports).size).toBe(10);
  expect(await Promise.all(ports.map(isFree))).not.toContain(false);
});

test("a port that somebody listens on is not free", async () => {
  const [port = 0] = await freePorts(1);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect(await isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
});
