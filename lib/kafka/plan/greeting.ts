/**
 * The first words of a connection. ApiVersions version 0 is the one request that every broker since 0.10 answers, before TLS
 * certificates or logins are asked about; what comes back tells what kind of server listens.
 */
const CLIENT = Buffer.from("kafdeck");
const CORRELATION = 0x6b61_6664;

/** An ApiVersions request, version 0, with its length in front. */
export function greeting(): Buffer {
  const frame = Buffer.alloc(14 + CLIENT.length);
  frame.writeInt32BE(frame.length - 4, 0);
  frame.writeInt16BE(18, 4);
  frame.writeInt16BE(0, 6);
  frame.writeInt32BE(CORRELATION, 8);
  frame.writeInt16BE(CLIENT.length, 12);
  CLIENT.copy(frame, 14);
  return frame;
}

export type Speaker = { kind: "kafka" } | { kind: "http" } | { kind: "tls" } | { kind: "foreign"; words: string };

/** What kind of server answered the greeting with these bytes; null while there are too few to tell. */
export function recognise(bytes: Buffer): Speaker | null {
  // A TLS alert or handshake record: 0x15 or 0x16, then the version 3.x.
  if (bytes.length >= 2 && (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3) return { kind: "tls" };
  if (bytes.length >= 5 && bytes.toString("latin1", 0, 5) === "HTTP/") return { kind: "http" };
  if (bytes.length < 8) return null;
  if (bytes.readInt32BE(4) === CORRELATION) return { kind: "kafka" };
  const words = bytes
    .subarray(0, 40)
    .toString("latin1")
    .replace(/[^ -~]+/g, " ")
    .trim();
  return { kind: "foreign", words };
}
