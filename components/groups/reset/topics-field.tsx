"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useMemo } from "react";
import { CheckBox } from "@/components/ui/checkbox";
import { Icon } from "@/components/ui/icon";
import { Name } from "@/components/ui/name";
import { Popover } from "@/components/ui/popover";
import { topicsQuery } from "@/lib/client/topics";
import { counted } from "@/lib/format";
import { NamePicker } from "./name-picker";
import { PartitionsPicker } from "./partitions-picker";
import { type ChosenTopic, textOfTopics, topicsOfText } from "./reset-url";
import { type TopicRow, topicRows, withTopic } from "./topic-choice";

type Props = {
  cluster: string;
  /** As the address has them. */
  value: string;
  onChange: (value: string) => void;
  /** The partitions that are meant where nothing is chosen; null while they are not known. */
  usual: readonly { topic: string; partition: number }[] | null;
  /** Topics that are offered without being ticked. */
  others: readonly string[];
  /** Says what is missing: a group that is created has read nothing. */
  isNew?: boolean;
};

/** Which topics, and which partitions of each; also topics the group never read. */
export function TopicsField({ cluster, value, onChange, usual, others, isNew = false }: Props) {
  const { data } = useQuery({ ...topicsQuery(cluster, "names"), meta: { ageless: true }, staleTime: 30_000 });
  const counts = useMemo(() => new Map(data?.items.map(({ name, partitions }) => [name, partitions])), [data]);
  const selection = topicsOfText(value);
  const rows = topicRows(selection, { usual: usual ?? [], others, counts });
  const set = (topics: ChosenTopic[] | null) => onChange(textOfTopics(topics));
  const choose = (topic: string, partitions: number[] | "all" | "none") =>
    set(withTopic(rows, topic, partitions, usual ?? []));
  const listed = new Set(rows.map(({ topic }) => topic));
  const rest = data?.items.filter(({ name, internal }) => !internal && !listed.has(name)).map(({ name }) => name);
  const hint =
    usual === null ? "What the group reads is not known yet." : isNew ? "Choose the topics it is to read." : null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1.5 text-13 font-bold">Topics</legend>
      <ul className="flex max-h-[286px] flex-col overflow-y-auto">
        {rows.map((row) => (
          <TopicLine key={row.topic} row={row} onChange={(partitions) => choose(row.topic, partitions)} />
        ))}
      </ul>
      {rows.length === 0 && <span className="text-12 text-muted">{hint ?? "The group has no offsets yet."}</span>}
      <Popover
        label="Add a topic"
        align="start"
        width={320}
        button={(opener) => (
          <button
            type="button"
            {...opener}
            className="inline-flex w-fit items-center gap-1 text-12 text-accent hover:underline max-md:min-h-10"
          >
            <Icon of={Plus} size={12} />
            {isNew ? "Add a topic" : "Add a topic this group has never read"}
          </button>
        )}
      >
        {(close) => (
          <NamePicker
            names={rest?.sort() ?? null}
            note={(name) => counted(counts.get(name) ?? 0, "partition")}
            empty="Every topic of the cluster is in the list already."
            onPick={(topic) => {
              choose(topic, "all");
              close();
            }}
          />
        )}
      </Popover>
    </fieldset>
  );
}

function TopicLine({ row, onChange }: { row: TopicRow; onChange: (partitions: number[] | "all" | "none") => void }) {
  const { topic, count, ticked: isTicked, chosen } = row;
  return (
    <li className="flex min-h-[26px] items-center gap-2 max-md:min-h-10">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is inside CheckBox */}
      <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2">
        <CheckBox checked={isTicked} onChange={(on) => onChange(on ? "all" : "none")} />
        <span className={`min-w-0 flex-1 ${isTicked ? "" : "text-ink-2"}`}>
          <Name value={topic} />
        </span>
      </label>
      {count === null ? (
        <span className="px-1 whitespace-nowrap text-muted tabular-nums">{chosen.length > 0 ? chosen.length : ""}</span>
      ) : (
        <PartitionsPicker topic={topic} count={count} chosen={chosen} onChange={onChange} />
      )}
    </li>
  );
}
