"use client";
import { SlidersHorizontal } from "lucide-react";
import { Button } from "@/components/ui/button";
import { groupStateWord } from "@/components/ui/group-state";
import { Field } from "@/components/ui/input";
import { lagStatusLooks } from "@/components/ui/lag-status";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import { usePhone } from "@/components/ui/use-media";
import { type GroupState, groupStates, groupTypes, type LagStatus } from "@/lib/api/groups";
import { compact, counted } from "@/lib/format";
import type { GroupChoice } from "./group-list";

/** Those that lead somewhere first; nothing to do about the last two. */
const order: LagStatus[] = ["stalled", "stopped", "falling-behind", "catching-up", "keeping-up", "no-data"];

type Props = {
  choice: GroupChoice;
  onChange: (change: Partial<GroupChoice>, how?: "push") => void;
};

const isState = (value: string): value is GroupState => (groupStates as readonly string[]).includes(value);

/** One status, or all of them: each says how many groups it would leave. Null counts: not known yet. */
export function StatusChips({
  choice,
  onChange,
  counts,
}: Props & { counts: { all: number; of: Record<LagStatus, number> } | null }) {
  const count = (of: number | undefined) =>
    of !== undefined && <span className="font-normal text-muted tabular-nums">{compact(of)}</span>;
  const means = (status: LagStatus) =>
    [lagStatusLooks[status].means, ...(counts ? [counted(counts.of[status], "group")] : [])].join(": ");
  const look = "px-2! aria-pressed:bg-selected! aria-pressed:font-strong";
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-2 md:contents">
      <legend className="sr-only">Status</legend>
      <Button className={look} aria-pressed={choice.status === ""} onClick={() => onChange({ status: "" }, "push")}>
        All {count(counts?.all)}
      </Button>
      {order.map((status) => (
        <Button
          key={status}
          className={look}
          icon={lagStatusLooks[status].icon}
          aria-pressed={choice.status === status}
          title={means(status)}
          onClick={() => onChange({ status: choice.status === status ? "" : status }, "push")}
        >
          {lagStatusLooks[status].word} {count(counts?.of[status])}
        </Button>
      ))}
    </fieldset>
  );
}

function KindFields({ choice, onChange }: Props) {
  return (
    <div className="flex w-full flex-col gap-2.5">
      <Field label="State">
        {({ id }) => (
          <Select
            id={id}
            value={choice.state}
            options={[
              { value: "", label: "Any state" },
              ...groupStates.map((state) => ({ value: state as string, label: groupStateWord(state) })),
            ]}
            onChange={(state) => onChange({ state }, "push")}
          />
        )}
      </Field>
      <Field label="Type">
        {({ id }) => (
          <Select
            id={id}
            value={choice.type}
            options={[
              { value: "", label: "Any type" },
              ...groupTypes.map((type) => ({ value: type as string, label: type })),
            ]}
            onChange={(type) => onChange({ type }, "push")}
          />
        )}
      </Field>
    </div>
  );
}

/** State and type: rarely asked for, so behind one button that says what is chosen. On a phone it already stands behind one. */
export function KindChoice(props: Props) {
  const isPhone = usePhone();
  const { choice } = props;
  if (isPhone) return <KindFields {...props} />;
  const chosen = [isState(choice.state) ? groupStateWord(choice.state) : "", choice.type].filter(Boolean).join(", ");
  return (
    <Popover
      label="State and type"
      width={220}
      button={(opener) => (
        <Button
          {...opener}
          icon={SlidersHorizontal}
          aria-label={chosen === "" ? "State and type" : `State and type: ${chosen}`}
          title="State and type"
          className={chosen === "" ? "w-control px-0!" : "bg-selected!"}
        >
          {chosen}
        </Button>
      )}
    >
      <KindFields {...props} />
    </Popover>
  );
}
