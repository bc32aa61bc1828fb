import type { Admin, ITopicConfig } from "kafkajs";

const LIMIT_MS = 30_000;

/**
 * Creates topics and waits until every partition has a leader. kafkajs' own `waitForLeaders` fails where the broker that it asks has
 * not heard of a topic yet, as happens right after the controller has answered.
 */
export async function createTopics(admin: Admin, topics: ITopicConfig[]): Promise<void> {
  await admin.createTopics({ topics, waitForLeaders: false });
  const names = topics.map(({ topic }) => topic);
  for (const end = Date.now() + LIMIT_MS; ; ) {
    const found = await admin.fetchTopicMetadata({ topics: names }).catch((error: unknown) => {
      if (Date.now() > end) throw error;
      return null;
    });
    if (found?.topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)))
      return;
    if (Date.now() > end) throw new Error(`No leader within ${LIMIT_MS} ms for one of ${names.join(", ")}.`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
