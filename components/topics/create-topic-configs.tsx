"use client";
import { X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { TypedInput } from "@/components/ui/typed-input";
import type { ConfigEntry } from "@/lib/api/configs";
import { firstSentence, mistakeIn, readable } from "@/lib/client/config-values";

type Configs = Record<string, string>;

/** The configs set on the topic itself, each with what it means; everything else is inherited. */
export function CreateTopicConfigs({
  known,
  configs,
  onChange,
}: {
  known: readonly ConfigEntry[] | null;
  configs: Configs;
  onChange: (configs: Configs) => void;
}) {
  const free = (known ?? []).filter(({ name }) => !(name in configs));
  const remove = (name: string) => {
    const { [name]: _, ...others } = configs;
    onChange(others);
  };
  return (
    <section aria-label="Configs" className="flex min-w-0 flex-col gap-2">
      <h2 className="font-bold">Configs</h2>
      <p className="-mt-1.5 text-12 text-muted">
        Only those that differ from what the topic inherits; they can be changed later.
      </p>
      {Object.entries(configs).map(([name, value]) => (
        <ConfigRow
          key={name}
          name={name}
          value={value}
          entry={known?.find((entry) => entry.name === name) ?? null}
          onChange={(next) => onChange({ ...configs, [name]: next })}
          onRemove={() => remove(name)}
        />
      ))}
      <Select
        aria-label="Add a config"
        value=""
        disabled={free.length === 0}
        options={[
          { value: "", label: "Add a config…" },
          ...free.map((entry) => ({ value: entry.name, label: `${entry.name}, ${inheritedWords(entry)}` })),
        ]}
        onChange={(name) => {
          const entry = free.find((one) => one.name === name);
          if (entry) onChange({ ...configs, [name]: entry.value ?? "" });
        }}
        className="max-w-[480px]"
      />
    </section>
  );
}

const inheritedWords = ({ format, value }: ConfigEntry): string =>
  value === null || value === "" ? "not set" : readable(format, value).text;

function ConfigRow({
  name,
  value,
  entry,
  onChange,
  onRemove,
}: {
  name: string;
  value: string;
  entry: ConfigEntry | null;
  onChange: (value: string) => void;
  onRemove: () => void;
}) {
  const mistake = entry && mistakeIn(entry, value);
  return (
    <div className="flex min-w-0 flex-col gap-1.5 rounded-panel border border-border px-3 py-2">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-[180px] wrap-anywhere">{name}</code>
        <span className="flex max-w-full min-w-0 items-center gap-1">
          {entry && (
            <TypedInput
              format={entry.format}
              value={value}
              onChange={onChange}
              label={name}
              invalid={mistake !== null}
              secret={entry.sensitive}
            />
          )}
          <IconButton label={`Inherit ${name}`} icon={X} onClick={onRemove} />
        </span>
      </div>
      {mistake && <p className="text-12 text-bad">{mistake}</p>}
      {entry?.documentation && (
        <p className="text-12 text-muted" title={entry.documentation}>
          {firstSentence(entry.documentation)}
        </p>
      )}
    </div>
  );
}
