"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Loaded } from "@/components/ui/loaded";
import type { Permission } from "@/lib/api/endpoint";
import { type ConfigTarget, configsQuery } from "@/lib/client/configs";
import { useRefresh } from "@/lib/client/refresh";
import { ConfigsEditor } from "./configs-editor";

/** The configs of a topic: how is it set, by whom, and what would change if? */
export function TopicConfigs({ cluster, topic }: { cluster: string; topic: string }) {
  return <ConfigsView key={topic} target={{ kind: "topic", cluster, topic }} permission="topics.alter" />;
}

/** The configs of a broker, or with `default` those for all brokers. */
export function BrokerConfigs({ cluster, broker }: { cluster: string; broker: string }) {
  const note =
    broker === "default" ? (
      <>
        <b>Dynamic configs for all brokers.</b> A broker that has a value of its own keeps it. What is not set here is
        shown as one broker reads it from its server.properties.
      </>
    ) : undefined;
  return (
    <ConfigsView key={broker} target={{ kind: "broker", cluster, broker }} permission="brokers.alter" note={note} />
  );
}

/** The loggers of a broker. */
export function BrokerLoggers({ cluster, broker }: { cluster: string; broker: string }) {
  const note = (
    <>
      <b>Levels count until the broker restarts.</b> A logger without a level of its own has that of the logger above
      it. Kafka does not tell which are set: those that differ from the logger above are marked.
    </>
  );
  return (
    <ConfigsView key={broker} target={{ kind: "loggers", cluster, broker }} permission="brokers.alter" note={note} />
  );
}

function ConfigsView({ target, permission, note }: { target: ConfigTarget; permission: Permission; note?: ReactNode }) {
  const query = useQuery({ ...configsQuery(target), ...useRefresh() });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <ConfigsEditor
          items={items}
          target={target}
          permission={permission}
          note={note}
          onReload={async () => (await query.refetch()).data?.items ?? items}
        />
      )}
    </Loaded>
  );
}
