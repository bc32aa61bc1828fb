import fc from "fast-check";
import { expect, test } from "vitest";
import { planElection } from "./election.ts";

const partition = (at: number, leader: number | null, replicas: number[], isr = replicas) => ({
  partition: at,
  leader,
  leaderEpoch: 0,
  replicas,
  isr,
  offline: [],
});
const members = new Set([1, 2, 3]);

test("only what another replica leads is moved, and to the first replica", () => {
  const partitions = [partition(0, 1, [1, 2]), partition(1, 2, [1, 2])];
  expect(planElection([{ name: "a", partitions }], members)).toEqual([
    { topic: "a", partition: 1, before: 2, after: 1, problem: null },
  ]);
});

test("a preferred replica that is gone or behind stays as it is, and the row says why", () => {
  const partitions = [partition(0, 2, [9, 2]), partition(1, 2, [3, 2], [2])];
  const [gone, behind] = planElection([{ name: "a", partitions }], members);
  expect(gone).toMatchObject({ before: 2, after: 2, problem: { code: "no-leader" } });
  expect(gone?.problem?.detail).toContain("not a member");
  expect(behind?.problem?.detail).toContain("not in sync");
});

test("after an election that moves what the plan says there is nothing left to plan", () => {
  const arbitrary = fc
    .uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 })
    .chain((replicas) => fc.record({ replicas: fc.constant(replicas), leader: fc.constantFrom(...replicas) }));
  fc.assert(
    fc.property(fc.array(arbitrary), (given) => {
      const partitions = given.map(({ leader, replicas }, at) => partition(at, leader, replicas));
      const plan = planElection([{ name: "a", partitions }], members);
      const moved = partitions.map((one) => ({
        ...one,
        leader: plan.find((row) => row.partition === one.partition)?.after ?? one.leader,
      }));
      expect(planElection([{ name: "a", partitions: moved }], members)).toEqual([]);
    }),
  );
});
