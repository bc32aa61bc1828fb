"use client";
import { Search } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { integer } from "@/lib/format";
import type { Marks } from "./payload-marked";

type Props = {
  label: string;
  words: string;
  marks: Marks;
  onWords: (words: string) => void;
  /** 1 the next match, -1 the one before. */
  onStep: (step: 1 | -1) => void;
  className?: string;
};

/** Words to find in a payload: Enter goes to the next match, Shift+Enter to the one before; it goes round. */
export function PayloadFind({ label, words, marks, onWords, onStep, className = "" }: Props) {
  const { found, current } = marks;
  const count = found.starts.length;
  const says =
    words === "" ? "" : count === 0 ? "none" : `${integer(current + 1)}/${integer(count)}${found.more ? "+" : ""}`;
  return (
    <span className={`relative inline-flex min-w-0 items-center ${className}`}>
      <Icon of={Search} className="pointer-events-none absolute left-2 text-muted" />
      <Input
        type="search"
        aria-label={label}
        placeholder="Find"
        value={words}
        onChange={onWords}
        onKeyDown={(event) => {
          if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
          if (event.key !== "Escape") return;
          if (words === "") event.currentTarget.blur();
          else onWords("");
        }}
        className={`w-full ps-[29px]! [&::-webkit-search-cancel-button]:hidden ${words === "" ? "" : "pe-12!"}`}
      />
      <span
        role="status"
        className={`pointer-events-none absolute right-2 text-11 tabular-nums ${count === 0 ? "text-warn" : "text-muted"}`}
      >
        {says}
      </span>
    </span>
  );
}
