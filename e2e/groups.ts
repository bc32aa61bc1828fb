import type { APIRequestContext } from "@playwright/test";
import { commitOffsets } from "../bench/floor.ts";
import type { GroupList } from "../lib/api/groups.ts";
import { queryString, url } from "../lib/api/url.ts";
import { demoClient } from "../scripts/demo/seed.ts";
import { test as base, cluster, expect, readApi, uniqueName } from "./kafdeck.ts";

export const groupsPage = url`/clusters/${cluster}/groups`;
export const groupPage = (group: string): string => url`/clusters/${cluster}/groups/${group}`;
export const groupApi = (group: string): string => url`/api/clusters/${cluster}/groups/${group}`;

/** For each topic the commits of its partitions, from partition 0 on. */
type Commits = Record<string, bigint[]>;

type Fixtures = {
  /** Makes a group without members that holds these commits, which the server knows of when this comes back; it is deleted after the test. */
  makeGroup: (commits: Commits, groupId?: string) => Promise<string>;
  /** Starts a real consumer of a topic; comes back when it has joined. It leaves when it is told to, or after the test. */
  join: (group: string, topic: string, clientId?: string) => Promise<{ leave: () => Promise<void> }>;
  /** Deletes groups after the test that the test itself brings about. */
  discardGroup: (group: string) => void;
};

const bootstrap = () => process.env.KAFDECK_E2E_BOOTSTRAP ?? "";

/** A test with groups of its own, made by real clients. */
export const test = base.extend<Fixtures>({
  discardGroup: async ({ kafka, page }, use) => {
    const named = new Set<string>();
    await use((group) => named.add(group));
    if (named.size === 0) return;
    // An open page would ask for a group that is gone.
    await page.goto("about:blank");
    const { groups } = await kafka.admin.listGroups();
    const left = groups.map(({ groupId }) => groupId).filter((group) => named.has(group));
    if (left.length > 0) await kafka.admin.deleteGroups(left);
  },
  makeGroup: async ({ discardGroup, request }, use) => {
    await use(async (commits, groupId = uniqueName("group")) => {
      const topics = Object.entries(commits).map(([name, offsets]) => ({
        name,
        partitions: offsets.map((committedOffset, partitionIndex) => ({
          partitionIndex,
          committedOffset,
          committedLeaderEpoch: -1,
        })),
      }));
      discardGroup(groupId);
      await commitOffsets(bootstrap(), [{ groupId, topics }]);
      await untilListed(request, groupId);
      return groupId;
    });
  },
  join: async ({ discardGroup }, use) => {
    const joined: (() => Promise<void>)[] = [];
    await use(async (groupId, topic, clientId = "e2e-member") => {
      discardGroup(groupId);
      const consumer = demoClient(bootstrap(), clientId).consumer({ groupId, maxWaitTimeInMs: 200 });
      const member = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({ autoCommitInterval: 500, eachMessage: async () => {} });
      await member;
      let left: Promise<void> | null = null;
      const leave = () => {
        left ??= consumer.disconnect();
        return left;
      };
      joined.push(leave);
      return { leave };
    });
    await Promise.all(joined.map((leave) => leave()));
  },
});

/** Waits until the list has a group: whoever asks while it is read is given that reading, which may have begun before. */
export async function untilListed(request: APIRequestContext, group: string): Promise<void> {
  const path = url`/api/clusters/${cluster}/groups` + queryString({ fresh: "true" });
  const listed = async () => (await readApi<GroupList>(request, path)).items.map(({ groupId }) => groupId);
  await expect.poll(listed).toContain(group);
}

/** Waits until a group's coordinator says that its members have what they are to have. */
export const untilStable = (request: APIRequestContext, group: string): Promise<void> =>
  expect
    .poll(async () => ((await (await request.get(groupApi(group))).json()) as { state?: string }).state, {
      timeout: 25_000,
    })
    .toBe("Stable");

/** Committed offsets of a topic as Kafka's own client reads them, by partition; -1: none. */
export async function committedOffsets(
  admin: ReturnType<ReturnType<typeof demoClient>["admin"]>,
  groupId: string,
  topic: string,
): Promise<string[]> {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const sorted = [...(found?.partitions ?? [])].sort((a, b) => a.partition - b.partition);
  return sorted.map(({ offset }) => offset);
}

export { expect };
