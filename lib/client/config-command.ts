import type { ConfigChanges } from "../api/configs.ts";
import { kafkaCommand } from "../shell.ts";
import type { ConfigTarget } from "./configs.ts";

const entityOf = (target: ConfigTarget): string[] => {
  if (target.kind === "topic") return ["--entity-type", "topics", "--entity-name", target.topic];
  if (target.kind === "loggers") return ["--entity-type", "broker-loggers", "--entity-name", target.broker];
  return target.broker === "default"
    ? ["--entity-type", "brokers", "--entity-default"]
    : ["--entity-type", "brokers", "--entity-name", target.broker];
};

/** kafka-configs.sh splits at commas and at =, unless they stand in brackets, which it then takes away. */
const assigned = ([name, value]: [string, string]): string => `${name}=${/[,=]/.test(value) ? `[${value}]` : value}`;

/**
 * The arguments of kafka-configs.sh, after --bootstrap-server, that make the same change. Null where that command cannot say it: it
 * drops every bracket that stands in a value.
 */
export function alterArguments(target: ConfigTarget, configs: ConfigChanges): string[] | null {
  const set = Object.entries(configs).filter((change): change is [string, string] => change[1] !== null);
  const reset = Object.keys(configs).filter((name) => configs[name] === null);
  if (set.some(([, value]) => /[[\]]/.test(value))) return null;
  return [
    "--alter",
    ...entityOf(target),
    ...(set.length > 0 ? ["--add-config", set.map(assigned).join(",")] : []),
    ...(reset.length > 0 ? ["--delete-config", reset.join(",")] : []),
  ];
}

/** One option a line, as kafkaCommand takes them. */
function inLines(words: string[], bootstrap?: string): string {
  const options: [string, ...string[]][] = [];
  for (const word of words) {
    const last = options.at(-1);
    if (word.startsWith("--") || last === undefined) options.push([word]);
    else last.push(word);
  }
  // One value a line, where lines would be wider than the panel they stand in.
  return kafkaCommand("kafka-configs", options, bootstrap).replace(
    /(?<=\.sh) (?=--bootstrap-server)|(?<=--(?:add|delete)-config) /g,
    " \\\n  ",
  );
}

/** The command line of a change; null where kafka-configs.sh cannot say it. */
export function alterCommand(target: ConfigTarget, configs: ConfigChanges, bootstrap?: string): string | null {
  const words = alterArguments(target, configs);
  return words && inLines(words, bootstrap);
}

/** The command line that shows what is on the page. */
export const describeCommand = (target: ConfigTarget, bootstrap?: string): string =>
  inLines(["--describe", "--all", ...entityOf(target)], bootstrap);
