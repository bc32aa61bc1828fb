"use client";
import { ChoiceButton } from "@/components/ui/choice-button";
import { Menu } from "@/components/ui/menu";
import { compact, counted, integer } from "@/lib/format";

const hits = ["50", "200", "1000", "10000"];
const scans = ["10000", "100000", "1000000", ""];

/** A limit of the address that is none of the usual ones is one more choice. */
const withChosen = (usual: string[], value: string) => (usual.includes(value) ? usual : [value, ...usual]);

type Props = { limit: string; scan: string; onChange: (change: { limit?: string; scan?: string }) => void };

/** Two limits of a search: hits to find, and records to look at. */
export function LimitChoices({ limit, scan, onChange }: Props) {
  return (
    <>
      <Menu
        label="Stop after"
        align="start"
        button={(opener) => (
          <ChoiceButton label="Stop after" opener={opener}>
            {counted(limit, "hit")}
          </ChoiceButton>
        )}
        items={withChosen(hits, limit).map((value) => ({
          label: counted(value, "hit"),
          chosen: value === limit,
          onSelect: () => onChange({ limit: value }),
        }))}
      />
      <Menu
        label="Scan at most"
        align="start"
        button={(opener) => (
          <ChoiceButton label="Scan at most" opener={opener}>
            {scan === "" ? "all" : compact(scan)}
          </ChoiceButton>
        )}
        items={withChosen(scans, scan).map((value) => ({
          label: value === "" ? "All that are asked for" : `${integer(value)} records`,
          chosen: value === scan,
          onSelect: () => onChange({ scan: value }),
        }))}
      />
    </>
  );
}
