import type { DoctorAdvice, DoctorStep } from "../../api/clusters.ts";
import type { ProblemCode } from "../../api/problem-codes.ts";

/** What can stand in the way between Kafdeck and one broker. */
export type FindingKind =
  | "unreadable-secret"
  | "unusable-certificate"
  | "no-such-name"
  | "refused"
  | "no-connection"
  | "unreachable"
  | "tls-not-spoken"
  | "tls-wanted"
  | "tls-other"
  | "expired"
  | "not-yet-valid"
  | "unknown-authority"
  | "other-name"
  | "client-certificate-missing"
  | "client-certificate-refused"
  | "http"
  | "foreign"
  | "silent"
  | "closed"
  | "login-refused"
  | "login-wanted"
  | "login-not-wanted"
  | "mechanism"
  | "token"
  | "other";

/** `from` and `until` are days, `days` those left (negative: days since the end). Nothing in here is a secret. */
export type CertificateFacts = { from: string; until: string; days: number; issuer: string; names: string[] };

export type Finding = {
  kind: FindingKind;
  /** What the operating system, OpenSSL, the other side or the broker said. */
  words?: string;
  /** The SASL mechanisms that the broker offers. */
  mechanisms?: string[];
  certificate?: CertificateFacts;
};

/** The way that was tried, as far as a sentence about it needs to know it. */
export type Way = {
  address: string;
  host: string;
  /** The name that the broker's certificate must carry. */
  expected: string;
  /** `clusters[0] of kafdeck.yaml`, or `the environment`. */
  origin: string;
  mechanism: string | null;
  user: string | null;
  tls: boolean;
  clientCertificate: boolean;
  ownAuthority: boolean;
};

export type Explanation = {
  step: DoctorStep["step"] | null;
  code: ProblemCode;
  /** A few words for the row of the step; the sentences say what to do. */
  text: (finding: Finding, way: Way) => string;
  advice: (finding: Finding, way: Way) => Partial<DoctorAdvice> & { sentences: string[] };
};

const variables = {
  bootstrap: "KAFKA_BROKERS",
  tls: "KAFKA_TLS",
  "tls.ca": "KAFKA_CA_FILE",
  "tls.cert": "KAFKA_CERT_FILE",
  "tls.key": "KAFKA_KEY_FILE",
  "tls.serverName": "KAFKA_TLS_SERVER_NAME",
  sasl: "KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD",
  "sasl.mechanism": "KAFKA_SASL_MECHANISM",
  "sasl.password": "KAFKA_SASL_PASSWORD",
  "sasl.tokenUrl": "KAFKA_SASL_OAUTH_TOKEN_URL",
} as const;

const fileOf = (origin: string) => /^(\S+) of (.*)$/.exec(origin);

/** Where a setting of this cluster is written: a variable, or a path in the file. */
export function place(way: Pick<Way, "origin">, key: keyof typeof variables): string {
  const [, path, file] = fileOf(way.origin) ?? [];
  return path && file ? `\`${path}.${key}\` in ${file.split(/[\\/]/).at(-1)}` : `\`${variables[key]}\``;
}

/** The line to write, in the words of the file or of the environment. */
export function line(way: Way, key: keyof typeof variables, value: string): Partial<DoctorAdvice> {
  const [, path, file] = fileOf(way.origin) ?? [];
  if (!path || !file) return { setting: "Environment", after: `${variables[key]}=${value}` };
  const isFile = value.startsWith("/");
  const words = isFile ? `{ file: ${value} }` : value;
  const after = key.startsWith("tls.")
    ? `tls: { ${key.slice(4)}: ${words} }`
    : `${key.replace(/^sasl\./, "sasl: { ")}: ${words}${key.startsWith("sasl.") ? " }" : ""}`;
  return { setting: `${file.split(/[\\/]/).at(-1)}, ${path}`, after };
}

export const list = (items: string[]): string =>
  items.length < 2 ? (items[0] ?? "none") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

export const daysAgo = (days: number): string =>
  days === 0 ? "today" : days === 1 ? "1 day ago" : `${days.toLocaleString("en-GB").replaceAll(",", " ")} days ago`;
