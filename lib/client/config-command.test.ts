import { expect, test } from "vitest";
import { alterArguments, alterCommand, describeCommand } from "./config-command.ts";
import type { ConfigTarget } from "./configs.ts";

const topic: ConfigTarget = { kind: "topic", cluster: "c", topic: "payments.authorisation.v3" };

test("a change is one line of kafka-configs.sh, set and reset in it", () => {
  expect(alterCommand(topic, { "retention.ms": "259200000", "compression.type": "zstd", "flush.ms": null })).toBe(
    [
      "kafka-configs.sh \\",
      "  --bootstrap-server $BOOTSTRAP \\",
      "  --alter \\",
      "  --entity-type topics \\",
      "  --entity-name payments.authorisation.v3 \\",
      "  --add-config \\",
      "  retention.ms=259200000,compression.type=zstd \\",
      "  --delete-config \\",
      "  flush.ms",
    ].join("\n"),
  );
});

test("values with commas or = stand in brackets, and the shell gets them in quotes", () => {
  expect(alterArguments(topic, { "cleanup.policy": "compact,delete" })).toContain("cleanup.policy=[compact,delete]");
  expect(alterCommand(topic, { "cleanup.policy": "compact,delete" })).toContain("'cleanup.policy=[compact,delete]'");
});

test("what kafka-configs.sh cannot say has no command", () => {
  expect(alterCommand(topic, { "ssl.principal.mapping.rules": "RULE:^CN=([^,]+).*$/$1/" })).toBeNull();
});

test("brokers, all brokers and loggers are entities of their own", () => {
  const of = (broker: string, kind: "broker" | "loggers") => describeCommand({ kind, cluster: "c", broker });
  expect(of("1", "broker")).toContain("--entity-type brokers \\\n  --entity-name 1");
  expect(of("default", "broker")).toContain("--entity-default");
  expect(of("1", "loggers")).toContain("--entity-type broker-loggers");
  expect(describeCommand(topic, "a:1,b:2")).toMatch(/^kafka-configs\.sh \\\n {2}--bootstrap-server a:1,b:2 \\\n/);
});
