import { expect, test } from "vitest";
import type { ConfigEntry } from "../../api/configs.ts";
import { entryOf } from "./configs.ts";
import { valueEffects } from "./value-effects.ts";

const entry = (more: Partial<ConfigEntry>): ConfigEntry => ({
  ...entryOf(
    { name: "x", value: "5", readOnly: false, configSource: 5, isSensitive: false, synonyms: [], configType: 5 },
    "topic",
  ),
  ...more,
});
const first = (reset: boolean, after: string | null, one: ConfigEntry | undefined, isBroker = false) =>
  valueEffects({ reset, after }, one, isBroker, [])[0] ?? null;

test("a change that changes nothing says so", () => {
  expect(first(false, "5", entry({ changed: true }))?.text).toContain("nothing changes");
  expect(first(true, "5", entry({ changed: false }))?.text).toContain("nothing to reset");
  expect(first(false, "5", entry({ changed: false }))?.text).toContain("no longer follows");
  expect(first(true, "5", entry({ changed: true }))?.text).toContain("inherited value is the same");
});

test("a new value, and one that is secret, is left to speak for itself", () => {
  expect(first(false, "6", entry({ changed: true }))).toBeNull();
  expect(first(false, null, entry({ changed: true, sensitive: true, value: null }))).toBeNull();
});

test("notes about a new value fall away where it stays, losses do not", () => {
  const told = [
    { tone: "note", text: "New batches only.", loss: null },
    { tone: "loss", text: "Records go.", loss: "records" },
  ] as const;
  const tones = valueEffects({ reset: false, after: "5" }, entry({ changed: true }), false, [...told]);
  expect(tones.map(({ tone }) => tone)).toEqual(["note", "loss"]);
  expect(tones[0]?.text).not.toBe("New batches only.");
});

test("a name that a broker does not list is warned of", () => {
  expect(first(false, "5", undefined, true)).toMatchObject({ tone: "warn" });
});
