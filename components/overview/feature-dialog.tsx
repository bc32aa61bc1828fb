"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CommandBlock } from "@/components/ui/command-block";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/input";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Select } from "@/components/ui/select";
import { notify } from "@/components/ui/toast";
import type { FeatureLevel } from "@/lib/api/clusters";
import { problemOfError } from "@/lib/client/call";
import { featurePlanQuery, useUpdateFeature } from "@/lib/client/clusters";
import { useHoldRefresh } from "@/lib/client/refresh";
import { featureCommand } from "./commands";

const nameOf = ({ level, name }: FeatureLevel["levels"][number]): string =>
  level === 0 ? "0, off" : name ? `${name}, level ${level}` : String(level);

/** A new level: chosen, checked by the controller, confirmed, set, read back. */
export function FeatureDialog({
  cluster,
  bootstrap,
  feature,
  onClose,
}: {
  cluster: string;
  bootstrap: string[];
  feature: FeatureLevel;
  onClose: () => void;
}) {
  useHoldRefresh("editing");
  // The plan is made from the level that was there when the dialog opened, whatever the page learns meanwhile.
  const [before] = useState(feature.finalized ?? 0);
  const [level, setLevel] = useState(before);
  const [unsafe, setUnsafe] = useState(false);
  const [understood, setUnderstood] = useState(false);
  const lowers = level < before;
  const change = {
    feature: feature.name,
    level,
    before,
    upgradeType: !lowers ? ("upgrade" as const) : unsafe ? ("unsafe-downgrade" as const) : ("safe-downgrade" as const),
  };
  const plan = useQuery({ ...featurePlanQuery(cluster, change), enabled: level !== before });
  const update = useUpdateFeature(cluster);
  const choose = (next: string) => {
    setLevel(Number(next));
    setUnderstood(false);
    update.reset();
  };
  const set = () =>
    update.mutate(change, {
      onSuccess: ({ after }) => {
        notify(
          after === level
            ? { text: `${feature.name} is at level ${after}, read back.` }
            : { tone: "warn", text: `${feature.name} was set to level ${level}; brokers still tell ${after}.` },
        );
        onClose();
      },
    });
  const problem = update.error ?? plan.error;
  const options = feature.levels.map((one) => ({
    value: String(one.level),
    label: one.level === before ? `${nameOf(one)} (now)` : nameOf(one),
  }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change ${feature.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={update.isPending}
            disabled={level === before ? "Choose another level first" : !plan.isSuccess || !understood}
            onClick={set}
          >
            {level === before ? "Set level" : `Set level ${level}`}
          </Button>
        </>
      }
    >
      <Field label="Level" hint={`The brokers support ${feature.supportedMin} to ${feature.supportedMax}.`}>
        {({ invalid: _, ...control }) => (
          <Select {...control} value={String(level)} options={[...options].reverse()} onChange={choose} />
        )}
      </Field>
      {lowers && (
        <Checkbox checked={unsafe} onChange={setUnsafe}>
          Lower it even where metadata is lost (unsafe downgrade)
        </Checkbox>
      )}
      {level !== before && (
        <>
          {problem ? (
            <ProblemPanel problem={problemOfError(problem)} />
          ) : (
            <Banner tone="plain">
              <b>Nothing has been written yet.</b>{" "}
              {plan.isSuccess
                ? `The controller validated ${feature.name}: level ${before} to ${level}.`
                : "The controller is asked whether it takes this level."}
            </Banner>
          )}
          <CommandBlock
            label="The same from a shell"
            command={featureCommand(bootstrap, { name: feature.name, finalized: before }, level, unsafe)}
          />
          {plan.isSuccess && (
            <Checkbox checked={understood} onChange={setUnderstood}>
              {lowers
                ? `I understand that what needs ${feature.name} above level ${level} stops working`
                : "I understand that a level can often not be lowered again"}
            </Checkbox>
          )}
        </>
      )}
    </Dialog>
  );
}
