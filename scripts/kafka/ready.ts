import { connect, type Socket } from "node:net";

/** Who answers SASL PLAIN on a secured listener. */
export type PlainLogin = { username: string; password: string };

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** Sends one request (KIP-35 header version 1) and gives back the answer's body, without the correlation id. */
function request(socket: Socket, apiKey: number, version: number, body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const take = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      socket.off("data", take);
      resolve(received.subarray(8));
    };
    socket.on("data", take);
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("the broker closed the connection")));
    const message = Buffer.concat([int16(apiKey), int16(version), int32(1), text("kafdeck-start"), body]);
    socket.write(Buffer.concat([int32(message.length), message]));
  });
}

async function logIn(socket: Socket, { username, password }: PlainLogin): Promise<void> {
  await request(socket, 17, 1, text("PLAIN"));
  const token = Buffer.from(`\0${username}\0${password}`);
  const answer = await request(socket, 36, 0, Buffer.concat([int32(token.length), token]));
  if (answer.readInt16BE(0) !== 0) throw new Error("the broker refused the login");
}

/** Metadata version 1 without topics: the ids of the brokers that this broker knows to be alive. */
async function askBrokers(port: number, login: PlainLogin | null): Promise<number[]> {
  const socket = connect({ host: "127.0.0.1", port });
  socket.setTimeout(2000, () => socket.destroy(new Error("the broker did not answer within 2 s")));
  try {
    if (login) await logIn(socket, login);
    const answer = await request(socket, 3, 1, int32(0));
    const ids: number[] = [];
    let at = 4;
    for (let index = 0; index < answer.readInt32BE(0); index++) {
      ids.push(answer.readInt32BE(at));
      at += 4;
      at += 2 + answer.readInt16BE(at) + 4;
      at += 2 + Math.max(0, answer.readInt16BE(at));
    }
    return ids;
  } finally {
    socket.destroy();
  }
}

/**
 * Waits until the broker on this port answers Metadata with all of these brokers in it.
 * @param gone Says why to give up, such as that the process ended; null while there is hope.
 */
export async function untilReady(
  port: number,
  expected: readonly number[],
  login: PlainLogin | null,
  gone: () => string | null,
  deadline = 60_000,
): Promise<void> {
  const end = Date.now() + deadline;
  let last = "nothing yet";
  while (Date.now() < end) {
    const lost = gone();
    if (lost !== null) throw new Error(lost);
    try {
      const known = await askBrokers(port, login);
      if (expected.every((id) => known.includes(id))) return;
      last = `it knows brokers ${known.join(", ")}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the broker on port ${port} was not ready after ${deadline} ms: ${last}`);
}
