import { PhoneRow } from "@/components/ui/data-table-row";
import { TypedValue } from "@/components/ui/typed-value";
import type { ConfigEntry } from "@/lib/api/configs";
import type { ConfigTarget } from "@/lib/client/configs";
import { Dot } from "./config-columns";
import type { Draft } from "./drafts";
import { setBy } from "./words";

/** A config in two lines; tapping it opens its editor. */
export function ConfigPhoneRow({
  entry,
  target,
  draft,
}: {
  entry: ConfigEntry;
  target: ConfigTarget;
  draft: Draft | undefined;
}) {
  return (
    <PhoneRow
      name={
        <span className="flex items-center gap-[7px]">
          <Dot on={entry.changed} edited={draft !== undefined} />
          <span className="truncate font-mono text-12">{entry.name}</span>
        </span>
      }
      figures={[
        <span key="value" className="block max-w-[52vw] truncate ps-[13px] text-ink">
          <TypedValue
            format={entry.format}
            value={draft ? (draft.value ?? entry.inherited) : entry.value}
            sensitive={entry.sensitive}
            raw={false}
          />
        </span>,
      ]}
      end={draft ? "edited" : setBy(entry, target)}
    />
  );
}
