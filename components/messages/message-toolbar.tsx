"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ReadablePartition } from "@/lib/api/messages";
import type { MessagesChoice } from "@/lib/client/messages";
import { integer } from "@/lib/format";

const starts = [
  { value: "newest", label: "From newest" },
  { value: "oldest", label: "From oldest" },
  { value: "offset", label: "From offset…" },
] as const;
const isolations = [
  { value: "read_committed", label: "Read committed" },
  { value: "read_uncommitted", label: "Read uncommitted" },
] as const;

type Props = {
  choice: MessagesChoice;
  partitions: ReadablePartition[];
  onChange: (choice: Partial<MessagesChoice>) => void;
};

/** Where reading starts, which partitions, and whether transactions must be committed. An offset is one of one partition. */
export function MessageToolbar({ choice, partitions, onChange }: Props) {
  const written = choice.from.startsWith("offset:") ? choice.from.slice("offset:".length) : "";
  const [draft, setDraft] = useState<string | null>(null);
  const isOffset = written !== "" || draft !== null;
  const first = partitions[0]?.partition ?? 0;
  const chosen = partitions.find(({ partition }) => String(partition) === (choice.partition || String(first)));
  const offset = draft ?? written;
  const isNumber = /^\d{1,19}$/.test(offset);
  const options = [
    ...(isOffset
      ? []
      : [{ value: "", label: partitions.length === 1 ? "1 partition" : `All ${partitions.length || ""} partitions` }]),
    ...partitions.map(({ partition }) => ({ value: String(partition), label: `Partition ${partition}` })),
    // A choice of several, or one that is not known yet, which the address may hold, is kept as it is.
    ...(choice.partition === "" || chosen ? [] : [{ value: choice.partition, label: `Partition ${choice.partition}` }]),
  ];
  const start = (from: (typeof starts)[number]["value"]) => {
    setDraft(from === "offset" ? written : null);
    if (from !== "offset") onChange({ from });
  };
  return (
    <form
      className="flex shrink-0 flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isNumber) return;
        onChange({ from: `offset:${offset}`, partition: choice.partition || String(first) });
        setDraft(null);
      }}
    >
      <Select
        aria-label="Start"
        value={isOffset ? "offset" : (choice.from as "newest")}
        options={[...starts]}
        onChange={start}
        className="w-[140px]"
      />
      <Select
        aria-label="Partitions"
        value={isOffset ? choice.partition || String(first) : choice.partition}
        options={options}
        onChange={(partition) => onChange({ partition })}
        className="w-[150px]"
      />
      {isOffset && (
        <>
          <Input
            aria-label="Offset"
            inputMode="numeric"
            mono
            placeholder={chosen?.start && chosen.end ? `${integer(chosen.start)} to ${integer(chosen.end)}` : "Offset"}
            value={offset}
            invalid={offset !== "" && !isNumber}
            onChange={setDraft}
            className="w-[190px]"
          />
          <Button type="submit" disabled={isNumber ? false : "An offset is a whole number"}>
            Read from there
          </Button>
        </>
      )}
      <Select
        aria-label="Transactions"
        value={choice.isolation === "read_uncommitted" ? "read_uncommitted" : "read_committed"}
        options={[...isolations]}
        onChange={(isolation) => onChange({ isolation })}
        className="w-[156px]"
      />
    </form>
  );
}
