import { compileGroupFilter } from "../../lib/api/group-filter.ts";
import { type GroupSummary, type LagStatus, lagStatuses } from "../../lib/api/groups.ts";

/** What the toolbar of the list says, as the address keeps it. Empty: all of them. */
export type GroupChoice = { q: string; status: string; state: string; type: string };

/**
 * The groups the toolbar leaves. `statuses` counts those that all but the status leave, so that each status says what choosing it
 * would show; `inScope` is how many these are.
 */
export function narrowGroups<Group extends GroupSummary>(groups: readonly Group[], choice: GroupChoice) {
  const filter = compileGroupFilter(choice.q);
  const statuses = Object.fromEntries(lagStatuses.map((status) => [status, 0])) as Record<LagStatus, number>;
  const inScope = groups.filter(
    (group) =>
      (choice.state === "" || group.state === choice.state) &&
      (choice.type === "" || group.type === choice.type) &&
      filter.matches(group),
  );
  for (const { status } of inScope) statuses[status]++;
  const shown = choice.status === "" ? inScope : inScope.filter(({ status }) => status === choice.status);
  return { shown, inScope: inScope.length, statuses, filterProblem: filter.problem };
}

const lagBits = 64n;

/** Sorts by how bad the status is, then by lag: the worst has the largest key. No known lag is below a lag of 0. */
export const severityKey = ({ status, lag }: Pick<GroupSummary, "status" | "lag">): bigint =>
  (BigInt(lagStatuses.length - lagStatuses.indexOf(status)) << lagBits) + (lag === null ? 0n : BigInt(lag) + 1n);

/** Lag of all groups together, where it is known, and how many of them have none that is. */
export function totalLag(groups: readonly Pick<GroupSummary, "lag">[]): { lag: bigint; unknown: number } {
  let lag = 0n;
  let unknown = 0;
  for (const group of groups) {
    if (group.lag === null) unknown++;
    else lag += BigInt(group.lag);
  }
  return { lag, unknown };
}
