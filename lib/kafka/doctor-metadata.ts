import { answerInside } from "./ask.ts";
import { within } from "./cluster.ts";
import type { Finding } from "./plan/doctor-way.ts";
import { offeredMechanisms, type Probe } from "./probe.ts";
import * as apis from "./protocol/apis.ts";
import type { ClusterSettings } from "./settings.ts";

/** What Metadata said to the doctor; `brokers` is null where it said nothing, and `finding` then tells why. */
export type DoctorMetadata = {
  text: string;
  milliseconds: number;
  finding: Finding | null;
  brokers: { id: number; host: string; port: number }[] | null;
  /** Broker to the number of partitions it leads. */
  led: Map<number, number>;
};

/** Asks Metadata on the connection the probe left open. A broker that hangs up on it usually wants a login first. */
export async function readDoctorMetadata(
  settings: ClusterSettings,
  { connection, versions, address }: Probe,
  limitMs: number,
): Promise<DoctorMetadata> {
  const started = performance.now();
  const done = (more: Pick<DoctorMetadata, "text" | "finding" | "brokers" | "led">): DoctorMetadata => ({
    ...more,
    milliseconds: performance.now() - started,
  });
  const nothing = (finding: Finding) => done({ text: "", finding, brokers: null, led: new Map() });
  const spoken = versions?.apiKeys.find(({ apiKey }) => apiKey === apis.metadata.key);
  const version = apis.metadata.versions.find(
    (mine) => spoken && mine >= spoken.minVersion && mine <= spoken.maxVersion,
  );
  if (!connection || version === undefined)
    return nothing({ kind: "other", words: "The broker is older than Kafka 2.4, which Kafdeck does not speak to." });
  try {
    const kafka = await import("@platformatic/kafka");
    const asked = apis.metadata.send(kafka, version, connection, [null, false, false]);
    const answer = await within(asked.catch(answerInside<Awaited<typeof asked>>), limitMs);
    const led = new Map<number, number>();
    for (const topic of answer.topics)
      for (const { leaderId } of topic.partitions) led.set(leaderId, (led.get(leaderId) ?? 0) + 1);
    const brokers = answer.brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port }));
    const count = `${brokers.length} ${brokers.length === 1 ? "broker" : "brokers"}`;
    return done({
      text: `cluster id ${answer.clusterId ?? "unknown"}, ${count}`,
      finding: null,
      brokers: brokers.sort((a, b) => a.id - b.id),
      led,
    });
  } catch {
    const mechanisms = settings.sasl ? null : await offeredMechanisms(settings, address).catch(() => null);
    if (mechanisms) return nothing({ kind: "login-wanted", mechanisms });
    return nothing({ kind: connection.isConnected() ? "silent" : "closed" });
  }
}
