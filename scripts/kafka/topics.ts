import type { Admin, ITopicConfig } from "kafkajs";

const LIMIT_MS = 30_000;
const isDone = ({ status }: PromiseSettledResult<unknown>): boolean => status === "fulfilled";

/**
 * Creates topics and waits until every partition has a leader that knows it is. kafkajs' own `waitForLeaders` fails where the broker
 * that it asks has not heard of a topic yet, as happens right after the controller has answered; and a broker may be told as the
 * leader a moment before it answers as one. An admin that has asked for offsets fails in everything once somebody else has deleted
 * the topic: where that may happen, the admin given here should serve for nothing else.
 */
export async function createTopics(admin: Admin, topics: ITopicConfig[]): Promise<void> {
  await admin.createTopics({ topics, waitForLeaders: false });
  const names = topics.map(({ topic }) => topic);
  for (const end = Date.now() + LIMIT_MS; ; ) {
    const found = await admin.fetchTopicMetadata({ topics: names }).catch((error: unknown) => {
      if (Date.now() > end) throw error;
      return null;
    });
    const led =
      found?.topics.every(
        ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
      ) === true;
    if (led && (await Promise.allSettled(names.map((name) => admin.fetchTopicOffsets(name)))).every(isDone)) return;
    if (Date.now() > end) throw new Error(`No leader within ${LIMIT_MS} ms for one of ${names.join(", ")}.`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
