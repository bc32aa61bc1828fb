import type { DoctorListener, DoctorReport, DoctorStep } from "@/lib/api/clusters";
import { duration } from "@/lib/format";

/** What each step is called once it passed. */
export const stepNames = {
  config: "Config read",
  name: "Name resolved",
  tcp: "TCP connected",
  tls: "TLS agreed",
  sasl: "Logged in",
  "api-versions": "ApiVersions answered",
  metadata: "Metadata answered",
  listeners: "Advertised listeners reachable",
} as const satisfies Record<DoctorStep["step"], string>;

export const statusOf = { ok: "passed", warned: "warned", failed: "failed", skipped: "skipped" } as const;

/** Whole milliseconds below one second; nothing for a step that was not tried. */
export const took = (milliseconds: number | null): string =>
  milliseconds === null
    ? ""
    : milliseconds < 1_000
      ? `${Math.max(1, Math.round(milliseconds))} ms`
      : duration(milliseconds);

/** `1 of 8 checks failed`. */
export function verdictOf({ steps }: DoctorReport): { tone: "bad" | "warn" | "ok"; text: string } {
  const count = (state: DoctorStep["state"]) => steps.filter((step) => step.state === state).length;
  if (count("failed") > 0) return { tone: "bad", text: `${count("failed")} of ${steps.length} checks failed` };
  if (count("warned") > 0) return { tone: "warn", text: `${count("warned")} of ${steps.length} checks needs a look` };
  return { tone: "ok", text: "All checks passed" };
}

export type Detour = {
  self: string;
  bootstrap: string;
  broker: number;
  advertised: string;
  heading: string;
  outcome: string;
};

const outcomes: Partial<Record<string, { heading: string; outcome: string }>> = {
  "connection-refused": { heading: "Nothing listens here", outcome: "connects there, refused" },
  "name-not-resolved": { heading: "No such name here", outcome: "looks it up, in vain" },
  "broker-timeout": { heading: "Nothing answers here", outcome: "connects there, no answer" },
  "broker-unreachable": { heading: "No way there from here", outcome: "connects there, no way" },
  "not-kafka": { heading: "Something else listens here", outcome: "connects there, not Kafka" },
};

/** What the drawing shows: a broker that answered at one address and sent Kafdeck to another. Null where that is not the story. */
export function detourOf({ steps, listeners, self }: DoctorReport): Detour | null {
  const bootstrap = steps.find(({ step, state }) => step === "tcp" && state === "ok")?.target;
  const lost = listeners.find(({ reached, address }) => !reached && address !== bootstrap);
  const words = lost?.problem && outcomes[lost.problem.code];
  return lost && words && bootstrap && self
    ? { self, bootstrap, broker: lost.broker, advertised: lost.address, ...words }
    : null;
}

const marks = { ok: "ok    ", warned: "look  ", failed: "FAILED", skipped: "-     " } as const;
const plain = (text: string) => text.replaceAll("`", "");

const stepLine = ({ step, state, text, milliseconds }: DoctorStep) =>
  `${marks[state]}  ${stepNames[step].padEnd(31)} ${text}${milliseconds === null ? "" : ` (${took(milliseconds)})`}`;

const listenerLine = ({ broker, address, reached, text, milliseconds }: DoctorListener) =>
  `${reached ? marks.ok : marks.failed}  broker ${broker} at ${address}: ${text}${milliseconds === null ? "" : ` (${took(milliseconds)})`}`;

/** The report as text, for a ticket or a chat. It holds no password and no certificate, because the report holds none. */
export function reportText(cluster: string, report: DoctorReport): string {
  const { advice, consequence } = report;
  const change = [advice?.setting, advice?.before && `- ${advice.before}`, advice?.after && `+ ${advice.after}`];
  return [
    `Kafdeck, connection doctor: ${cluster}`,
    `Checked at ${report.checkedAt}${report.self ? ` from ${report.self}` : ""}. ${verdictOf(report).text}.`,
    "",
    ...report.steps.map(stepLine),
    ...(report.listeners.length > 0 ? ["", ...report.listeners.map(listenerLine)] : []),
    ...otherServers(report).flatMap(({ address, steps }) => [
      "",
      `Bootstrap server ${address}`,
      ...steps.map(stepLine),
    ]),
    ...(advice ? ["", "What to change", ...advice.sentences.map(plain), ...change.filter(Boolean)] : []),
    ...(consequence ? ["", "Until then", plain(consequence)] : []),
  ].join("\n");
}

/** Bootstrap servers besides the one that the steps are about, where at least one of them failed. */
export function otherServers({ bootstrap, steps }: DoctorReport): DoctorReport["bootstrap"] {
  const target = steps.find((step) => step.target !== null)?.target;
  const others = bootstrap.filter(({ address }) => address !== target);
  return others.some((one) => failedStep(one)) ? others : [];
}

export const failedStep = ({ steps }: { steps: DoctorStep[] }): DoctorStep | undefined =>
  steps.find(({ state }) => state === "failed");
