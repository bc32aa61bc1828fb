import fc from "fast-check";
import { expect, test } from "vitest";
import { applyChanges, type Changes, changesOf, learnNames, type NewName } from "./changes.ts";
import { packFrame, unpackFrame } from "./frames.ts";
import { makeRecent, type Recent } from "./recent.ts";
import { type MadeGroup, madeSample } from "./testing.ts";

const offset = fc.oneof(
  fc.bigInt({ min: 0n, max: 2_000n }),
  fc.constantFrom((1n << 63n) - 1n, 1n << 53n, 0n),
  fc.constant(null),
);
const place = fc.constantFrom("a/0", "a/1", "b/0", "c/7");
const group = (groupId: string): fc.Arbitrary<MadeGroup | null> =>
  fc.option(
    fc.record({
      groupId: fc.constant(groupId),
      members: fc.option(fc.nat(3)),
      commits: fc.dictionary(place, offset, { maxKeys: 4 }),
      memberTopics: fc.subarray(["a", "b", "z"]),
      whole: fc.boolean(),
    }),
  );
const step = fc.record({
  ends: fc.dictionary(place, offset),
  groups: fc.tuple(group("one"), group("two"), group("a/b %\u{1f680}")).map((all) => all.filter((one) => one !== null)),
  complete: fc.boolean(),
  key: fc.boolean(),
});

/** Everything that is known now, in plain words. */
const shown = (recent: Recent) =>
  [...recent.groups.values()]
    .map(({ groupId, members, unknown, whole, memberTopics, commits }) => ({
      groupId,
      members,
      unknown,
      whole,
      memberTopics: [...memberTopics].sort(),
      commits: [...commits]
        .map(([log, commit]) => [`${log.topic.name}/${log.partition}`, commit.offsets.last, log.ends.last] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    }))
    .sort((a, b) => (a.groupId < b.groupId ? -1 : 1));

function replica() {
  const recent = makeRecent();
  const names = new Map<string, string>();
  const learn = (fresh: NewName[]) => {
    learnNames(recent, fresh);
    for (const { kind, id, name } of fresh) names.set(`${kind}/${id}`, name);
  };
  const apply = (at: number, changes: Changes) =>
    applyChanges(recent, at, changes, (kind, id) => names.get(`${kind}/${id}`) ?? "?");
  return { recent, learn, apply };
}

test("who reads the frames of another knows after each what that one knows, from a frame on that says everything", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat(11), (steps, late) => {
      const [writer, reader, latecomer] = [replica(), replica(), replica()];
      let reads = false;
      for (const [i, { ends, groups, complete, key }] of steps.entries()) {
        const sample = madeSample(i * 10_000, ends, groups, complete);
        const { changes, names } = changesOf(writer.recent, sample, key || i === 0);
        const bytes = packFrame(changes, writer.recent);
        for (const one of [writer, reader, latecomer]) one.learn(names);
        expect(unpackFrame(bytes, reader.recent)).toEqual(inOrder(changes));
        reader.apply(i, unpackFrame(bytes, reader.recent));
        reads ||= changes.key && i >= late;
        if (reads) latecomer.apply(i, unpackFrame(bytes, latecomer.recent));
        writer.apply(i, changes);
        expect(shown(reader.recent)).toEqual(shown(writer.recent));
        if (reads) expect(shown(latecomer.recent)).toEqual(shown(writer.recent));
      }
    }),
  );
});

/** Places are grouped by topic on the way. */
const inOrder = (changes: Changes): Changes => ({
  ...changes,
  ends: grouped(changes.ends),
  groups: changes.groups.map((one) => ({ ...one, commits: grouped(one.commits) })),
});
const grouped = <P extends { topic: number }>(places: P[]): P[] =>
  [...Map.groupBy(places, ({ topic }) => topic).values()].flat();

test("what a sample says is what is known after it; a group that was not answered for stays, without a lag", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      const { recent, learn, apply } = replica();
      for (const [i, { ends, groups, complete, key }] of steps.entries()) {
        const before = new Set([...recent.groups.values()].map(({ groupId }) => groupId));
        const { changes, names } = changesOf(recent, madeSample(i, ends, groups, complete), key);
        learn(names);
        apply(i, changes);
        const now = new Map(shown(recent).map((one) => [one.groupId, one]));
        for (const { groupId, commits, members, whole } of groups) {
          const known = now.get(groupId);
          expect(known?.members).toBe(members);
          for (const [key, offset] of Object.entries(commits))
            expect(known?.commits.find(([place]) => place === key)?.[1]).toBe(offset);
          if (whole) expect(known?.commits).toHaveLength(Object.keys(commits).length);
        }
        const seen = groups.map(({ groupId }) => groupId);
        const kept = complete ? [] : [...before].filter((groupId) => !seen.includes(groupId));
        expect([...now.keys()].sort()).toEqual([...seen, ...kept].sort());
      }
    }),
  );
});
