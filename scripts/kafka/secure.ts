import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "./certificates.ts";
import type { Properties } from "./properties.ts";

/** Who a secured cluster knows. `admin` and `root` may do everything, the others what ACLs allow: at first nothing. */
export const users = {
  plain: { admin: "admin-secret", bob: "bob-secret" },
  scram256: { carol: "carol-secret" },
  scram512: { root: "root-secret", carol: "carol-secret" },
} as const;

/** The listeners of one secured broker, in the order in which their ports are given. */
export const secureListenerNames = ["SASL", "SASL_TLS", "MTLS", "OAUTH", "EXPIRED", "UNKNOWN"] as const;
export type SecureListener = (typeof secureListenerNames)[number];

const protocols: Record<SecureListener, string> = {
  SASL: "SASL_PLAINTEXT",
  SASL_TLS: "SASL_SSL",
  MTLS: "SSL",
  OAUTH: "SASL_PLAINTEXT",
  EXPIRED: "SSL",
  UNKNOWN: "SSL",
};

const plainModule = "org.apache.kafka.common.security.plain.PlainLoginModule required";
const scramModule = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
const bearerModule = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required";
const admin = `username="admin" password="${users.plain.admin}"`;
const known = Object.entries(users.plain)
  .map(([name, password]) => `user_${name}="${password}"`)
  .join(" ");

function saslListener(name: string): Properties {
  const prefix = `listener.name.${name.toLowerCase()}`;
  return {
    [`${prefix}.plain.sasl.jaas.config`]: `${plainModule} ${admin} ${known};`,
    [`${prefix}.scram-sha-256.sasl.jaas.config`]: scramModule,
    [`${prefix}.scram-sha-512.sasl.jaas.config`]: scramModule,
  };
}

function tlsListener(name: string, keystore: string, clientAuth: "required" | "none"): Properties {
  const prefix = `listener.name.${name.toLowerCase()}.ssl`;
  return { [`${prefix}.keystore.location`]: keystore, [`${prefix}.client.auth`]: clientAuth };
}

/** SASL PLAIN, SCRAM, TLS, mTLS, unsecured OAUTHBEARER and two listeners with bad certificates, under StandardAuthorizer. */
export function secureListeners(ports: readonly number[]): Properties {
  const listeners = secureListenerNames.map((name, index) => `${name}://127.0.0.1:${ports[index]}`).join(",");
  const map = secureListenerNames.map((name) => `${name}:${protocols[name]}`);
  return {
    listeners,
    "advertised.listeners": listeners,
    "inter.broker.listener.name": "SASL",
    "listener.security.protocol.map": ["CONTROLLER:SASL_PLAINTEXT", ...map].join(","),
  };
}

/** What every node of a secured cluster has beside its listeners. */
export function secureProperties(certificates: Certificates): Properties {
  return {
    "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
    "sasl.mechanism.inter.broker.protocol": "PLAIN",
    "sasl.mechanism.controller.protocol": "PLAIN",
    "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
    "listener.name.controller.plain.sasl.jaas.config": `${plainModule} ${admin} ${known};`,
    ...saslListener("SASL"),
    ...saslListener("SASL_TLS"),
    "ssl.keystore.type": "PEM",
    "ssl.keystore.location": certificates.server.keystore,
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": certificates.authority,
    ...tlsListener("SASL_TLS", certificates.server.keystore, "none"),
    ...tlsListener("MTLS", certificates.server.keystore, "required"),
    ...tlsListener("EXPIRED", certificates.expired.keystore, "none"),
    ...tlsListener("UNKNOWN", certificates.unknown.keystore, "none"),
    // The name of a certificate's user is its common name, wherever in the subject that stands.
    "ssl.principal.mapping.rules": "RULE:^(?:.*,)?CN=([^,]+).*$/$1/,DEFAULT",
    "listener.name.oauth.sasl.enabled.mechanisms": "OAUTHBEARER",
    "listener.name.oauth.oauthbearer.sasl.jaas.config": `${bearerModule} unsecuredLoginStringClaim_sub="admin";`,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:admin;User:root",
    "allow.everyone.if.no.acl.found": "false",
    "delegation.token.secret.key": "delegation-secret",
  };
}

/** SCRAM users exist before the first broker does: the storage is formatted with them. */
export const scramArguments = (): string[] =>
  [...scramOf("SCRAM-SHA-256", users.scram256), ...scramOf("SCRAM-SHA-512", users.scram512)].flatMap((user) => [
    "--add-scram",
    user,
  ]);

const scramOf = (mechanism: string, known: Record<string, string>): string[] =>
  Object.entries(known).map(([name, password]) => `${mechanism}=[name=${name},password=${password}]`);

/** Writes the client configuration with which Kafka's own commands act as `admin`. */
export function writeAdminConfig(directory: string): string {
  const path = join(directory, "admin.properties");
  writeFileSync(
    path,
    `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=${plainModule} ${admin};\n`,
  );
  return path;
}
