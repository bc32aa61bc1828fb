import type { Admin, SASLOptions } from "kafkajs";
import { ProblemError } from "../api/problem.ts";
import { addressKey, CLIENT_ID, type Cluster, candidates, within } from "./cluster.ts";
import { tlsOptions } from "./connect.ts";
import { countRequest, timeLeft } from "./cost.ts";
import { countsOf } from "./counts.ts";
import { translateFailure } from "./failures.ts";
import { readSecret, type SaslSettings } from "./settings.ts";
import { oauthToken } from "./token.ts";

/** For what it would try again by itself; our own deadline ends all of it. */
const RETRY = { retries: 2, initialRetryTime: 100, maxRetryTime: 500 };

/**
 * Runs one command with kafkajs' admin client: connects, runs, disconnects. kafkajs itself is loaded by the first command.
 * Rejects with a ProblemError, broker-timeout when the time for the answer is used up; whether Kafka did it by then is unknown.
 */
export async function command<T>(cluster: Cluster, run: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = await openAdmin(cluster);
  // What the client asks on the way (ApiVersions, Metadata) costs the brokers too.
  admin.on(admin.events.REQUEST, () => {
    countRequest();
    countsOf(cluster).requests += 1;
  });
  try {
    const work = admin.connect().then(() => run(admin));
    return await within(work, Math.max(1, timeLeft()));
  } catch (error) {
    throw translateFailure(error);
  } finally {
    // Not awaited: a broker that does not answer must not hold the answer back, and the sockets end with it.
    admin.disconnect().catch(() => {});
  }
}

async function openAdmin(cluster: Cluster): Promise<Admin> {
  const { Kafka } = await import("kafkajs");
  const [first] = candidates(cluster);
  if (!first) throw new ProblemError("cluster-unreachable");
  const { tls, sasl } = cluster.settings;
  const kafka = new Kafka({
    clientId: CLIENT_ID,
    brokers: candidates(cluster).map(addressKey),
    connectionTimeout: Math.max(1, Math.min(2_000, timeLeft())),
    requestTimeout: Math.max(1, timeLeft()),
    retry: RETRY,
    // What went wrong comes back as an error and is told once, by whoever asked.
    logCreator: () => () => {},
    ...(tls ? { ssl: await tlsOptions(tls, first.host) } : {}),
    ...(sasl ? { sasl: await freshSasl(sasl) } : {}),
  });
  return kafka.admin({ retry: RETRY });
}

/** Made anew for every client: kafkajs keeps its authenticator inside the object, and a copy would log in with the old secret. */
async function freshSasl(sasl: SaslSettings): Promise<SASLOptions> {
  if (sasl.mechanism === "OAUTHBEARER")
    return { mechanism: "oauthbearer", oauthBearerProvider: async () => ({ value: await oauthToken(sasl) }) };
  const login = { username: sasl.username, password: await readSecret(sasl.password) };
  return { mechanism: KAFKAJS_MECHANISM[sasl.mechanism], ...login } as SASLOptions;
}

const KAFKAJS_MECHANISM = {
  PLAIN: "plain",
  "SCRAM-SHA-256": "scram-sha-256",
  "SCRAM-SHA-512": "scram-sha-512",
} as const;
