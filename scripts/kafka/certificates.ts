import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Paths of PEM files. A `keystore` is the key and its certificate in one file, as Kafka wants it. */
export type Certificates = {
  directory: string;
  /** The authority that signed all of these but `unknown`. */
  authority: string;
  server: Pair;
  /** A server certificate that ended in 2020. */
  expired: Pair;
  /** A server certificate of another authority, which no client here trusts. */
  unknown: Pair;
  /** Client certificates: `alice` and `stranger` are good, `late` has ended, `outsider` is of the other authority. */
  clients: Record<"alice" | "stranger" | "late" | "outsider", Pair>;
};
export type Pair = { certificate: string; key: string; keystore: string };

const serverUse = "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\nextendedKeyUsage=serverAuth,clientAuth\n";
const clientUse = "extendedKeyUsage=clientAuth\n";
const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

async function makeAuthority(directory: string, name: string): Promise<void> {
  const file = (extension: string) => join(directory, `${name}.${extension}`);
  const extensions = [
    "-addext",
    "basicConstraints=critical,CA:TRUE",
    "-addext",
    "keyUsage=critical,keyCertSign,cRLSign",
  ];
  const files = ["-keyout", file("key"), "-out", file("crt")];
  await execute("openssl", [
    "req",
    "-x509",
    ...newKey,
    "-sha256",
    "-days",
    "365",
    "-subj",
    `/CN=${name}`,
    ...files,
    ...extensions,
  ]);
  writeFileSync(file("index"), "");
  // `openssl ca` is the one command that signs for a time in the past, in every version of openssl.
  writeFileSync(
    file("conf"),
    `[ca]\ndefault_ca=here\n[here]\ndatabase=${file("index")}\nnew_certs_dir=${directory}\nrand_serial=yes\n` +
      `default_md=sha256\npolicy=any\ncertificate=${file("crt")}\nprivate_key=${file("key")}\nunique_subject=no\n` +
      "[any]\ncommonName=supplied\norganizationName=optional\n",
  );
}

type Signing = { name: string; subject: string; authority: string; use: string; ended?: boolean };

async function makePair(directory: string, { name, subject, authority, use, ended }: Signing): Promise<Pair> {
  const file = (extension: string) => join(directory, `${name}.${extension}`);
  const extensions = file("ext");
  writeFileSync(extensions, use);
  await execute("openssl", ["req", ...newKey, "-subj", subject, "-keyout", file("key"), "-out", file("csr")]);
  const time = ended ? ["-startdate", "20190101000000Z", "-enddate", "20200101000000Z"] : ["-days", "365"];
  const files = ["-in", file("csr"), "-out", file("crt"), "-extfile", extensions, "-notext", "-batch"];
  await execute("openssl", ["ca", "-config", join(directory, `${authority}.conf`), ...time, ...files]);
  writeFileSync(file("pem"), readFileSync(file("key"), "utf8") + readFileSync(file("crt"), "utf8"));
  return { certificate: file("crt"), key: file("key"), keystore: file("pem") };
}

/** Makes the authorities, server and client certificates of a secured cluster, or finds those made before. */
export async function ensureCertificates(directory: string): Promise<Certificates> {
  const made = join(directory, "certificates.json");
  if (existsSync(made)) return JSON.parse(readFileSync(made, "utf8")) as Certificates;
  mkdirSync(directory, { recursive: true });
  await makeAuthority(directory, "authority");
  await makeAuthority(directory, "elsewhere");
  // One after another: an authority's index takes one signature at a time.
  const pair = (name: string, subject: string, use: string, more: Partial<Signing> = {}) =>
    makePair(directory, { name, subject, use, authority: "authority", ...more });
  const certificates: Certificates = {
    directory,
    authority: join(directory, "authority.crt"),
    server: await pair("server", "/CN=localhost", serverUse),
    expired: await pair("expired", "/CN=localhost", serverUse, { ended: true }),
    unknown: await pair("unknown", "/CN=localhost", serverUse, { authority: "elsewhere" }),
    clients: {
      alice: await pair("alice", "/O=kafdeck/CN=alice", clientUse),
      stranger: await pair("stranger", "/CN=stranger", clientUse),
      late: await pair("late", "/CN=late", clientUse, { ended: true }),
      outsider: await pair("outsider", "/CN=outsider", clientUse, { authority: "elsewhere" }),
    },
  };
  writeFileSync(made, JSON.stringify(certificates, null, 2));
  return certificates;
}
