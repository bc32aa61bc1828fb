"use client";
import { Radio } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { usePhone } from "@/components/ui/use-media";
import { usePreferences } from "@/lib/client/preferences";
import { isSearch } from "@/lib/client/search-names";
import { counted } from "@/lib/format";
import { FromChoice } from "./from-choice";
import { IsolationChoice } from "./isolation-choice";
import { LimitChoices } from "./limit-choices";
import { isFollowing, type MessageUrl } from "./message-url";
import { PartitionsChoice, partitionsLabel } from "./partitions-choice";
import { rangeWords } from "./range-words";

type Props = {
  url: MessageUrl;
  /** How many partitions the topic has; null before it is known. */
  partitions: number | null;
  onChange: (change: Partial<MessageUrl>) => void;
  /** What sets up the table: export, columns. */
  end: ReactNode;
};

/** Where reading begins, which partitions, which transactions, and how far a search goes. On a phone a line of chips opens them. */
export function MessageToolbar({ url, partitions, onChange, end }: Props) {
  const isPhone = usePhone();
  const isLive = isFollowing(url);
  const choices = (
    <>
      <FromChoice range={url} following={isLive} onChange={onChange} />
      <PartitionsChoice value={url.partition} count={partitions} onChange={(partition) => onChange({ partition })} />
      <IsolationChoice isolation={url.isolation} control={url.control} onChange={onChange} />
      {isSearch(url) && !isLive && <LimitChoices limit={url.limit} scan={url.scan} onChange={onChange} />}
    </>
  );
  const live = (
    <Button
      icon={Radio}
      aria-pressed={isLive}
      className="aria-pressed:border-accent aria-pressed:bg-selected"
      onClick={() => onChange({ follow: isLive ? "" : "1" })}
    >
      Live
    </Button>
  );
  if (isPhone) return <PhoneChoices url={url} partitions={partitions} choices={choices} live={live} end={end} />;
  return (
    // On a phone it holds the place of the chips until the page runs.
    <div className="flex min-w-0 shrink-0 flex-wrap items-center gap-2 max-md:invisible max-md:h-6 max-md:overflow-hidden">
      {choices}
      <span className="ms-auto flex items-center gap-2">
        {live}
        {end}
      </span>
    </div>
  );
}

type PhoneProps = Omit<Props, "onChange"> & { choices: ReactNode; live: ReactNode };

/** What is chosen as chips in one line that scrolls; a tap on it opens the choices. */
function PhoneChoices({ url, partitions, choices, live, end }: PhoneProps) {
  const { zone } = usePreferences();
  const [open, setOpen] = useState(false);
  const chips = [
    isFollowing(url) ? "Live" : `From ${rangeWords(url, zone)}`,
    partitionsLabel(url.partition, partitions),
    url.isolation === "read_uncommitted" ? "Read uncommitted" : "Read committed",
    ...(isSearch(url) && !isFollowing(url) ? [`Stop after ${counted(url.limit, "hit")}`] : []),
  ];
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="crumb-fade -my-2 flex min-h-10 min-w-0 shrink-0 items-center gap-1.5 overflow-hidden"
      >
        <span className="sr-only">Where and how to read: </span>
        {chips.map((chip) => (
          <Badge key={chip}>{chip}</Badge>
        ))}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Where and how to read">
        {choices}
        <div className="flex flex-wrap gap-2">
          {live}
          {end}
        </div>
      </Dialog>
    </>
  );
}
