import type { DoctorAdvice, DoctorListener, DoctorReport, DoctorStep } from "../api/clusters.ts";
import { makeProblem } from "../api/problem.ts";
import { addressKey, type Cluster } from "./cluster.ts";
import { type Address, closeQuietly } from "./connect.ts";
import { type DoctorMetadata, readDoctorMetadata } from "./doctor-metadata.ts";
import {
  type Listeners,
  type ListenerTrouble,
  listenerAdvice,
  listenerConsequence,
  listenersText,
  reachedText,
} from "./plan/doctor.ts";
import { adviceFor, codeOf, stepOf, textOf } from "./plan/doctor-findings.ts";
import type { Finding, Way } from "./plan/doctor-way.ts";
import { checkSecrets, type Probe, probe, type StepName } from "./probe.ts";
import { type ClusterSettings, parseAddress, securityName } from "./settings.ts";
import { kafkaVersionOf } from "./version.ts";

/** Bootstrap servers first, then every advertised listener, each side by side: the whole report is there within 6 s. */
const BOOTSTRAP_MS = 2_000;
const METADATA_MS = 1_000;
const LISTENER_MS = 2_000;
/** Beyond this many brokers the others are told as not tried. */
const MAX_LISTENERS = 200;

const order: StepName[] = ["config", "name", "tcp", "tls", "sasl", "api-versions", "metadata", "listeners"];

/**
 * Tries the way to a cluster as if for the first time, apart from the connections in use: every bootstrap server, then every
 * listener that Metadata names. Always a report, never a throw; no secret and no certificate is in it.
 */
export async function examineCluster(cluster: Cluster): Promise<DoctorReport> {
  const { settings } = cluster;
  const checkedAt = new Date().toISOString();
  const started = performance.now();
  const unreadable = await checkSecrets(settings);
  const config = configStep(settings, unreadable, performance.now() - started);
  if (unreadable) return reportOf(settings, checkedAt, config, [], null, [], unreadable);

  // Loading the client takes up to a second the first time, and is not the brokers' fault.
  await import("@platformatic/kafka");
  const probes = await Promise.all(
    settings.bootstrap.map((address) => probe(settings, parseAddress(address), BOOTSTRAP_MS)),
  );
  try {
    const best = probes.reduce<Probe | null>((found, one) => (!found || rank(one) > rank(found) ? one : found), null);
    const metadata = best?.connection && !best.finding ? await readDoctorMetadata(settings, best, METADATA_MS) : null;
    const listeners = best && metadata?.brokers ? await tryListeners(cluster, metadata, probes) : [];
    return reportOf(settings, checkedAt, config, probes, best && { probe: best, metadata }, listeners, null);
  } finally {
    for (const { connection } of probes) if (connection) closeQuietly(connection);
  }
}

const rank = (one: Probe): number => (one.connection && !one.finding ? 100 : one.steps.length);

type Listener = { broker: number; address: Address; probe: Probe | null; milliseconds: number | null; led: number };

async function tryListeners(cluster: Cluster, metadata: DoctorMetadata, probes: Probe[]): Promise<Listener[]> {
  const known = new Map(probes.filter((one) => !one.finding).map((one) => [addressKey(one.address), one]));
  return Promise.all(
    (metadata.brokers ?? []).map(async ({ id, host, port }, i) => {
      const address = { host, port };
      const led = metadata.led.get(id) ?? 0;
      if (i >= MAX_LISTENERS) return { broker: id, address, probe: null, milliseconds: null, led };
      const found = known.get(addressKey(address)) ?? (await probe(cluster.settings, address, LISTENER_MS));
      if (found.connection && !probes.includes(found)) closeQuietly(found.connection);
      // What works now need not be left alone any longer.
      if (!found.finding) cluster.marked.delete(addressKey(address));
      return { broker: id, address, probe: found, milliseconds: total(found), led };
    }),
  );
}

const total = ({ steps }: Probe): number => rounded(steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
const rounded = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

function wayTo(settings: ClusterSettings, address: Address): Way {
  const { sasl, tls } = settings;
  return {
    address: addressKey(address),
    host: address.host,
    expected: tls?.serverName ?? address.host,
    origin: settings.origin,
    mechanism: sasl?.mechanism ?? null,
    user: sasl && "username" in sasl ? sasl.username : sasl && "clientId" in sasl ? sasl.clientId : null,
    tls: tls !== null,
    clientCertificate: tls?.cert !== null && tls !== null,
    ownAuthority: tls?.ca !== null && tls !== null,
  };
}

function configStep(settings: ClusterSettings, finding: Finding | null, milliseconds: number): DoctorStep {
  const source = settings.origin.split(" of ").at(-1)?.split(/[\\/]/).at(-1) ?? settings.origin;
  const servers = settings.bootstrap.length;
  const text = `${source}: ${servers} bootstrap ${servers === 1 ? "server" : "servers"}, ${securityName(settings)}`;
  return stepFrom(settings, null, { step: "config", text, milliseconds, finding, warned: false });
}

function stepFrom(
  settings: ClusterSettings,
  address: Address | null,
  { step, text, milliseconds, finding, warned }: Probe["steps"][number],
): DoctorStep {
  const way = wayTo(settings, address ?? { host: "", port: 0 });
  const shown = finding ? textOf(finding, way) : text;
  return {
    step: (finding && stepOf(finding)) ?? step,
    state: finding ? "failed" : warned ? "warned" : "ok",
    target: address && addressKey(address),
    text: shown,
    milliseconds: rounded(milliseconds),
    problem: finding && makeProblem(codeOf(finding), address ? `${way.address}: ${shown}` : shown),
  };
}

/** All eight steps in order; what was not tried, or is not configured, is skipped and says so. */
function ladder(settings: ClusterSettings, steps: DoctorStep[]): DoctorStep[] {
  const failed = steps.find(({ state }) => state === "failed");
  const absent: Partial<Record<StepName, string>> = {
    ...(settings.tls ? {} : { tls: "not configured" }),
    ...(settings.sasl ? {} : { sasl: "no login configured" }),
  };
  return order.map((step) => {
    const tried = steps.findLast((one) => one.step === step && (one.state !== "ok" || !absent[step]));
    return (
      tried ?? {
        step,
        state: "skipped",
        target: null,
        text: absent[step] ?? (failed ? "not tried" : "nothing to try"),
        milliseconds: null,
        problem: null,
      }
    );
  });
}

function reportOf(
  settings: ClusterSettings,
  checkedAt: string,
  config: DoctorStep,
  probes: Probe[],
  best: { probe: Probe; metadata: DoctorMetadata | null } | null,
  listeners: Listener[],
  unreadable: Finding | null,
): DoctorReport {
  const rows = listeners.map((one) => listenerRow(settings, one));
  const steps = [config, ...(best ? stepsOf(settings, best.probe, best.metadata) : [])];
  if (rows.length > 0) steps.push(listenersStep(rows));
  const { advice, consequence } = conclude(settings, probes, best, listeners, unreadable);
  return {
    checkedAt,
    self: best?.probe.self ?? null,
    bootstrap: probes.map((one) => ({
      address: addressKey(one.address),
      steps: ladder(settings, [config, ...stepsOf(settings, one, one === best?.probe ? best.metadata : null)]).slice(
        1,
        -1,
      ),
    })),
    steps: ladder(settings, steps),
    listeners: rows,
    advice,
    consequence,
  };
}

function stepsOf(settings: ClusterSettings, found: Probe, metadata: DoctorMetadata | null): DoctorStep[] {
  const steps = found.steps.map((one) => stepFrom(settings, found.address, one));
  const versions = steps.find(({ step, state }) => step === "api-versions" && state === "ok");
  if (versions && found.versions) versions.text = versionsText(found.versions);
  if (!metadata) return steps;
  const { text, milliseconds, finding } = metadata;
  return [
    ...steps,
    stepFrom(settings, found.address, { step: "metadata", text, milliseconds, finding, warned: false }),
  ];
}

function versionsText(versions: NonNullable<Probe["versions"]>): string {
  const version = kafkaVersionOf({
    apis: versions.apiKeys.map(({ apiKey, maxVersion }) => ({ key: apiKey, max: maxVersion })),
    supported: (versions.supportedFeatures ?? []).map(({ name, maxVersion }) => ({ name, max: maxVersion })),
  });
  return `${version ? `Kafka ${version} level, ` : ""}${versions.apiKeys.length} APIs`;
}

function listenersStep(rows: DoctorListener[]): DoctorStep {
  const lost = rows.find(({ reached }) => !reached);
  const milliseconds = Math.max(...rows.map((row) => row.milliseconds ?? 0));
  const state = lost ? "failed" : "ok";
  return {
    step: "listeners",
    state,
    target: null,
    text: listenersText(rows),
    milliseconds,
    problem: lost?.problem ?? null,
  };
}

function listenerRow(
  settings: ClusterSettings,
  { broker, address, probe: found, milliseconds, led }: Listener,
): DoctorListener {
  const way = wayTo(settings, address);
  const row = { broker, address: addressKey(address), milliseconds, partitionsLed: led };
  if (!found) return { ...row, reached: false, text: `not tried: only ${MAX_LISTENERS} are`, problem: null };
  if (!found.finding) return { ...row, reached: true, text: reachedText(way), problem: null };
  const text = textOf(found.finding, way);
  return {
    ...row,
    reached: false,
    text,
    problem: makeProblem(codeOf(found.finding), `${row.address}: ${text}`, { broker }),
  };
}

/** What to change first: the way to the cluster, then the listeners, then what works but wants a look. */
function conclude(
  settings: ClusterSettings,
  probes: Probe[],
  best: { probe: Probe; metadata: DoctorMetadata | null } | null,
  listeners: Listener[],
  unreadable: Finding | null,
): { advice: DoctorAdvice | null; consequence: string | null } {
  const stopped = unreadable ?? best?.probe.finding ?? best?.metadata?.finding;
  const way = (address: Address) => wayTo(settings, address);
  if (stopped || !best)
    return {
      advice: stopped ? adviceFor(stopped, way(best?.probe.address ?? { host: "", port: 0 })) : null,
      consequence: "Nothing of this cluster can be shown.",
    };
  const found: Listeners = {
    bootstrap: best.probe.address,
    protocol: securityName(settings).split(",")[0] ?? "PLAINTEXT",
    troubled: listeners.flatMap(({ broker, address, probe: one, led }): ListenerTrouble[] =>
      one?.finding ? [{ broker, ...address, finding: one.finding, partitionsLed: led }] : [],
    ),
    reached: listeners
      .filter((one) => one.probe && !one.probe.finding)
      .map(({ broker, address }) => ({ broker, ...address })),
  };
  const aboutListeners = listenerAdvice(found, (trouble) => adviceFor(trouble.finding, way(trouble)));
  if (aboutListeners) return { advice: aboutListeners, consequence: listenerConsequence(found) };
  return { advice: smallAdvice(settings, probes, best.probe), consequence: null };
}

function smallAdvice(settings: ClusterSettings, probes: Probe[], best: Probe): DoctorAdvice | null {
  const empty = { setting: null, before: null, after: null, note: null };
  const dead = probes.filter(({ finding }) => finding);
  const [first] = dead;
  if (first?.finding) {
    const names = dead.map(({ address }) => `\`${addressKey(address)}\``).join(", ");
    const said = textOf(first.finding, wayTo(settings, first.address));
    return {
      ...empty,
      sentences: [
        `${dead.length} of ${probes.length} bootstrap servers cannot be used: ${names} (${said}).`,
        "That is fine as long as one of them works: the others are found through it. Bring it back or take it out of the list, so that the start does not depend on the rest.",
      ],
    };
  }
  const { certificate } = best;
  if (settings.tls?.verify === false)
    return {
      ...empty,
      sentences: [
        "The broker's certificate is not verified, as configured. Whoever can redirect the connection can read the password and the records. Set a `ca` instead of `verify: false`.",
      ],
    };
  if (!certificate || certificate.days >= 30) return null;
  return {
    ...empty,
    sentences: [
      `The broker's certificate ends on ${certificate.until}, in ${certificate.days} days. Every client stops working then.`,
    ],
    setting: "ssl.keystore.location",
  };
}
