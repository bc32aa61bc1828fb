import { randomBytes } from "node:crypto";
import { type APIRequestContext, test as base, expect, type Locator, type Page } from "@playwright/test";
import type { IHeaders, ITopicConfig, Kafka } from "kafkajs";
import { url } from "../lib/api/url.ts";
import { demoClient } from "../scripts/demo/seed.ts";
import { createTopics } from "../scripts/kafka/topics.ts";
import { isAlive } from "../scripts/test/alive.ts";
import { type Kafdeck, startKafdeck } from "./process.ts";

/** The cluster of the server under test. */
export const cluster = "embedded";

type Record = {
  key?: string | Buffer | null;
  value: string | Buffer | null;
  headers?: IHeaders;
  partition?: number;
  timestamp?: string;
};
type TopicWish = { partitions?: number; configs?: { [name: string]: string }; records?: Record[]; name?: string };

type Clients = { kafka: Kafka; admin: ReturnType<Kafka["admin"]> };

type TestFixtures = {
  /** What the browser complained about: errors of the page, of the console and of the content security policy. None is tolerated. */
  complaints: string[];
  /** Complaints a test brings about on purpose, such as the console's line about a 404. */
  expected: RegExp[];
  /** Makes a topic that the server knows of when this comes back; it is deleted after the test. */
  makeTopic: (wish?: TopicWish) => Promise<string>;
  /** Deletes topics after the test that the test itself brings about. */
  discard: (topic: string) => void;
  /** Starts further Kafdecks that end with the test. */
  start: (environment: { [name: string]: string }) => Promise<Kafdeck>;
};

/** What points a further Kafdeck at the Kafka of these tests. */
export const kafkaEnvironment = () => ({
  KAFKA_BROKERS: process.env.KAFDECK_E2E_BOOTSTRAP ?? "",
  KAFDECK_CLUSTER_NAME: cluster,
});

export const messagesOf = (topic: string): string => url`/clusters/${cluster}/topics/${topic}/messages`;
export const produceOf = (topic: string): string => url`/clusters/${cluster}/topics/${topic}/produce`;

/** The rows of the table of records, without that of its headings. */
export const rows = (page: Page): Locator =>
  page
    .getByRole("table")
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });

export const uniqueName = (hint: string): string => `e2e.${hint}.${randomBytes(3).toString("hex")}`;

/** A test in a browser, with Kafka's own client beside it. */
export const test = base.extend<TestFixtures, { kafka: Clients }>({
  kafka: [
    async ({ browserName: _ }, use) => {
      const kafka = demoClient(process.env.KAFDECK_E2E_BOOTSTRAP ?? "", "kafdeck-e2e");
      const admin = kafka.admin();
      await admin.connect();
      await use({ kafka, admin });
      await admin.disconnect();
    },
    { scope: "worker" },
  ],
  expected: [[], { option: true }],
  page: async ({ page, javaScriptEnabled }, use) => {
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    const alive = async <Answer>(answer: Answer): Promise<Answer> => {
      if (javaScriptEnabled !== false) await page.waitForFunction(isAlive);
      return answer;
    };
    page.goto = async (...args) => alive(await goto(...args));
    page.reload = async (...args) => alive(await reload(...args));
    await use(page);
  },
  complaints: [
    async ({ page, expected }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
      page.on(
        "console",
        (line) => line.type() === "error" && complaints.push(`console: ${line.text()} at ${line.location().url}`),
      );
      page.on("dialog", (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
          console.error(`policy: ${violatedDirective} ${blockedURI}`),
        );
      });
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await use(complaints);
      expect(complaints.filter((complaint) => !expected.some((each) => each.test(complaint)))).toEqual([]);
    },
    { auto: true },
  ],
  start: async ({ page }, use) => {
    const started: Kafdeck[] = [];
    await use(async (environment) => {
      const kafdeck = await startKafdeck(environment);
      started.push(kafdeck);
      return kafdeck;
    });
    // A page that asks again would complain of the Kafdeck that is gone.
    if (started.length > 0 && !page.isClosed()) await page.goto("about:blank");
    await Promise.all(started.map(({ stop }) => stop()));
  },
  discard: async ({ kafka }, use) => {
    const names = new Set<string>();
    await use((topic) => names.add(topic));
    const existing = new Set(await kafka.admin.listTopics());
    const left = [...names].filter((name) => existing.has(name));
    if (left.length > 0) await kafka.admin.deleteTopics({ topics: left });
  },
  makeTopic: async ({ kafka, request, discard }, use) => {
    await use(async ({ partitions = 1, configs = {}, records = [], name = uniqueName("topic") } = {}) => {
      discard(name);
      const configEntries = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
      await createTopic(kafka.kafka, { topic: name, numPartitions: partitions, configEntries });
      if (records.length > 0) await produceRecords(kafka.kafka, name, records);
      await readApi(request, `${url`/api/clusters/${cluster}/topics`}?fresh=true`);
      return name;
    });
  },
});

/** By an admin of its own: one that has read offsets of a topic which the page deletes later asks for it for ever. */
async function createTopic(kafka: Kafka, topic: ITopicConfig): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await createTopics(admin, [topic]).finally(() => admin.disconnect());
}

/** Records that a broker takes at once. */
const BATCH = 5_000;

/** By a producer of its own: one that has written to a topic which is gone since asks for it for ever. */
export async function produceRecords(kafka: Kafka, topic: string, messages: Record[]): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  for (let at = 0; at < messages.length; at += BATCH) {
    await producer.send({ topic, messages: messages.slice(at, at + BATCH), acks: -1 });
  }
  await producer.disconnect();
}

/** The JSON of an answer of the API that must be 200. */
export async function readApi<Answer>(request: APIRequestContext, path: string): Promise<Answer> {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as Answer;
}

/** The console's own line about an answer that was an error. */
export const failedToLoad = (status: number): RegExp =>
  new RegExp(`^console: Failed to load resource: the server responded with a status of ${status} `);

export { expect };
