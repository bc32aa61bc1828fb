import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type AlterConfigsBody,
  type AlterConfigsResult,
  alterBrokerConfigs,
  alterBrokerLoggers,
  alterTopicConfigs,
  type ConfigChanges,
  type ConfigList,
  listBrokerConfigs,
  listBrokerLoggers,
  listTopicConfigDefaults,
  listTopicConfigs,
} from "../api/configs.ts";
import { call } from "./call.ts";

/** Whose configs: a topic's, a broker's (`default`: those of all brokers), or the loggers of a broker. */
export type ConfigTarget =
  | { kind: "topic"; cluster: string; topic: string }
  | { kind: "broker" | "loggers"; cluster: string; broker: string };

const nameOf = (target: ConfigTarget): string => (target.kind === "topic" ? target.topic : target.broker);

function list(target: ConfigTarget, signal: AbortSignal): Promise<ConfigList> {
  const { cluster } = target;
  if (target.kind === "topic") return call(listTopicConfigs, { cluster, topic: target.topic }, { signal });
  const params = { cluster, broker: target.broker };
  return target.kind === "broker"
    ? call(listBrokerConfigs, params, { signal })
    : call(listBrokerLoggers, params, { signal });
}

function alter(target: ConfigTarget, body: AlterConfigsBody, signal?: AbortSignal): Promise<AlterConfigsResult> {
  const { cluster } = target;
  const options = { body, ...(signal ? { signal } : {}) };
  if (target.kind === "topic") return call(alterTopicConfigs, { cluster, topic: target.topic }, options);
  const params = { cluster, broker: target.broker };
  return target.kind === "broker"
    ? call(alterBrokerConfigs, params, options)
    : call(alterBrokerLoggers, params, options);
}

export const configsQuery = (target: ConfigTarget) =>
  queryOptions({
    queryKey: ["configs", target.cluster, target.kind, nameOf(target)],
    queryFn: ({ signal }) => list(target, signal),
  });

export const topicConfigsQuery = (cluster: string, topic: string) => configsQuery({ kind: "topic", cluster, topic });

/** What a new topic may be given, with the values it would inherit. */
export const topicConfigDefaultsQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["configs", cluster, "topic-defaults"],
    queryFn: ({ signal }) => call(listTopicConfigDefaults, { cluster }, { signal }),
    meta: { ageless: true },
  });

/** The broker's verdict on changes, and what they bring with them; nothing is written. */
export const configPlanQuery = (target: ConfigTarget, configs: ConfigChanges, before: ConfigChanges) =>
  queryOptions({
    queryKey: ["config-plans", target.cluster, target.kind, nameOf(target), configs, before],
    queryFn: ({ signal }) => alter(target, { configs, before, validateOnly: true }, signal),
    meta: { ageless: true },
    retry: false,
    staleTime: 30_000,
    gcTime: 60_000,
  });

export function useAlterConfigs(target: ConfigTarget) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AlterConfigsBody) => alter(target, body),
    onSettled: () =>
      Promise.all(
        [["configs"], ["topics"], ["brokers"]].map(([noun]) =>
          client.invalidateQueries({ queryKey: [noun, target.cluster] }),
        ),
      ),
  });
}
