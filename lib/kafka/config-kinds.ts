import type { ConfigFormat, ConfigType } from "../api/configs.ts";

const MAX_INT = "2147483647";
const MAX_LONG = "9223372036854775807";
const noLimit = (value: string) => ({ value, word: "no limit" });
const never = (value: string) => ({ value, word: "never" });

/** Values a config may hold that its type does not tell: facts of Kafka's documentation, by name. */
const choices: readonly [RegExp, readonly string[]][] = [
  [/^(log\.)?cleanup\.policy$/, ["delete", "compact"]],
  [/^compression\.type$/, ["producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"]],
  [/^(log\.)?message\.timestamp\.type$/, ["CreateTime", "LogAppendTime"]],
  [/(^|\.)ssl\.client\.auth$/, ["none", "requested", "required"]],
  [/^metrics\.recording\.level$/, ["INFO", "DEBUG", "TRACE"]],
  [/^group\.consumer\.migration\.policy$/, ["bidirectional", "upgrade", "downgrade", "disabled"]],
];

/** What numbers outside the ordinary mean, by name. The first rule that fits counts. */
const words: readonly [RegExp, ConfigFormat["words"]][] = [
  [/^(log\.)?local\.retention\.ms$/, [{ value: "-2", word: "as retention.ms" }, noLimit("-1")]],
  [/^(log\.)?local\.retention\.bytes$/, [{ value: "-2", word: "as retention.bytes" }, noLimit("-1")]],
  [/^((log\.)?retention\.(ms|bytes)|log\.retention\.(minutes|hours))$/, [noLimit("-1")]],
  [/^metadata\.max\.retention\.(ms|bytes)$/, [noLimit("-1")]],
  [/^((log\.)?flush\.(ms|messages)|log\.flush\.(scheduler\.)?interval\.(ms|messages))$/, [never(MAX_LONG)]],
  [/^queued\.max\.request\.bytes$/, [noLimit("-1")]],
  [/^(group\.coordinator|share\.coordinator)\.append\.linger\.ms$/, [{ value: "-1", word: "adaptive" }]],
  [/^connections\.max\.idle\.ms$/, [never("-1")]],
  [/^connections\.max\.reauth\.ms$/, [never("0")]],
  [/^compression\.gzip\.level$/, [{ value: "-1", word: "gzip's default" }]],
];

type Unit = NonNullable<ConfigFormat["unit"]>;

/** What a number counts, by the end of its name. */
const units: readonly [RegExp, "duration" | "size", Unit][] = [
  [/(\.|^)ms$/, "duration", "ms"],
  [/\.(seconds|secs)$/, "duration", "seconds"],
  [/\.minutes$/, "duration", "minutes"],
  [/\.hours$/, "duration", "hours"],
  [/\.days$/, "duration", "days"],
  [/(\.|^)bytes(\.per\.second)?$/, "size", "bytes"],
  [/\.(buffer|receive)\.size$/, "size", "bytes"],
];

/** Not sizes, though they count bytes or look so. */
const plainNumbers = /^(offsets\.topic\.compression\.codec|.*\.cache\.slots)$/;
const whole: readonly ConfigType[] = ["int", "short", "long"];
const largest: Partial<Record<ConfigType, string>> = { int: MAX_INT, long: MAX_LONG };

export const logLevels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/** How a config is read and typed. Brokers before 2.6 do not tell types: then the name decides, by the value it holds. */
export function formatOf(name: string, type: ConfigType, value: string | null): ConfigFormat {
  const known = choices.find(([pattern]) => pattern.test(name))?.[1] ?? [];
  const isWhole = whole.includes(type) || (type === "unknown" && value !== null && /^-?\d+$/.test(value));
  if (isWhole) return numberFormat(name, type);
  const isList = type === "list" || (type === "unknown" && /^(log\.)?cleanup\.policy$/.test(name));
  if (isList) return plain("list", known);
  if (known.length > 0) return plain("choice", known);
  if (type === "boolean" || (type === "unknown" && /^(true|false)$/.test(value ?? "")))
    return plain("boolean", ["true", "false"]);
  return plain(type === "double" ? "decimal" : "text");
}

/** The format of a logger's level. */
export const levelFormat: ConfigFormat = { kind: "level", unit: null, choices: [...logLevels], words: [] };

const plain = (kind: ConfigFormat["kind"], given: readonly string[] = []): ConfigFormat => ({
  kind,
  unit: null,
  choices: [...given],
  words: [],
});

function numberFormat(name: string, type: ConfigType): ConfigFormat {
  const counted = plainNumbers.test(name) ? undefined : units.find(([pattern]) => pattern.test(name));
  const special = words.find(([pattern]) => pattern.test(name))?.[1] ?? [];
  // The largest int is a limit that never bites where something is limited or timed, and only a large number elsewhere.
  const isLimit = counted !== undefined || /(^|\.)max(\.|$)/.test(name);
  const limit = isLimit ? largest[type] : undefined;
  const spoken = limit && !special.some(({ value }) => value === limit) ? [...special, noLimit(limit)] : [...special];
  return { kind: counted?.[1] ?? "integer", unit: counted?.[2] ?? null, choices: [], words: spoken };
}
