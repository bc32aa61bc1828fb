import { X509Certificate } from "node:crypto";
import { lookup } from "node:dns/promises";
import { isIP, type Socket } from "node:net";
import { createSecureContext, type TLSSocket } from "node:tls";
import type { Connection } from "@platformatic/kafka";
import type { DoctorStep } from "../api/clusters.ts";
import { problemOf } from "../api/problem.ts";
import { readApiVersions, within } from "./cluster.ts";
import { type Address, closeQuietly, connect, tlsOptions } from "./connect.ts";
import type { CertificateFacts, Finding } from "./plan/doctor-way.ts";
import { certificateFacts, certificateFinding, dial, greet, secure } from "./probe-socket.ts";
import { type ClusterSettings, readSecret } from "./settings.ts";

/** What Kafdeck calls itself while it only looks. */
const CLIENT_ID = "kafdeck-doctor";
/** How long a second look may take that finds out what is spoken instead. */
const SECOND_LOOK_MS = 700;

export type StepName = DoctorStep["step"];
export type ProbeStep = {
  step: StepName;
  text: string;
  milliseconds: number;
  finding: Finding | null;
  warned: boolean;
};

/** How far one address let us come. `connection` is open where everything went well; its taker closes it. */
export type Probe = {
  address: Address;
  steps: ProbeStep[];
  finding: Finding | null;
  self: string | null;
  certificate: CertificateFacts | null;
  versions: Awaited<ReturnType<typeof readApiVersions>> | null;
  connection: Connection | null;
};

type Climb = {
  settings: ClusterSettings;
  probe: Probe;
  socket: Socket | null;
  signal: AbortSignal;
  timeLeft: () => number;
};
type Outcome = { text: string; warned?: boolean } | { finding: Finding };

/** The ladder: each rung uses what the one before it found, and names the step it is shown as. */
const rungs: { step: StepName; needs?: "tls"; climb: (climb: Climb) => Promise<Outcome> }[] = [
  { step: "name", climb: resolveName },
  { step: "tcp", climb: connectSocket },
  { step: "tls", needs: "tls", climb: agreeOnTls },
  { step: "api-versions", climb: sayHello },
  { step: "sasl", climb: logIn },
  { step: "api-versions", climb: askVersions },
];

/** Tries the way to one address, step by step, and stops at the first that fails. Never throws; takes at most `limitMs` and a second look. */
export async function probe(settings: ClusterSettings, address: Address, limitMs: number): Promise<Probe> {
  const found: Probe = {
    address,
    steps: [],
    finding: null,
    self: null,
    certificate: null,
    versions: null,
    connection: null,
  };
  const deadline = performance.now() + limitMs;
  const signal = AbortSignal.timeout(limitMs);
  const timeLeft = () => Math.max(1, deadline - performance.now());
  const climb: Climb = { settings, probe: found, socket: null, signal, timeLeft };
  for (const rung of rungs) {
    if (rung.needs === "tls" && !settings.tls) continue;
    const started = performance.now();
    const outcome = await within(rung.climb(climb), timeLeft() + SECOND_LOOK_MS).catch((error: unknown) => ({
      finding: unforeseen(error, rung.step),
    }));
    const finding = "finding" in outcome ? outcome.finding : null;
    // The hello is part of ApiVersions, and is shown only where it fails.
    const milliseconds = performance.now() - started;
    const text = "text" in outcome ? outcome.text : "";
    if (rung.climb !== sayHello || finding)
      found.steps.push({
        step: rung.step,
        text,
        milliseconds,
        finding,
        warned: "warned" in outcome && !!outcome.warned,
      });
    if (!finding) continue;
    found.finding = finding;
    break;
  }
  climb.socket?.destroy();
  return found;
}

const unforeseen = (error: unknown, step: StepName): Finding =>
  problemOf(error)?.code === "broker-timeout"
    ? { kind: step === "name" ? "no-such-name" : step === "tcp" ? "no-connection" : "silent" }
    : loginFinding(error);

/** The files of the configuration, read once before anything is dialled. Null: they can be used. */
export async function checkSecrets(settings: ClusterSettings): Promise<Finding | null> {
  try {
    if (settings.sasl && "password" in settings.sasl) await readSecret(settings.sasl.password);
    const options = settings.tls ? await tlsOptions(settings.tls, "localhost") : null;
    try {
      if (options) createSecureContext(options);
    } catch (error) {
      return { kind: "unusable-certificate", words: (error as Error).message.replace(/^error:[0-9A-F]+:/, "") };
    }
    return null;
  } catch (error) {
    const path = (error as NodeJS.ErrnoException).path;
    const words = problemOf(error)?.detail ?? (path ? `The file ${path} cannot be read.` : undefined);
    return { kind: "unreadable-secret", ...(words ? { words } : {}) };
  }
}

async function resolveName({ probe: { address } }: Climb): Promise<Outcome> {
  if (isIP(address.host)) return { text: `${address.host} is an address` };
  try {
    const found = await lookup(address.host, { all: true });
    return { text: `${address.host} is ${found.map((one) => one.address).join(" and ")}` };
  } catch {
    return { finding: { kind: "no-such-name" } };
  }
}

async function connectSocket(climb: Climb): Promise<Outcome> {
  const dialled = await dial(climb.probe.address, climb.signal);
  if ("kind" in dialled) return { finding: dialled };
  climb.socket = dialled;
  climb.probe.self = dialled.localAddress?.replace(/^::ffff:/, "") ?? null;
  return { text: `${dialled.remoteAddress?.replace(/^::ffff:/, "")}:${dialled.remotePort}` };
}

async function agreeOnTls(climb: Climb): Promise<Outcome> {
  const { settings, socket, probe: found } = climb;
  if (!settings.tls || !socket) return { text: "" };
  const options = await tlsOptions(settings.tls, found.address.host);
  const secured = await within(secure(socket, options, found.address.host), climb.timeLeft());
  if (secured instanceof Error) return { finding: await handshakeFinding(climb, secured) };
  climb.socket = secured;
  // Node hands the certificate over once; asked again it says undefined.
  const certificate = secured.getPeerX509Certificate();
  found.certificate = certificate ? certificateFacts(certificate) : null;
  const wrong = certificateFinding(secured, found.certificate, settings.tls.verify);
  if (wrong) return { finding: wrong };
  return describeTls(secured, found.certificate, settings.tls.verify);
}

function describeTls(secured: TLSSocket, facts: CertificateFacts | null, verify: boolean): Outcome {
  const protocol = (secured.getProtocol() ?? "TLS").replace(/^TLSv/, "TLS ");
  const days = facts ? `, ${facts.days} ${facts.days === 1 ? "day" : "days"} from now, issued by ${facts.issuer}` : "";
  const valid = facts ? `, certificate valid until ${facts.until}${days}` : "";
  const unverified = verify ? "" : "; not verified, as configured";
  return { text: `${protocol}${valid}${unverified}`, warned: !verify || (facts !== null && facts.days < 30) };
}

/** A handshake that failed: because no TLS is spoken there, or because the broker did not take our certificate. */
async function handshakeFinding(climb: Climb, error: Error): Promise<Finding> {
  const alert = await alertFinding(climb, `${(error as NodeJS.ErrnoException).code} ${error.message}`);
  if (alert) return alert;
  const speaker = await secondLook(climb.probe.address, false);
  if (speaker.kind === "kafka") return { kind: "tls-not-spoken" };
  if (speaker.kind === "http") return { kind: "http" };
  if (speaker.kind === "foreign" || speaker.kind === "silent") return speaker;
  return { kind: "tls-other", words: (error as NodeJS.ErrnoException).code ?? error.message };
}

/** With TLS 1.3 a broker refuses a client's certificate only after the client thinks that all is well: as an alert at the first read. */
async function alertFinding({ settings }: Climb, words: string): Promise<Finding | null> {
  const alert = /alert[ _]([a-z_ ]+)/i.exec(words)?.[1]?.replaceAll("_", " ").toLowerCase().trim();
  if (!alert || !/certificate|unknown ca|handshake failure|access denied/.test(alert)) return null;
  if (!settings.tls?.cert) return { kind: "client-certificate-missing" };
  try {
    const certificate = new X509Certificate(await readSecret(settings.tls.cert));
    return { kind: "client-certificate-refused", words: alert, certificate: certificateFacts(certificate) };
  } catch {
    return { kind: "client-certificate-refused", words: alert };
  }
}

async function sayHello(climb: Climb): Promise<Outcome> {
  if (!climb.socket) return { text: "" };
  const answer = await greet(climb.socket, climb.signal);
  if (answer.kind === "kafka") return { text: "" };
  if (answer.kind === "http") return { finding: { kind: "http" } };
  if (answer.kind === "foreign") return { finding: { kind: "foreign", words: answer.words } };
  if (answer.kind === "silent") return { finding: { kind: "silent" } };
  if (answer.kind === "tls") return { finding: { kind: "tls-wanted" } };
  if (climb.settings.tls) return { finding: (await alertFinding(climb, answer.words)) ?? { kind: "closed" } };
  // A TLS listener closes what does not begin with a handshake.
  const speaker = await secondLook(climb.probe.address, true);
  return { finding: { kind: speaker.kind === "tls" ? "tls-wanted" : "closed" } };
}

/** What is spoken instead of what was configured: a fresh connection, with TLS or without, that says hello. */
async function secondLook(address: Address, withTls: boolean) {
  const signal = AbortSignal.timeout(SECOND_LOOK_MS);
  const socket = await dial(address, signal);
  if ("kind" in socket) return { kind: "closed" as const, words: "" };
  try {
    if (!withTls) return await greet(socket, signal);
    const secured = await within(secure(socket, {}, address.host), SECOND_LOOK_MS).catch((error: Error) => error);
    // An alert is an answer in TLS too: a listener that wants a client certificate gives one.
    const isTls = !(secured instanceof Error) || /alert/i.test(secured.message);
    return isTls ? { kind: "tls" as const } : { kind: "closed" as const, words: "" };
  } finally {
    socket.destroy();
  }
}

async function logIn(climb: Climb): Promise<Outcome> {
  const { settings, probe: found } = climb;
  try {
    found.connection = await connect(settings, found.address, CLIENT_ID, climb.timeLeft());
  } catch (error) {
    return { finding: loginFinding(error) };
  }
  const { sasl } = settings;
  if (!sasl) return { text: "" };
  const user = "username" in sasl ? sasl.username : "clientId" in sasl ? sasl.clientId : null;
  return { text: user ? `${sasl.mechanism} as ${user}` : `${sasl.mechanism} with a token` };
}

async function askVersions(climb: Climb): Promise<Outcome> {
  const { connection } = climb.probe;
  if (!connection) return { text: "" };
  try {
    climb.probe.versions = await readApiVersions(connection, climb.timeLeft());
  } catch (error) {
    const finding = loginFinding(error);
    // A refused token is answered with reasons and no error code (RFC 7628), and whatever follows is hung up on.
    const isToken = climb.settings.sasl?.mechanism === "OAUTHBEARER" && finding.kind === "closed";
    return { finding: isToken ? { kind: "login-refused" } : finding };
  }
  return { text: `${climb.probe.versions.apiKeys.length} APIs` };
}

type Linked = { cause?: unknown; errors?: unknown; response?: { errorCode?: unknown; mechanisms?: unknown } };

function* linksOf(error: unknown, depth = 0): Generator<Linked> {
  if (typeof error !== "object" || error === null || depth > 8) return;
  yield error as Linked;
  yield* linksOf((error as Linked).cause, depth + 1);
  const inner = (error as Linked).errors;
  if (Array.isArray(inner)) for (const one of inner) yield* linksOf(one, depth + 1);
}

/** SaslHandshake refuses with 33 (mechanism not enabled, and the enabled ones) or 34 (a listener without SASL). */
function loginFinding(error: unknown): Finding {
  for (const link of linksOf(error)) {
    const response = link.response;
    if (response?.errorCode === 33) return { kind: "mechanism", mechanisms: mechanismsIn(response) };
    if (response?.errorCode === 34) return { kind: "login-not-wanted" };
    const detail = problemOf(link)?.detail;
    if (detail?.startsWith("The token endpoint")) return { kind: "token", words: detail };
  }
  const problem = problemOf(error);
  if (problem?.code === "login-refused") return { kind: "login-refused", ...words(problem.detail) };
  if (problem?.code === "broker-timeout") return { kind: "silent" };
  if (problem?.code === "broker-unreachable") return { kind: "closed" };
  return { kind: "other", ...words(problem?.detail ?? (error instanceof Error ? error.message : undefined)) };
}

const words = (given: string | undefined) => (given ? { words: given } : {});

const mechanismsIn = (response: { mechanisms?: unknown }): string[] =>
  Array.isArray(response.mechanisms) ? response.mechanisms.map(String) : [];

/** Which mechanisms a listener offers, asked without a login; null where it wants none. For a broker that hung up on a request. */
export async function offeredMechanisms(settings: ClusterSettings, address: Address): Promise<string[] | null> {
  const kafka = await import("@platformatic/kafka");
  const connection = await connect(settings, address, CLIENT_ID, SECOND_LOOK_MS);
  try {
    const answer = await within(kafka.saslHandshakeV1.api.async(connection, "PLAIN"), SECOND_LOOK_MS);
    return mechanismsIn(answer);
  } catch (error) {
    const finding = loginFinding(error);
    return finding.kind === "mechanism" ? (finding.mechanisms ?? []) : null;
  } finally {
    closeQuietly(connection);
  }
}
