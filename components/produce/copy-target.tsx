"use client";
import { useQuery } from "@tanstack/react-query";
import { Field } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Term } from "@/components/ui/term";
import type { ClusterCard } from "@/lib/api/clusters";
import { codecs } from "@/lib/api/messages";
import { topicsQuery } from "@/lib/client/topics";
import type { CopyUrl } from "./copy-url";

type Props = {
  /** Of the target. */
  cluster: string;
  source: { cluster: string; topic: string };
  clusters: readonly ClusterCard[] | null;
  state: CopyUrl;
  onChange: (change: Partial<CopyUrl>) => void;
};

/** Where the records go, and how they are written there. */
export function CopyTarget({ cluster, source, clusters, state, onChange }: Props) {
  const topics = useQuery({ ...topicsQuery(cluster, "names"), meta: { ageless: true } });
  const names = (topics.data?.items ?? []).filter(({ internal }) => !internal).map(({ name }) => name);
  const known = state.toTopic === "" || names.includes(state.toTopic) ? names : [state.toTopic, ...names];
  return (
    <div className="grid max-w-[720px] gap-3 md:grid-cols-2">
      <Field label="To the cluster">
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={cluster}
            options={(clusters ?? []).map((card) => ({
              value: card.name,
              label: clusterWords(card),
              disabled: card.readOnly,
            }))}
            onChange={(toCluster) =>
              onChange({ toCluster: toCluster === source.cluster ? "" : toCluster, toTopic: "" })
            }
          />
        )}
      </Field>
      <Field
        label="To the topic"
        hint={topics.error ? "The topics of that cluster could not be asked for." : undefined}
      >
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={state.toTopic}
            options={[
              { value: "", label: "Choose a topic" },
              ...known.map((name) => ({
                value: name,
                label: name === source.topic && cluster === source.cluster ? `${name} (this topic)` : name,
              })),
            ]}
            onChange={(toTopic) => onChange({ toTopic })}
          />
        )}
      </Field>
      <Field label={<Term id="partition">Partition</Term>}>
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={state.partitions === "same" ? "same" : "key"}
            options={[
              { value: "key", label: "By the key of each record" },
              { value: "same", label: "The number it has now" },
            ]}
            onChange={(partitions) => onChange({ partitions })}
          />
        )}
      </Field>
      <Field label="Timestamp">
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={state.timestamps === "now" ? "now" : "keep"}
            options={[
              { value: "keep", label: "Keep that of each record" },
              { value: "now", label: "Now" },
            ]}
            onChange={(timestamps) => onChange({ timestamps })}
          />
        )}
      </Field>
      <Field label={<Term id="codec">Codec</Term>}>
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={codecs.find((codec) => codec === state.codec) ?? "none"}
            options={codecs.map((codec) => ({ value: codec, label: codec }))}
            onChange={(codec) => onChange({ codec })}
          />
        )}
      </Field>
    </div>
  );
}

const clusterWords = ({ name, label, readOnly }: ClusterCard): string =>
  `${name}${label ? ` (${label})` : ""}${readOnly ? ", read-only" : ""}`;
