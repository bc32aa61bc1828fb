import type { X509Certificate } from "node:crypto";
import { connect as openSocket, type Socket } from "node:net";
import { connect as openTls, type TLSSocket } from "node:tls";
import type { Address } from "./connect.ts";
import type { CertificateFacts, Finding } from "./plan/doctor-way.ts";
import { greeting, recognise, type Speaker } from "./plan/greeting.ts";

const DAY_MS = 86_400_000;

/** A TCP connection, or the finding that says why not. Rejects only when `signal` aborts, and then leaves nothing open. */
export function dial(address: Address, signal: AbortSignal): Promise<Socket | Finding> {
  return new Promise((resolve) => {
    const socket = openSocket({ host: address.host, port: address.port, autoSelectFamily: true });
    const settle = (outcome: Socket | Finding) => {
      signal.removeEventListener("abort", stop);
      socket.removeAllListeners("error");
      socket.on("error", () => {});
      if (outcome !== socket) socket.destroy();
      resolve(outcome);
    };
    const stop = () => settle({ kind: "no-connection" });
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) return stop();
    socket.once("connect", () => settle(socket));
    socket.once("error", (error: NodeJS.ErrnoException) => settle(dialFinding(error)));
  });
}

/** Happy eyeballs put several failures into one; the first tells as much as all. */
function dialFinding(error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }): Finding {
  const code = error.errors?.[0]?.code ?? error.code ?? "";
  if (code === "ECONNREFUSED") return { kind: "refused" };
  if (code === "ETIMEDOUT") return { kind: "no-connection" };
  return { kind: "unreachable", words: code };
}

/**
 * TLS on an open socket. The certificate is read though it may not be trusted: what is wrong with it is what the operator needs
 * to know. Gives the secured socket, or the error of the handshake.
 */
export function secure(socket: Socket, options: Record<string, unknown>, host: string): Promise<TLSSocket | Error> {
  return new Promise((resolve) => {
    const secured = openTls({ ...options, socket, host, rejectUnauthorized: false });
    const settle = (outcome: TLSSocket | Error) => {
      secured.removeAllListeners("error");
      secured.on("error", () => {});
      resolve(outcome);
    };
    secured.once("secureConnect", () => settle(secured));
    secured.once("error", settle);
    secured.once("close", () => settle(new Error("the other side closed the connection")));
  });
}

/** Says the greeting and tells who answered; `silent` after the signal's end, an error's words when the socket broke. */
export function greet(
  socket: Socket,
  signal: AbortSignal,
): Promise<Speaker | { kind: "silent" | "closed"; words: string }> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const settle = (outcome: Speaker | { kind: "silent" | "closed"; words: string }) => {
      signal.removeEventListener("abort", stop);
      resolve(outcome);
    };
    const stop = () => settle({ kind: "silent", words: "" });
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) return stop();
    socket.on("data", (part: Buffer) => {
      parts.push(part);
      const speaker = recognise(Buffer.concat(parts));
      if (speaker) settle(speaker);
    });
    socket.once("error", (error: NodeJS.ErrnoException) =>
      settle({ kind: "closed", words: error.code ?? error.message }),
    );
    socket.once("close", () => settle({ kind: "closed", words: "" }));
    socket.write(greeting());
  });
}

/** What may be told of a certificate: never its key, never the certificate itself. */
export function certificateFacts(certificate: X509Certificate, now: number = Date.now()): CertificateFacts {
  const names = (certificate.subjectAltName ?? "")
    .split(/,\s*/)
    .map((entry) => entry.replace(/^(DNS|IP Address):/, ""))
    .filter(Boolean);
  const subject = commonName(certificate.subject);
  const until = new Date(certificate.validTo);
  return {
    from: new Date(certificate.validFrom).toISOString().slice(0, 10),
    until: until.toISOString().slice(0, 10),
    days: Math.floor((until.getTime() - now) / DAY_MS),
    issuer: commonName(certificate.issuer) ?? "an authority without a name",
    names: names.length > 0 ? names : subject ? [subject] : [],
  };
}

const commonName = (subject: string | undefined): string | null =>
  /(?:^|\n)CN=(.*)/.exec(subject ?? "")?.[1] ?? /(?:^|\n)O=(.*)/.exec(subject ?? "")?.[1] ?? null;

const byVerifyCode: Record<string, Finding["kind"]> = {
  CERT_HAS_EXPIRED: "expired",
  CERT_NOT_YET_VALID: "not-yet-valid",
  ERR_TLS_CERT_ALTNAME_INVALID: "other-name",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unknown-authority",
  UNABLE_TO_GET_ISSUER_CERT: "unknown-authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unknown-authority",
  SELF_SIGNED_CERT_IN_CHAIN: "unknown-authority",
  DEPTH_ZERO_SELF_SIGNED_CERT: "unknown-authority",
};

/** What is wrong with the certificate the broker showed; null for nothing, or where the configuration does not verify. */
export function certificateFinding(
  secured: TLSSocket,
  certificate: CertificateFacts | null,
  verify: boolean,
): Finding | null {
  const given = secured.authorizationError as unknown;
  if (!verify || !given) return null;
  const code = typeof given === "string" ? given : String((given as NodeJS.ErrnoException).code ?? given);
  return { kind: byVerifyCode[code] ?? "tls-other", words: code, ...(certificate ? { certificate } : {}) };
}
