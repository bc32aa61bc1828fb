import type { DoctorAdvice, DoctorStep } from "../../api/clusters.ts";
import type { ProblemCode } from "../../api/problem-codes.ts";
import { tlsExplanations } from "./doctor-tls.ts";
import { type Explanation, type Finding, type FindingKind, line, list, place, type Way } from "./doctor-way.ts";

const firewall =
  "A firewall that drops packets, a wrong address or a broker that is stopped look like this from outside.";

/** One entry for each thing that can stand in the way: at which step it shows, what to call it and what to change. */
const explanations: Record<FindingKind, Explanation> = {
  ...tlsExplanations,
  "unreadable-secret": {
    step: "config",
    code: "tls-failed",
    text: ({ words }) => words ?? "a file of the configuration cannot be read",
    advice: () => ({
      sentences: [
        "The configuration names a file that Kafdeck cannot read.",
        "Check the path and that the user Kafdeck runs as may read it.",
      ],
    }),
  },
  "unusable-certificate": {
    step: "config",
    code: "tls-failed",
    text: ({ words }) => `the configured certificate or key cannot be used: ${words}`,
    advice: (_, way) => ({
      sentences: [
        "A certificate, key or passphrase of the configuration does not fit or is not PEM.",
        `Check ${place(way, "tls.ca")}, ${place(way, "tls.cert")} and ${place(way, "tls.key")}: the key must belong to the certificate.`,
      ],
    }),
  },
  "no-such-name": {
    step: "name",
    code: "name-not-resolved",
    text: (_, way) => `${way.host} cannot be resolved`,
    advice: (_, way) => ({
      sentences: [
        `The machine Kafdeck runs on cannot resolve \`${way.host}\`.`,
        `Check the spelling in ${place(way, "bootstrap")}. A name that only exists inside Docker or Kubernetes needs Kafdeck in the same network, or another listener of the broker.`,
      ],
    }),
  },
  refused: {
    step: "tcp",
    code: "connection-refused",
    text: () => "refused: nothing listens there",
    advice: (_, way) => ({
      sentences: [
        `Nothing listens at \`${way.address}\`: the machine answers, the port does not.`,
        `Start the broker, or correct the port in ${place(way, "bootstrap")}. The broker's own setting is \`listeners\`.`,
      ],
    }),
  },
  "no-connection": {
    step: "tcp",
    code: "broker-timeout",
    text: () => "no connection in time",
    advice: (_, way) => ({
      sentences: [
        `\`${way.address}\` does not answer at all. ${firewall}`,
        `Check ${place(way, "bootstrap")}, and that this port is open from here.`,
      ],
    }),
  },
  unreachable: {
    step: "tcp",
    code: "broker-unreachable",
    text: ({ words }) => `not reachable${words ? `: ${words}` : ""}`,
    advice: (_, way) => ({
      sentences: [
        `There is no way from here to \`${way.address}\`.`,
        "Check the route, the VPN and the network Kafdeck runs in.",
      ],
    }),
  },
  http: {
    step: "api-versions",
    code: "not-kafka",
    text: () => "an HTTP server answers on this port",
    advice: (_, way) => ({
      sentences: [
        `What listens at \`${way.address}\` speaks HTTP, not Kafka. It may be a registry, a REST proxy, a metrics port or another web UI.`,
        `Correct the port in ${place(way, "bootstrap")}; Kafka's is usually 9092 (plain text) or 9093 (TLS).`,
      ],
    }),
  },
  foreign: {
    step: "api-versions",
    code: "not-kafka",
    text: ({ words }) => `what answers is not Kafka${words ? `: "${words}"` : ""}`,
    advice: (_, way) => ({
      sentences: [
        `What listens at \`${way.address}\` answers in words that are not Kafka's.`,
        `Correct the host and port in ${place(way, "bootstrap")}.`,
      ],
    }),
  },
  silent: {
    step: "api-versions",
    code: "broker-timeout",
    text: () => "it accepts the connection and never answers",
    advice: (_, way) => ({
      sentences: [
        `\`${way.address}\` accepts connections but does not answer: the process is stopped, starved of memory or processor, or not a Kafka broker.`,
        "Look at the broker's process and log. A paused virtual machine or container and a long garbage collection look the same.",
      ],
    }),
  },
  closed: {
    step: null,
    code: "broker-unreachable",
    text: () => "the broker closed the connection",
    advice: (_, way) => ({
      sentences: [
        `\`${way.address}\` accepts the connection and closes it at the first request.`,
        "The broker's log says why. A load balancer without a live broker behind it, or `max.connections` of the broker, does this too.",
      ],
    }),
  },
  "login-refused": {
    step: "sasl",
    code: "login-refused",
    text: (_, way) => `${way.mechanism} login${way.user ? ` of ${way.user}` : ""} refused`,
    advice: ({ words }, way) => ({
      sentences: [
        way.mechanism === "OAUTHBEARER"
          ? `The broker did not accept the token${words ? ` ("${words}")` : ""}.`
          : `The user name or the password for ${way.mechanism} was not accepted.`,
        way.mechanism === "OAUTHBEARER"
          ? `Check the audience, the scope and the issuer that the broker's listener expects, and ${place(way, "sasl.tokenUrl")}.`
          : `Check ${place(way, "sasl.password")}. ${way.mechanism === "PLAIN" ? "The broker keeps its users in `sasl.jaas.config` of the listener." : `The user must exist for exactly this mechanism: \`kafka-configs.sh --describe --entity-type users --entity-name ${way.user}\` tells.`}`,
      ],
    }),
  },
  "login-wanted": {
    step: "sasl",
    code: "login-refused",
    text: ({ mechanisms }) => `the broker wants a login (${list(mechanisms ?? [])}), and none is configured`,
    advice: ({ mechanisms }, way) => ({
      sentences: [
        `\`${way.address}\` is a listener with SASL. It offers ${list(mechanisms ?? [])}.`,
        `Set ${place(way, "sasl")}:`,
      ],
      ...line(way, "sasl.mechanism", mechanisms?.[0] ?? "PLAIN"),
    }),
  },
  "login-not-wanted": {
    step: "sasl",
    code: "login-refused",
    text: () => "the listener takes no login, and one is configured",
    advice: (_, way) => ({
      sentences: [
        `\`${way.address}\` is a listener without SASL (PLAINTEXT or SSL).`,
        `Use the port of the listener with SASL in ${place(way, "bootstrap")}, or take ${place(way, "sasl")} out.`,
      ],
    }),
  },
  mechanism: {
    step: "sasl",
    code: "login-refused",
    text: ({ mechanisms }, way) => `${way.mechanism} is not enabled; the broker offers ${list(mechanisms ?? [])}`,
    advice: ({ mechanisms }, way) => ({
      sentences: [
        `The listener at \`${way.address}\` offers ${list(mechanisms ?? [])}, and Kafdeck is told to use ${way.mechanism}.`,
        `Change ${place(way, "sasl.mechanism")}, or add ${way.mechanism} to \`sasl.enabled.mechanisms\` of the broker:`,
      ],
      ...line(way, "sasl.mechanism", mechanisms?.[0] ?? "PLAIN"),
      before: line(way, "sasl.mechanism", way.mechanism ?? "").after ?? null,
    }),
  },
  token: {
    step: "sasl",
    code: "login-refused",
    text: ({ words }) => words ?? "no token could be had",
    advice: (_, way) => ({
      sentences: [
        "Before the login Kafdeck asks the token endpoint for a token, and that failed. The broker was not asked.",
        `Check ${place(way, "sasl.tokenUrl")}, the client id and the client secret.`,
      ],
    }),
  },
  other: {
    step: null,
    code: "broker-unreachable",
    text: ({ words }) => words ?? "failed",
    advice: () => ({
      sentences: ["The words beside the failed step are all that is known.", "The broker's log may say more."],
    }),
  },
};

/** The step at which a finding shows, where the step it was met at is another. */
export const stepOf = (finding: Finding): DoctorStep["step"] | null => explanations[finding.kind].step;

export const codeOf = (finding: Finding): ProblemCode => explanations[finding.kind].code;

export const textOf = (finding: Finding, way: Way): string => explanations[finding.kind].text(finding, way);

/** What to change so that the way gets beyond this finding. */
export const adviceFor = (finding: Finding, way: Way): DoctorAdvice => ({
  setting: null,
  before: null,
  after: null,
  note: null,
  ...explanations[finding.kind].advice(finding, way),
});
