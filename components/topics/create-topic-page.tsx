"use client";
import { useQuery } from "@tanstack/react-query";
import { Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/use-url-state";
import { brokersQuery } from "@/lib/client/brokers";
import { topicConfigDefaultsQuery, topicConfigsQuery } from "@/lib/client/configs";
import { useHoldRefresh } from "@/lib/client/refresh";
import { topicQuery, topicsQuery } from "@/lib/client/topics";
import { type Draft, emptyDraft } from "./create-draft";
import { CreateTopicForm } from "./create-topic-form";

const defaults = { from: "" };

/** Creates a topic, from nothing or with the settings of another (`?from=`). */
export function CreateTopicPage({ cluster }: { cluster: string }) {
  useHoldRefresh("editing");
  const [{ from }, set] = useUrlState(defaults);
  const names = useQuery(topicsQuery(cluster, "names"));
  const brokers = useQuery(brokersQuery(cluster));
  const known = useQuery(topicConfigDefaultsQuery(cluster));
  const source = useQuery({ ...topicQuery(cluster, from), enabled: from !== "" });
  const configs = useQuery({ ...topicConfigsQuery(cluster, from), enabled: from !== "" });
  const existing = names.data?.items.map(({ name }) => name) ?? [];
  const present = brokers.data?.items.flatMap(({ id, host }) => (host === null ? [] : [id])) ?? null;
  const form = (draft: Draft) => (
    <CreateTopicForm
      key={from}
      cluster={cluster}
      initial={draft}
      existing={existing}
      brokers={present}
      known={known.data?.items ?? null}
    />
  );
  return (
    <Page
      title="Create topic"
      actions={
        <Select
          aria-label="Copy settings from"
          value={from}
          options={[
            { value: "", label: "Copy settings from…" },
            ...[...new Set(from === "" ? existing : [from, ...existing])].map((name) => ({
              value: name,
              label: `Settings of ${name}`,
            })),
          ]}
          onChange={(name) => set({ from: name })}
          className="max-w-[260px]"
        />
      }
    >
      {from === "" ? (
        form(emptyDraft)
      ) : (
        <Loaded query={source} quiet>
          {(topic) => (
            <Loaded query={configs} quiet>
              {({ items }) =>
                form({
                  ...emptyDraft,
                  partitions: String(topic.partitions),
                  replicationFactor: String(topic.replicationFactor),
                  configs: Object.fromEntries(
                    items.flatMap(({ name, value, changed }) =>
                      changed && value !== null && !boundToItsTopic.test(name) ? [[name, value]] : [],
                    ),
                  ),
                })
              }
            </Loaded>
          )}
        </Loaded>
      )}
    </Page>
  );
}

/** These name partitions and brokers of their own topic. */
const boundToItsTopic = /^(leader|follower)\.replication\.throttled\.replicas$/;
