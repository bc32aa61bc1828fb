"use client";
import { useQuery } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { Select } from "@/components/ui/select";
import { TypedValue } from "@/components/ui/typed-value";
import type { ConfigEntry } from "@/lib/api/configs";
import type { Permission } from "@/lib/api/endpoint";
import { type ConfigTarget, topicConfigsQuery } from "@/lib/client/configs";
import { topicsQuery } from "@/lib/client/topics";
import { counted } from "@/lib/format";
import { differences } from "./copy-settings-model";

type Props = {
  target: Extract<ConfigTarget, { kind: "topic" }>;
  entries: ReadonlyMap<string, ConfigEntry>;
  onChange: (entry: ConfigEntry, value: string | null) => void;
};

/** Takes the own values of another topic over as changes that are not applied yet. */
export function CopySettings({ permission, ...props }: Props & { permission: Permission }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Can permission={permission}>
        <Button icon={Copy} onClick={() => setOpen(true)}>
          Copy settings from…
        </Button>
      </Can>
      {open && <CopyDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function CopyDialog({ target, entries, onChange, onClose }: Props & { onClose: () => void }) {
  const topics = useQuery({ ...topicsQuery(target.cluster, "names"), meta: { ageless: true } });
  const [from, setFrom] = useState("");
  const [reset, setReset] = useState(false);
  const theirs = useQuery({
    ...topicConfigsQuery(target.cluster, from),
    enabled: from !== "",
    meta: { ageless: true },
  });
  const changes = differences(entries, theirs.data?.items ?? [], reset);
  const take = () => {
    for (const { entry, value } of changes) onChange(entry, value);
    onClose();
  };
  const verb = theirs.data === undefined ? "Take over settings" : `Take over ${counted(changes.length, "setting")}`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Copy settings to ${target.topic}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={changes.length === 0} onClick={take}>
            {verb}
          </Button>
        </>
      }
    >
      <Loaded query={topics}>
        {({ items }) => (
          <Field label="From topic" hint="They become changes that you can still edit; nothing is applied yet.">
            {({ invalid: _, ...control }) => (
              <Select
                {...control}
                value={from}
                options={[
                  { value: "", label: "Choose a topic" },
                  ...items
                    .filter(({ name }) => name !== target.topic)
                    .map(({ name }) => ({ value: name, label: name })),
                ]}
                onChange={setFrom}
              />
            )}
          </Field>
        )}
      </Loaded>
      <Checkbox checked={reset} onChange={setReset}>
        Reset what that topic does not set
      </Checkbox>
      {from !== "" && (
        <Loaded query={theirs}>
          {() =>
            changes.length === 0 ? (
              <p className="text-muted">It sets nothing that is different here.</p>
            ) : (
              <ul className="flex flex-col divide-y divide-border border-y border-border">
                {changes.map(({ entry, value }) => (
                  <li key={entry.name} className="flex flex-wrap gap-x-3 py-1">
                    <span className="min-w-0 flex-1 font-mono text-12 wrap-anywhere">{entry.name}</span>
                    <span className="text-12">
                      {value === null ? (
                        "reset to inherited"
                      ) : (
                        <TypedValue format={entry.format} value={value} raw={false} />
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </Dialog>
  );
}
