"use client";
import { Layers } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceButton } from "@/components/ui/choice-button";
import { Popover } from "@/components/ui/popover";
import { counted } from "@/lib/format";

/** `0,3,4` of the address as numbers, each once and in order. */
export const partitionsOf = (text: string): number[] =>
  [
    ...new Set(
      text
        .split(",")
        .filter((part) => /^\d{1,9}$/.test(part))
        .map(Number),
    ),
  ].sort((a, b) => a - b);

/** What is chosen, in the words of its button. */
export function partitionsLabel(value: string, count: number | null): string {
  const chosen = partitionsOf(value);
  if (chosen.length === 0)
    return count === null ? "All partitions" : count === 1 ? "1 partition" : `All ${count} partitions`;
  if (chosen.length === 1) return `Partition ${chosen[0]}`;
  return chosen.length <= 3 ? `Partitions ${chosen.join(", ")}` : counted(chosen.length, "partition");
}

type Props = {
  /** As the address has it; empty: all. */
  value: string;
  /** How many the topic has; null before it is known. */
  count: number | null;
  onChange: (value: string) => void;
};

/** All partitions, or some of them by check boxes. */
export function PartitionsChoice({ value, count, onChange }: Props) {
  const chosen = partitionsOf(value);
  return (
    <Popover
      label="Partitions"
      align="start"
      width={280}
      button={(opener) => (
        <ChoiceButton icon={Layers} opener={opener}>
          {partitionsLabel(value, count)}
        </ChoiceButton>
      )}
    >
      {(close) => (
        <CheckList
          chosen={chosen}
          count={Math.max(count ?? 0, (chosen.at(-1) ?? -1) + 1)}
          onChange={(next) => {
            close();
            onChange(next);
          }}
        />
      )}
    </Popover>
  );
}

function CheckList({
  chosen,
  count,
  onChange,
}: {
  chosen: number[];
  count: number;
  onChange: (value: string) => void;
}) {
  const all = Array.from({ length: count }, (_, partition) => partition);
  const [ticked, setTicked] = useState(new Set(chosen.length > 0 ? chosen : all));
  const toggle = (partition: number, on: boolean) =>
    setTicked((old) => new Set(on ? [...old, partition] : [...old].filter((each) => each !== partition)));
  const text = ticked.size === count ? "" : [...ticked].sort((a, b) => a - b).join(",");
  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2">
        <Button onClick={() => setTicked(new Set(all))}>All</Button>
        <Button onClick={() => setTicked(new Set())}>None</Button>
      </div>
      <ul className="grid max-h-[264px] grid-cols-3 gap-x-2 overflow-y-auto">
        {all.map((partition) => (
          <li key={partition} className="h-7 content-center max-md:h-9">
            <Checkbox checked={ticked.has(partition)} onChange={(on) => toggle(partition, on)}>
              {partition}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button
        look="primary"
        disabled={ticked.size === 0 ? "At least one partition is read" : false}
        onClick={() => onChange(text)}
      >
        {ticked.size === count ? "Read all" : `Read ${counted(ticked.size, "partition")}`}
      </Button>
    </div>
  );
}
