"use client";
import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import type { ReactNode } from "react";
import { ChoiceButton } from "@/components/ui/choice-button";
import { Popover } from "@/components/ui/popover";
import { Radio } from "@/components/ui/radio";
import type { Problem } from "@/lib/api/problem";
import { groupsQuery } from "@/lib/client/groups";
import { usePreferences } from "@/lib/client/preferences";
import { FileField } from "./file-field";
import { AgoField, Says, WholeField } from "./move-fields";
import { NamePicker } from "./name-picker";
import type { OffsetsFile } from "./offsets-file";
import { type ResetUrl, type Target, targetOf, targets } from "./reset-url";
import { TimeField } from "./time-field";

const words: Record<Target, { label: string; note?: string }> = {
  earliest: { label: "Earliest", note: "the log start" },
  latest: { label: "Latest", note: "skip everything" },
  time: { label: "A time" },
  duration: { label: "A duration ago" },
  offset: { label: "An offset" },
  shift: { label: "Shift by N" },
  group: { label: "Offsets of another group" },
  file: { label: "A file", note: "CSV or JSON" },
};

type Props = {
  cluster: string;
  group: string;
  state: ResetUrl;
  onChange: (change: Partial<ResetUrl>) => void;
  file: OffsetsFile | null;
  onFile: (file: OffsetsFile | null) => void;
  /** What could not be read of the file. */
  fileProblem: Problem | null;
  /** A group that is not there yet has nothing to shift. */
  isNew?: boolean;
};

/** Where the offsets go: one of eight ways, each with what it needs. */
export function MoveTo(props: Props) {
  const { state, onChange, isNew = false } = props;
  const target = targetOf(state);
  return (
    <fieldset className="flex min-w-0 flex-col gap-px">
      <legend className="mb-1.5 text-13 font-bold">{isNew ? "Begin at" : "Move to"}</legend>
      {targets
        .filter((to) => !isNew || to !== "shift")
        .map((to) => {
          const field = to === target ? fieldOf(to, props) : null;
          return (
            <div key={to}>
              <Radio
                name="reset-to"
                checked={to === target}
                onChoose={() => onChange({ to })}
                note={isNew && to === "latest" ? "only what comes" : words[to].note}
              >
                {words[to].label}
              </Radio>
              {field && <div className="pt-1.5 pb-2 ps-[22px]">{field}</div>}
            </div>
          );
        })}
    </fieldset>
  );
}

function fieldOf(to: Target, props: Props): ReactNode {
  const { cluster, group, state, onChange } = props;
  if (to === "time") return <TimeField value={state.time} onChange={(time) => onChange({ time })} />;
  if (to === "duration") return <ZonedAgo value={state.ago} onChange={(ago) => onChange({ ago })} />;
  if (to === "offset")
    return (
      <WholeField
        label="Offset"
        value={state.offset}
        hint="The same in each partition chosen; outside of its log it is clamped."
        mistake={(value) => (value < 0n ? "Offsets begin at 0." : null)}
        onChange={(offset) => onChange({ offset })}
      />
    );
  if (to === "shift")
    return (
      <WholeField
        label="Shift by"
        value={state.by}
        hint="Added to each committed offset: −100 reads 100 again, 100 skips them."
        mistake={(value) => (value === 0n ? "0 changes nothing." : null)}
        onChange={(by) => onChange({ by })}
      />
    );
  if (to === "group") return <OtherGroup cluster={cluster} group={group} value={state.of} onChange={onChange} />;
  if (to === "file")
    return <FileField group={group} file={props.file} onChange={props.onFile} problem={props.fileProblem} />;
  return null;
}

function ZonedAgo({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { zone } = usePreferences();
  return <AgoField value={value} zone={zone} onChange={onChange} />;
}

function OtherGroup({
  cluster,
  group,
  value,
  onChange,
}: Pick<Props, "cluster" | "group" | "onChange"> & { value: string }) {
  return (
    <div className="flex flex-col gap-1">
      <Popover
        label="Another group"
        align="start"
        width={320}
        button={(opener) => (
          <ChoiceButton icon={Users} opener={opener}>
            {value === "" ? "Choose a group" : value}
          </ChoiceButton>
        )}
      >
        {(close) => (
          <GroupNames
            cluster={cluster}
            except={group}
            onPick={(of) => {
              onChange({ of });
              close();
            }}
          />
        )}
      </Popover>
      <Says>Takes the offsets that group has now, of the topics it reads.</Says>
    </div>
  );
}

function GroupNames({ cluster, except, onPick }: { cluster: string; except: string; onPick: (group: string) => void }) {
  const { data, error } = useQuery({ ...groupsQuery(cluster), meta: { ageless: true }, staleTime: 30_000 });
  const others = data?.items.map(({ groupId }) => groupId).filter((groupId) => groupId !== except);
  return (
    <NamePicker
      names={others?.sort() ?? (error ? [] : null)}
      empty={error ? "The groups could not be asked for." : "This cluster has no other group."}
      onPick={onPick}
    />
  );
}
