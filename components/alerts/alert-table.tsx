"use client";
import { CircleCheck, CircleX, Clock } from "lucide-react";
import { useCallback, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { groupHref } from "@/components/ui/group-href";
import { type Glyph, Icon } from "@/components/ui/icon";
import { Lag, TimeLag } from "@/components/ui/lag";
import { Name } from "@/components/ui/name";
import { numberWidth } from "@/components/ui/number-width";
import type { Column } from "@/components/ui/table-model";
import { Age } from "@/components/ui/time";
import { type Tone, toneInk } from "@/components/ui/tone";
import type { AlertOfGroup } from "@/lib/api/alerts";
import { byUrgency } from "./alert-words";

const looks = {
  firing: { word: "Firing", icon: CircleX, tone: "bad" },
  pending: { word: "Pending", icon: Clock, tone: "warn" },
  resolved: { word: "Resolved", icon: CircleCheck, tone: "ok" },
} as const satisfies Record<AlertOfGroup["state"], { word: string; icon: Glyph; tone: Tone }>;

function State({ of: state }: { of: AlertOfGroup["state"] }) {
  const { word, icon, tone } = looks[state];
  return (
    <span className="inline-flex items-center gap-1.5 align-top whitespace-nowrap">
      <Icon of={icon} className={toneInk[tone]} />
      <span className={tone === "bad" ? "text-bad" : ""}>{word}</span>
    </span>
  );
}

const columnsOf = (alerts: AlertOfGroup[]): Column<AlertOfGroup>[] => [
  { id: "state", header: "Alert", width: 106, cell: ({ state }) => <State of={state} /> },
  { id: "group", header: "Group", width: 260, main: true, cell: ({ groupId }) => <Name value={groupId} /> },
  {
    id: "since",
    header: "Since",
    width: 104,
    drop: 1,
    cell: ({ since }) => <Age value={since} />,
  },
  {
    id: "lag",
    header: "Lag",
    term: "lag",
    align: "end",
    width: Math.max(
      100,
      numberWidth(
        "Lag",
        alerts.map(({ lag }) => lag),
      ),
    ),
    cell: ({ lag }) => <Lag value={lag} />,
  },
  {
    id: "time",
    header: "Time lag",
    term: "time-lag",
    align: "end",
    width: 112,
    drop: 2,
    cell: ({ timeLagMs, timeLagIs }) => <TimeLag timeLagMs={timeLagMs} timeLagIs={timeLagIs} />,
  },
  {
    id: "why",
    header: "Why",
    drop: 3,
    cell: ({ reason }) => (
      <span className="text-ink-2" title={reason}>
        {reason}
      </span>
    ),
  },
];

const rowKey = ({ groupId }: AlertOfGroup) => groupId;

const phone = (row: AlertOfGroup) => (
  <PhoneRow
    name={<Name value={row.groupId} />}
    badge={
      <span className="shrink-0 text-12">
        <State of={row.state} />
      </span>
    }
    figures={[<Age key="since" value={row.since} />]}
    end={
      <>
        lag <Lag value={row.lag} />
      </>
    }
  />
);

/** The groups a rule speaks of, those that fire first. */
export function AlertTable({ cluster, rule, alerts }: { cluster: string; rule: string; alerts: AlertOfGroup[] }) {
  const rows = useMemo(() => byUrgency(alerts), [alerts]);
  const columns = useMemo(() => columnsOf(alerts), [alerts]);
  const href = useCallback((row: AlertOfGroup) => groupHref(cluster, row.groupId), [cluster]);
  return (
    <DataTable
      label={`Groups of the alert ${rule}`}
      rows={rows}
      columns={columns}
      rowKey={rowKey}
      href={href}
      phone={phone}
    />
  );
}
