import { readFile } from "node:fs/promises";
import type { ProtobufSettings } from "./decode/how.ts";

/** A secret or certificate: given inline, or in a file that is read again at each new connection (so rotation needs no restart). */
export type Secret = { value: string } | { file: string };

export type TlsSettings = {
  ca: Secret | null;
  cert: Secret | null;
  key: Secret | null;
  passphrase: Secret | null;
  /** false accepts any certificate; null CA then means the system's. */
  verify: boolean;
  /** The name the certificate must carry, where it is not the host's. */
  serverName: string | null;
};

export type SaslSettings =
  | { mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512"; username: string; password: Secret }
  | { mechanism: "OAUTHBEARER"; token: Secret }
  | {
      mechanism: "OAUTHBEARER";
      tokenUrl: string;
      clientId: string;
      clientSecret: Secret;
      scope: string | null;
      audience: string | null;
    };

/** What searches may take of a cluster. */
export type SearchLimits = {
  /** Fetched by all searches together, before unpacking; null: as fast as it goes. */
  scanBytesPerSecond: number | null;
  /** Searches that run at once; others wait for them. */
  scansPerCluster: number;
};

/** As many as there are workers. */
export const DEFAULT_LIMITS: SearchLimits = { scanBytesPerSecond: null, scansPerCluster: 2 };

/** One configured cluster. Made by the configuration reader; nothing here reaches the browser but what `ClusterCard` names. */
export type ClusterSettings = {
  name: string;
  label: string | null;
  colour: "grey" | "green" | "amber" | "red" | "blue" | "violet" | null;
  readOnly: boolean;
  readOnlyReason: string | null;
  bootstrap: string[];
  tls: TlsSettings | null;
  sasl: SaslSettings | null;
  /** Descriptor files of Protobuf payloads and the topics they are for; null: none. */
  protobuf: ProtobufSettings | null;
  limits: SearchLimits;
  /** Where Kafdeck runs, as brokers name it in broker.rack: searches read from a replica there (KIP-392). null: from leaders. */
  rack: string | null;
  /** Where the settings were read, for messages: `clusters[0] of kafdeck.yaml`. */
  origin: string;
};

/** The text of a secret, without the line break that editors leave at the end of a file. */
export async function readSecret(secret: Secret): Promise<string> {
  return "value" in secret ? secret.value : (await readFile(secret.file, "utf8")).replace(/\r?\n$/, "");
}

/** How a cluster is spoken to, in Kafka's words: `SASL_SSL, SCRAM-SHA-512`. */
export function securityName(settings: Pick<ClusterSettings, "tls" | "sasl">): string {
  const protocol = `${settings.sasl ? "SASL_" : ""}${settings.tls ? "SSL" : "PLAINTEXT"}`;
  return settings.sasl ? `${protocol}, ${settings.sasl.mechanism}` : protocol;
}

/** `host:port` taken apart; IPv6 hosts come in brackets. A port that is missing is 9092. */
export function parseAddress(address: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(address.trim());
  return { host: match?.[1] ?? match?.[2] ?? address, port: Number(match?.[3] ?? 9092) };
}
