import type { DoctorAdvice, DoctorListener } from "../../api/clusters.ts";
import type { Finding, Way } from "./doctor-way.ts";

/** Pure words of the connection doctor about advertised listeners: what is wrong with the address a broker gives, and what to set. */
export type ListenerTrouble = {
  broker: number;
  host: string;
  port: number;
  finding: Finding;
  partitionsLed: number;
};

export type Listeners = {
  /** Where Metadata was answered: an address that works from here. */
  bootstrap: { host: string; port: number };
  /** `SASL_SSL` and the like. */
  protocol: string;
  troubled: ListenerTrouble[];
  /** Addresses of the brokers that were reached. */
  reached: { broker: number; host: string; port: number }[];
};

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0)$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Docker's own networks, unless its administrator chose others. */
const DOCKER_ADDRESS = /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/;

type ListenerKind = "loopback" | "other-port" | "container-name" | "unknown-name" | "container-address" | "other";

/** What kind of mistake an advertised address is. */
export function kindOf({ host, port, finding }: ListenerTrouble, bootstrap: Listeners["bootstrap"]): ListenerKind {
  if (!["refused", "no-connection", "unreachable", "no-such-name", "http", "foreign"].includes(finding.kind))
    return "other";
  if (isLoopback(host) && !isLoopback(bootstrap.host)) return "loopback";
  if (sameHost(host, bootstrap.host) && port !== bootstrap.port) return "other-port";
  if (finding.kind === "no-such-name") return /\.svc(\.|$)|^[^.]+$/.test(host) ? "container-name" : "unknown-name";
  if (DOCKER_ADDRESS.test(host) && !DOCKER_ADDRESS.test(bootstrap.host)) return "container-address";
  return "other";
}

const sameHost = (a: string, b: string): boolean => a === b || (isLoopback(a) && isLoopback(b));

const twoListeners =
  "With Docker use `KAFKA_ADVERTISED_LISTENERS`. If clients inside and outside the network need different names, give the broker two listeners.";

type Words = (trouble: ListenerTrouble, found: Listeners) => string[];

const byKind: Record<Exclude<ListenerKind, "other">, Words> = {
  loopback: ({ broker, host }) => [
    `Broker ${broker} tells its clients to use \`${host}\`. To a client on another machine that is the client itself, so it never reaches the broker.`,
    `In \`server.properties\` of broker ${broker} set the name that others can resolve, then restart broker ${broker}:`,
  ],
  "other-port": ({ broker, port }, { bootstrap }) => [
    `Broker ${broker} tells its clients to use port ${port}, where no Kafka answers from here. The bootstrap server answers on port ${bootstrap.port}.`,
    `In \`server.properties\` of broker ${broker} set the port that clients can reach (a forwarded or published port counts, not the one inside), then restart broker ${broker}:`,
  ],
  "container-name": ({ broker, host }) => [
    `Broker ${broker} tells its clients to use \`${host}\`. That is a name inside Docker or Kubernetes, which this machine cannot resolve.`,
    `Run Kafdeck in the same network, or give broker ${broker} an address that works from outside, then restart broker ${broker}:`,
  ],
  "unknown-name": ({ broker, host }) => [
    `Broker ${broker} tells its clients to use \`${host}\`, which this machine cannot resolve.`,
    `Add the name to the DNS of this machine, or in \`server.properties\` of broker ${broker} set a name that clients can resolve, then restart broker ${broker}:`,
  ],
  "container-address": ({ broker, host }) => [
    `Broker ${broker} tells its clients to use \`${host}\`. That is an address inside Docker, which does not answer from here.`,
    `Run Kafdeck in the same network, or give broker ${broker} an address that works from outside, then restart broker ${broker}:`,
  ],
};

/** The address to advertise instead: the one that worked, unless another broker already has it. */
function better(
  { bootstrap, reached, troubled }: Listeners,
  { host, port }: ListenerTrouble,
  kind: ListenerKind,
): string {
  const taken = reached.some((one) => one.host === bootstrap.host && one.port === bootstrap.port);
  if (!taken && troubled.length === 1) return addressOf(bootstrap);
  return kind === "other-port" ? `${host}:THE_REACHABLE_PORT` : `NAME_THAT_CLIENTS_RESOLVE:${port}`;
}

const addressOf = ({ host, port }: { host: string; port: number }): string =>
  `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** What to change about the first listener that cannot be reached; `fallback` speaks where the address itself is not the mistake. */
export function listenerAdvice(
  found: Listeners,
  fallback: (trouble: ListenerTrouble) => DoctorAdvice,
): DoctorAdvice | null {
  const trouble = found.troubled[0];
  if (!trouble) return null;
  const kind = kindOf(trouble, found.bootstrap);
  const others = found.troubled.slice(1).map(({ broker }) => broker);
  const also = others.length > 0 ? [`The same may hold for ${brokersOf(others)}.`] : [];
  if (kind === "other") {
    const said = fallback(trouble);
    return {
      ...said,
      sentences: [`Broker ${trouble.broker} cannot be used at the address it advertises.`, ...said.sentences, ...also],
    };
  }
  return {
    sentences: [...also, ...byKind[kind](trouble, found)],
    setting: "advertised.listeners=",
    before: `${found.protocol}://${addressOf(trouble)}`,
    after: `${found.protocol}://${better(found, trouble, kind)}`,
    note: twoListeners,
  };
}

/** What does not work while listeners cannot be reached. */
export function listenerConsequence({ troubled, reached }: Listeners): string | null {
  if (troubled.length === 0) return null;
  const led = troubled.reduce((sum, { partitionsLed }) => sum + partitionsLed, 0);
  const lost =
    led === 0
      ? `${capitalised(brokersOf(troubled.map(({ broker }) => broker)))} cannot be asked from here`
      : `${led} ${led === 1 ? "partition" : "partitions"} led by ${brokersOf(troubled.map(({ broker }) => broker))} cannot be read or written from here: clients see \`LEADER_NOT_AVAILABLE\` or time-outs`;
  const rest =
    reached.length > 0
      ? `Everything on ${brokersOf(reached.map(({ broker }) => broker))} works, and is shown.`
      : "Names and settings that the bootstrap server knows are shown; records are not.";
  return `${lost}. ${rest}`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `broker 1`, `brokers 2 and 3`, `7 brokers`. */
export function brokersOf(ids: number[]): string {
  if (ids.length === 1) return `broker ${ids[0]}`;
  if (ids.length > 5) return `${ids.length} brokers`;
  return `brokers ${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;
}

/** `1 of 3 brokers cannot be reached at the address it gives`. */
export function listenersText(listeners: Pick<DoctorListener, "reached">[]): string {
  const lost = listeners.filter(({ reached }) => !reached).length;
  const all = listeners.length;
  if (lost === 0)
    return all === 1
      ? "the broker was reached at the address it gives"
      : `all ${all} brokers were reached at the addresses they give`;
  return `${lost} of ${all} ${all === 1 ? "broker" : "brokers"} cannot be reached at the ${lost === 1 ? "address it gives" : "addresses they give"}`;
}

/** `reached, certificate fits, logged in`. */
export const reachedText = (way: Pick<Way, "tls" | "mechanism">): string =>
  ["reached", way.tls ? "certificate fits" : null, way.mechanism ? "logged in" : null].filter(Boolean).join(", ");
