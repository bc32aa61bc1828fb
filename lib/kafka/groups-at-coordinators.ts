import { type GroupType, groupTypes } from "../api/groups.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { ask, askEach } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { type GroupCommits, readCommitsAt } from "./committed.ts";
import { asNoCoordinator, coordinatorOf, hasMoved } from "./coordinators.ts";
import { type DescribedGroup, describeGroupsAt, stateOf } from "./describe-groups.ts";
import { kafkaProblem, problemFrom } from "./failures.ts";
import type { GroupReading } from "./group-readings.ts";
import * as apis from "./protocol/apis.ts";

/** A group as the broker that keeps it lists it. */
type Listed = Pick<GroupReading, "groupId" | "type" | "state" | "protocolType"> & { coordinator: number };

/** A group, and whether it is said to be at another coordinator, or to be none. */
type Asked = { reading: GroupReading; moved: boolean; absent: boolean };

/** Where each group was last seen, to tell of those whose coordinator is silent. Of no consequence but that, so it may be forgotten. */
const lastSeen = new WeakMap<Cluster, Map<string, Listed>>();

const GROUP_ID_NOT_FOUND = 69;

/**
 * Every group, asked for at the brokers that keep them: ListGroups, then at once for each type a description and the commits.
 * Groups that move meanwhile are looked for once more. Nothing is thrown; what could not be asked is told by problems.
 */
export async function readGroupsAtCoordinators(
  cluster: Cluster,
  signal?: AbortSignal,
): Promise<{ groups: GroupReading[]; problems: Problem[] }> {
  const loading: Problem[] = [];
  const { answers, problems } = await askEach(cluster.brokers.keys(), async (broker) => {
    const { listed, problem } = await listAt(cluster, broker, signal);
    if (problem) loading.push(problem);
    return { isWhole: !problem, asked: await askAt(cluster, broker, listed, true, signal) };
  });
  const byId = new Map<string, Asked>();
  for (const { asked } of answers.values()) {
    for (const each of asked) {
      const other = byId.get(each.reading.groupId);
      if (!other || other.moved || other.absent) byId.set(each.reading.groupId, each);
    }
  }
  const moved = [...byId.values()].filter((each) => each.moved).map(({ reading }) => reading);
  for (const each of await lookedFor(cluster, moved.flatMap(toListed), true, signal))
    byId.set(each.reading.groupId, each);
  const whole = new Set([...answers].filter(([, { isWhole }]) => isWhole).map(([broker]) => broker));
  const missing = missingGroups(cluster, byId, whole);
  const found = await lookedFor(cluster, missing, false, signal);
  for (const each of [...missing.map(silent), ...found]) byId.set(each.reading.groupId, each);
  const groups = [...byId.values()].filter(({ absent }) => !absent).map(({ reading }) => reading);
  lastSeen.set(cluster, new Map(groups.flatMap(toListed).map((group) => [group.groupId, group])));
  return { groups: groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1)), problems: [...problems, ...loading] };
}

const toListed = ({ groupId, type, state, protocolType, coordinator }: GroupReading): Listed[] =>
  coordinator === null ? [] : [{ groupId, type, state, protocolType, coordinator }];

/** What a broker without types (before Kafka 3.8) keeps can be classic groups only. */
const typeOf = (name: string | undefined): GroupType =>
  groupTypes.find((type) => type === name?.toLowerCase()) ?? "classic";

async function listAt(cluster: Cluster, broker: number, signal?: AbortSignal) {
  const { errorCode, groups } = await ask(cluster, broker, apis.listGroups, [[], []], signal);
  const problem = kafkaProblem(errorCode, null, { broker });
  const listed = groups.map(({ groupId, groupState, groupType, protocolType }) => ({
    groupId,
    type: typeOf(groupType),
    state: stateOf(groupState),
    protocolType: protocolType || null,
    coordinator: broker,
  }));
  return { listed, problem };
}

/** Groups at one broker: two requests for each type that occurs. `isListed` false: that they still are is not known. */
async function askAt(
  cluster: Cluster,
  broker: number,
  listed: Listed[],
  isListed: boolean,
  signal?: AbortSignal,
): Promise<Asked[]> {
  const ofTypes = groupTypes
    .map((type) => ({ type, groups: listed.filter((group) => group.type === type) }))
    .filter(({ groups }) => groups.length > 0);
  const asked = await Promise.all(
    ofTypes.map(async ({ type, groups }) => {
      const ids = groups.map(({ groupId }) => groupId);
      const [described, commits] = await Promise.all([
        attempt(() => describeGroupsAt(cluster, broker, type, ids, { signal }), broker),
        attempt(() => readCommitsAt(cluster, broker, type, ids, signal), broker),
      ]);
      return groups.map((group) => combined(group, isListed, described, commits));
    }),
  );
  return asked.flat();
}

/** By group; or why there is nothing. */
type Attempt<Item> = { items: Map<string, Item>; problem: null } | { items: null; problem: Problem };

async function attempt<Item extends { groupId: string }>(
  work: () => Promise<Item[]>,
  broker: number,
): Promise<Attempt<Item>> {
  try {
    return { items: new Map((await work()).map((item) => [item.groupId, item])), problem: null };
  } catch (error) {
    return { items: null, problem: asNoCoordinator(problemFrom(error), broker) };
  }
}

function combined(
  listed: Listed,
  isListed: boolean,
  descriptions: Attempt<DescribedGroup>,
  allCommits: Attempt<GroupCommits>,
): Asked {
  const described = descriptions.items?.get(listed.groupId) ?? null;
  const commits = allCommits.items?.get(listed.groupId) ?? null;
  const codes = [described?.errorCode ?? 0, commits?.errorCode ?? 0];
  // DescribeGroups says Dead of a group that it does not know, or that is of another type: then a list is nearer to the truth.
  const isDead = described?.errorCode === 0 && described.state === "Dead";
  const usable = described?.errorCode === 0 && !isDead ? described : null;
  const before = isListed && listed.state !== "Dead" ? listed.state : "Unknown";
  const committed = commits?.errorCode === 0 ? commits.committed : null;
  const problems = [descriptions.problem, described?.problem, allCommits.problem, commits?.problem].filter(
    (problem) => problem != null,
  );
  return {
    moved: codes.some(hasMoved),
    absent: codes.includes(GROUP_ID_NOT_FOUND) || (isDead && !isListed),
    reading: {
      groupId: listed.groupId,
      type: listed.type,
      state: usable?.state ?? before,
      protocolType: usable?.protocolType ?? listed.protocolType,
      assignor: usable?.assignor ?? null,
      coordinator: listed.coordinator,
      members: usable ? usable.members.length : null,
      memberTopics: usable ? memberTopics(usable) : [],
      holders: usable ? holdersOf(usable) : null,
      committed,
      problems: oneOfEach(problems),
    },
  };
}

const oneOfEach = (problems: Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [problem.code, problem])).values(),
];

/** Topics that members hold partitions of or subscribe to; sorted. */
export function memberTopics({ members }: Pick<DescribedGroup, "members">): string[] {
  const topics = new Set<string>();
  for (const { subscribed, assignment } of members) {
    for (const topic of subscribed ?? []) topics.add(topic);
    for (const { topic } of assignment ?? []) topics.add(topic);
  }
  return [...topics].sort();
}

/** How many members hold partitions of each topic; null: not known of all of them. */
export function holdersOf({ members }: Pick<DescribedGroup, "members">): GroupReading["holders"] {
  const holders = new Map<string, number>();
  for (const { assignment } of members) {
    if (assignment === null) return null;
    for (const { topic, partitions } of assignment)
      if (partitions.length > 0) holders.set(topic, (holders.get(topic) ?? 0) + 1);
  }
  return holders;
}

/** Groups asked for where FindCoordinator says that they are now, in one; those that have no coordinator are not in the answer. */
async function lookedFor(
  cluster: Cluster,
  groups: Listed[],
  isListed: boolean,
  signal?: AbortSignal,
): Promise<Asked[]> {
  if (groups.length === 0) return [];
  const ids = groups.map(({ groupId }) => groupId);
  const found = await coordinatorOf(cluster, "group", ids, signal).catch(() => null);
  const here = Map.groupBy(groups, ({ groupId }) => found?.get(groupId)?.broker ?? null);
  const brokers = [...here.keys()].filter((broker) => broker !== null);
  const { answers } = await askEach(brokers, (broker) => {
    const own = (here.get(broker) ?? []).map((group) => ({ ...group, coordinator: broker }));
    return askAt(cluster, broker, own, isListed, signal);
  });
  return [...answers.values()].flat();
}

/**
 * Groups that an earlier reading knew, that nobody lists now, and whose coordinator did not answer. They may be at another by now,
 * which listed what it had before they came. `whole`: brokers that listed all they keep.
 */
const missingGroups = (cluster: Cluster, byId: Map<string, Asked>, whole: Set<number>): Listed[] =>
  [...(lastSeen.get(cluster)?.values() ?? [])].filter(
    ({ groupId, coordinator }) => !byId.has(groupId) && !whole.has(coordinator),
  );

/** A group of a coordinator that does not answer. */
function silent({ groupId, type, protocolType, coordinator }: Listed): Asked {
  const problem = makeProblem("no-coordinator", `Broker ${coordinator}, which kept it, did not answer.`, {
    broker: coordinator,
  });
  return {
    moved: false,
    absent: false,
    reading: {
      groupId,
      type,
      state: "Unknown",
      protocolType,
      assignor: null,
      coordinator,
      members: null,
      memberTopics: [],
      holders: null,
      committed: null,
      problems: [problem],
    },
  };
}
