"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { counted, integer } from "@/lib/format";
import { rangesOf, readPartitions } from "./reset-url";

type Props = {
  topic: string;
  count: number;
  chosen: readonly number[];
  onChange: (partitions: number[] | "all" | "none") => void;
};

/** How many partitions of a topic are meant, and behind it the way to say which. */
export function PartitionsPicker({ topic, count, chosen, onChange }: Props) {
  return (
    <Popover
      label={`Partitions of ${topic}`}
      width={260}
      button={(opener) => (
        <button
          type="button"
          {...opener}
          aria-label={`${chosen.length} of ${count} partitions of ${topic}. Choose others`}
          className="rounded-small px-1 whitespace-nowrap text-muted tabular-nums hover:bg-hover hover:text-ink"
        >
          {integer(chosen.length)} of {integer(count)}
        </button>
      )}
    >
      {(close) => (
        <Choosing
          count={count}
          chosen={chosen}
          onChoose={(partitions) => {
            onChange(partitions);
            close();
          }}
        />
      )}
    </Popover>
  );
}

type Choosing = Pick<Props, "count" | "chosen"> & { onChoose: Props["onChange"] };

/** Typed as ranges: a topic may have thousands, and ticking them one by one is no way. */
function Choosing({ count, chosen, onChoose }: Choosing) {
  const [text, setText] = useState(chosen.length === count ? "" : rangesOf(chosen, ", "));
  const typed = text.trim();
  const numbers =
    typed === ""
      ? null
      : readPartitions(
          typed
            .split(/[\s,.]+/)
            .filter(Boolean)
            .join("."),
        );
  const beyond = numbers?.find((partition) => partition >= count);
  const mistake =
    typed === ""
      ? null
      : numbers === null
        ? "Write numbers and ranges, such as 0-3, 7."
        : beyond === undefined
          ? null
          : `There is no partition ${beyond}: the last is ${count - 1}.`;
  const isAll = typed === "" || numbers?.length === count;
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (mistake === null) onChoose(isAll || numbers === null ? "all" : numbers);
      }}
    >
      <Field label="Partitions" hint={`Such as 0-3, 7. Empty: all ${count}.`} error={mistake}>
        {(control) => <Input {...control} value={text} onChange={setText} />}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={mistake !== null}>
          {isAll ? `Take all ${count}` : `Take ${counted(numbers?.length ?? 0, "partition")}`}
        </Button>
        {chosen.length > 0 && <Button onClick={() => onChoose("none")}>None</Button>}
      </div>
    </form>
  );
}
