import type { Connection } from "@platformatic/kafka";
import { ProblemError, problemOf } from "../api/problem.ts";
import { translateFailure } from "./failures.ts";
import { type ClusterSettings, readSecret, type SaslSettings, type TlsSettings } from "./settings.ts";
import { oauthToken } from "./token.ts";

export type Address = { host: string; port: number };

/** No answer of a broker that we ask for comes near this; a larger length prefix is not Kafka (HTTP reads as 1.2 GB) or hostile. */
const MAX_FRAME_BYTES = 256 * 1024 * 1024;

/** TLS options for node:tls, files read now. Throws tls-failed naming the file that cannot be read. */
export async function tlsOptions(tls: TlsSettings, host: string): Promise<Record<string, unknown>> {
  const read = async (what: string, secret: TlsSettings["ca"]) => {
    if (!secret) return undefined;
    try {
      return await readSecret(secret);
    } catch (error) {
      const file = "file" in secret ? secret.file : "";
      throw new ProblemError(
        "tls-failed",
        `The ${what} file ${file} cannot be read.`,
        { todo: `Check tls.${what} and the file's permissions.` },
        error,
      );
    }
  };
  return {
    ca: await read("ca", tls.ca),
    cert: await read("cert", tls.cert),
    key: await read("key", tls.key),
    passphrase: await read("passphrase", tls.passphrase),
    rejectUnauthorized: tls.verify,
    // Node refuses an IP address as server name; the certificate is then checked against the address itself.
    servername: tls.serverName ?? (/^[\d.]+$|:/.test(host) ? "" : host),
  };
}

/** The login of a cluster as @platformatic/kafka takes it; secrets are read when the broker asks for them. */
export function saslOptions(sasl: SaslSettings) {
  if (sasl.mechanism !== "OAUTHBEARER") {
    const { mechanism, username, password } = sasl;
    return { mechanism, username, password: () => readSecret(password) };
  }
  return {
    mechanism: sasl.mechanism,
    token: () => oauthToken(sasl),
    // RFC 7628: a refused token is answered with a JSON reason and no error code; the client would take that for success.
    authBytesValidator: (reason: Buffer, done: (error: Error | null, bytes?: Buffer) => void) =>
      reason.length > 0
        ? done(new ProblemError("login-refused", `The token was refused: ${reason}`))
        : done(null, reason),
  };
}

/** Loads the client, which takes half a second, so that the first page need not wait for it. */
export const loadClient = (): Promise<unknown> => import("@platformatic/kafka");

/**
 * A connection to one broker: TCP, TLS and login done. Rejects with a ProblemError (name-not-resolved, connection-refused,
 * tls-failed, login-refused, broker-timeout ...) after at most `timeoutMs`.
 */
export async function connect(
  settings: ClusterSettings,
  address: Address,
  clientId: string,
  timeoutMs: number,
): Promise<Connection> {
  const kafka = await import("@platformatic/kafka");
  const connection = new kafka.Connection(clientId, {
    connectTimeout: timeoutMs,
    // Our own deadline ends a request first; this only frees what is left of it.
    requestTimeout: 60_000,
    maxInflights: 20,
    ...(settings.tls ? { tls: await tlsOptions(settings.tls, address.host) } : {}),
    ...(settings.sasl ? { sasl: saslOptions(settings.sasl) } : {}),
  });
  // Without a listener a late socket error would be an uncaught exception. Requests in flight are only told that it closed.
  connection.on("error", (error) => noteEnd(connection, error));
  try {
    const connected = connection.connect(address.host, address.port);
    guardFrames(connection);
    await connected;
    return connection;
  } catch (error) {
    closeQuietly(connection);
    throw endOf(connection) ?? translateFailure(error);
  }
}

const ends = new WeakMap<Connection, ProblemError>();

/** Why a connection ended, where that is known better than "closed": a TLS alert, an answer that is no Kafka frame. Else null. */
export const endOf = (connection: Connection): ProblemError | null => ends.get(connection) ?? null;

function noteEnd(connection: Connection, error: unknown): void {
  const found = problemOf(translateFailure(error));
  if (found && !ends.has(connection)) ends.set(connection, new ProblemError(found.code, found.detail, {}, error));
}

/** Closes the socket as soon as a first answer announces a frame that cannot be one, before anything is buffered for it. */
function guardFrames(connection: Connection): void {
  connection.socket?.once("data", (chunk: Buffer) => {
    // A TLS alert or handshake is told apart by the client itself.
    const isTls = chunk[0] === 0x15 || chunk[0] === 0x16;
    if (chunk.length < 4 || isTls || chunk.readUInt32BE(0) <= MAX_FRAME_BYTES) return;
    const words = chunk
      .subarray(0, 16)
      .toString("latin1")
      .replace(/[^ -~]+/g, " ")
      .trim();
    ends.set(connection, new ProblemError("not-kafka", `It answered "${words}".`));
    connection.socket.destroy();
  });
}

/** Ends a connection whose state nobody cares about any more. */
export function closeQuietly(connection: Connection): void {
  connection.close().catch(() => {});
  connection.socket?.destroy();
}
