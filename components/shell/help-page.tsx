"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { terms } from "@/components/ui/terms";
import { type ProblemCode, problemCodes } from "@/lib/api/problem-codes";
import { setPreferences, usePreferences } from "@/lib/client/preferences";
import { ShortcutTable } from "./shortcut-table";

const words = Object.entries(terms).sort(([, a], [, b]) =>
  a.word.toLowerCase().localeCompare(b.word.toLowerCase(), "en"),
);
const problems = Object.keys(problemCodes) as ProblemCode[];

function Settings() {
  const { density, terms: underlined, shortcuts } = usePreferences();
  return (
    <div className="flex flex-col items-start gap-2.5">
      <Segmented
        label="Rows"
        value={density}
        options={[
          { value: "compact", label: "Compact rows" },
          { value: "normal", label: "Normal" },
          { value: "comfortable", label: "Comfortable" },
        ]}
        onChange={(value) => setPreferences({ density: value })}
      />
      <Checkbox checked={underlined} onChange={(on) => setPreferences({ terms: on })}>
        Underline Kafka's terms
      </Checkbox>
      <Checkbox checked={shortcuts} onChange={(on) => setPreferences({ shortcuts: on })}>
        Single keys do something
      </Checkbox>
    </div>
  );
}

/** Every term, every key, every problem, and what can be set for this browser. */
export function HelpPage() {
  return (
    <Page title="Help and terms">
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1.62fr)_minmax(0,1fr)]">
        <Panel title="Terms" meta={words.length}>
          <dl className="flex flex-col gap-2.5">
            {words.map(([id, { word, text }]) => (
              <div
                key={id}
                id={id}
                className="-mx-1.5 max-w-[110ch] scroll-mt-4 rounded-control px-1.5 target:bg-selected"
              >
                <dt className="font-strong">{word}</dt>
                <dd className="text-ink-2">{text}</dd>
              </div>
            ))}
          </dl>
        </Panel>
        <div className="flex min-w-0 flex-col gap-3">
          <Panel title="For this browser">
            <Settings />
          </Panel>
          <Panel title="Keys">
            <ShortcutTable />
          </Panel>
          <Panel title="Problems" meta={problems.length}>
            <dl className="flex flex-col gap-2.5">
              {problems.map((code) => (
                <div
                  key={code}
                  id={`problem-${code}`}
                  className="-mx-1.5 scroll-mt-4 rounded-control px-1.5 target:bg-selected"
                >
                  <dt className="flex flex-wrap items-baseline gap-x-2">
                    <b>{problemCodes[code].title}.</b> <code className="text-11 text-muted">{code}</code>
                  </dt>
                  <dd className="text-ink-2">{problemCodes[code].todo}</dd>
                </div>
              ))}
            </dl>
          </Panel>
        </div>
      </div>
    </Page>
  );
}
