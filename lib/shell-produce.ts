import type { ExactBytes } from "./api/payloads.ts";
import { type NewRecord, type ProduceBody, produceMessages } from "./api/produce.ts";
import { encodeName } from "./api/url.ts";
import { shellWord } from "./shell.ts";

type Asked = {
  cluster: string;
  topic: string;
  body: ProduceBody;
  /** Null or nothing: `$BOOTSTRAP` stands for it. */
  bootstrap?: string | undefined;
  /** Where Kafdeck answers, for what kcat cannot do. */
  origin?: string;
};

/**
 * Writes the first record of a request from a shell: by kcat where kcat can write exactly this record, else by Kafdeck's own API
 * through curl. kcat knows no given timestamp, no key or header of other bytes than text, and sends no empty value.
 */
export function produceCommand({ cluster, topic, body, bootstrap, origin = "$KAFDECK" }: Asked): string {
  const [record] = body.records;
  if (record && canKcat(record)) return kcatCommand(topic, record, body, bootstrap);
  const path = produceMessages.path.replace("{cluster}", encodeName(cluster)).replace("{topic}", encodeName(topic));
  const { validateOnly: _, ...asked } = body;
  return [
    `curl ${origin}${path} \\`,
    "  -H 'content-type: application/json' \\",
    "  --data-binary @- <<'END'",
    JSON.stringify(asked),
    "END",
  ].join("\n");
}

const isText = (bytes: ExactBytes | undefined): bytes is string =>
  typeof bytes === "string" && bytes !== "" && !bytes.includes("\0");

const canKcat = ({ key, value, headers = [], timestamp }: NewRecord): boolean =>
  timestamp === undefined &&
  (key === undefined || key === null || isText(key)) &&
  value !== "" &&
  (typeof value !== "string" || !value.includes("\0")) &&
  // A tombstone comes over stdin behind its key, in one line.
  (value !== null || (isText(key) && !/[\t\n]/.test(key))) &&
  headers.every(
    (header) =>
      typeof header.key === "string" &&
      header.key !== "" &&
      !header.key.includes("=") &&
      (header.value === null || isText(header.value)),
  );

function kcatCommand(
  topic: string,
  record: NewRecord,
  { codec, acks }: ProduceBody,
  bootstrap: string | undefined,
): string {
  const { key, value, headers = [], partition } = record;
  const server = bootstrap === undefined ? "$BOOTSTRAP" : shellWord(bootstrap);
  const options = [
    `-t ${shellWord(topic)}`,
    // Without it kcat takes CRC32, and the key another partition than Java clients give it.
    ...(partition === undefined ? ["-X topic.partitioner=murmur2_random"] : [`-p ${partition}`]),
    ...(value !== null && isText(key) ? [`-k ${shellWord(key)}`] : []),
    ...headers.map(
      (header) => `-H ${shellWord(header.value === null ? String(header.key) : `${header.key}=${header.value}`)}`,
    ),
    ...(codec === undefined || codec === "none" ? [] : [`-z ${codec}`]),
    `-X acks=${acks ?? "all"}`,
  ];
  const kcat = [`kcat -P -b ${server}`, ...options].join(" \\\n  ");
  if (value === null) return `printf '%s\\t\\n' ${shellWord(String(key))} | ${kcat} \\\n  -Z -K '\\t'`;
  const made =
    typeof value === "string"
      ? `printf '%s' ${shellWord(value)} > value`
      : `printf '%s' ${shellWord(value.base64)} | base64 -d > value`;
  return `${made}\n${kcat} value`;
}
