"use client";
import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useCallback, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { ColumnsChooser, useColumns } from "@/components/ui/columns-chooser";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { DataTable } from "@/components/ui/data-table";
import { groupHref } from "@/components/ui/group-href";
import { HistoryBanner } from "@/components/ui/history-banner";
import { FilterInput } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Toolbar } from "@/components/ui/toolbar";
import { useUrlState } from "@/components/ui/use-url-state";
import { Warnings } from "@/components/ui/warnings";
import type { GroupSummary } from "@/lib/api/groups";
import { url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { groupsQuery } from "@/lib/client/groups";
import { useRefresh } from "@/lib/client/refresh";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { integer } from "@/lib/format";
import { kafkaCommand } from "@/lib/shell";
import { AlertsLink } from "./alerts-link";
import { CreateAtOffsets } from "./create-at-offsets";
import { KindChoice, StatusChips } from "./group-choices";
import { groupColumns } from "./group-columns";
import { type GroupChoice, narrowGroups } from "./group-list";
import { GroupPhoneRow } from "./group-phone-row";
import { GroupsEmpty } from "./groups-empty";
import { GroupsFoot } from "./groups-foot";

const defaults = { q: "", sort: "-status", status: "", state: "", type: "" };
const none: GroupSummary[] = [];
const rowKey = (row: GroupSummary) => row.groupId;
const phone = (row: GroupSummary) => <GroupPhoneRow row={row} />;

/** Who is behind? Every group of a cluster, the worst first. */
export function GroupsPage({ cluster }: { cluster: string }) {
  const [state, set] = useUrlState(defaults);
  const query = useQuery({ ...groupsQuery(cluster), ...useRefresh() });
  const bootstrap = useBootstrap(cluster);
  const { data, error } = query;
  const rows = data?.items ?? none;
  const { shown, inScope, statuses, filterProblem } = useMemo(() => narrowGroups(rows, state), [rows, state]);
  const columns = useMemo(() => groupColumns(rows), [rows]);
  const shownColumns = useColumns("groups", columns);
  const href = useCallback((row: GroupSummary) => groupHref(cluster, row.groupId), [cluster]);
  const doctor = (
    <Link href={url`/clusters/${cluster}/doctor`} look="button">
      Connection doctor
    </Link>
  );
  return (
    <Page
      title="Consumer groups"
      fill
      meta={
        data &&
        (shown.length === rows.length
          ? integer(rows.length)
          : `${integer(shown.length)} shown of ${integer(rows.length)}`)
      }
      actions={
        <>
          <AlertsLink cluster={cluster} />
          <span className="max-md:hidden">
            <CopyAsCommand command={() => listCommand(state, bootstrap)} />
          </span>
          <CreateAtOffsets cluster={cluster} />
        </>
      }
    >
      {error !== null && (
        <ProblemPanel
          problem={problemOfError(error)}
          onRetry={() => query.refetch()}
          since={data && "The rows below are from before."}
          actions={doctor}
        />
      )}
      <Warnings
        of={data?.warnings ?? []}
        actions={
          <>
            {doctor}
            <Button icon={RefreshCw} busy={query.isFetching} onClick={() => query.refetch()}>
              Ask again
            </Button>
          </>
        }
      />
      <HistoryBanner of={data?.history} />
      <Toolbar
        choices={
          <>
            <StatusChips choice={state} onChange={set} counts={data ? { all: inScope, of: statuses } : null} />
            <KindChoice choice={state} onChange={set} />
          </>
        }
        end={<ColumnsChooser table="groups" columns={columns} shown={shownColumns} bare />}
      >
        <FilterInput
          value={state.q}
          onChange={(q) => set({ q })}
          placeholder="Filter: words, !not, topic:orders"
          invalid={filterProblem !== null}
          className="md:max-w-[270px]! md:min-w-[164px]"
        />
      </Toolbar>
      {filterProblem !== null && (
        <p role="alert" className="-mt-1 text-12 text-bad">
          {filterProblem}
        </p>
      )}
      {(data !== undefined || error === null) && (
        <DataTable
          label={`Consumer groups of ${cluster}`}
          rows={data === undefined ? null : shown}
          columns={shownColumns}
          rowKey={rowKey}
          sort={state.sort}
          onSort={(sort) => set({ sort }, "push")}
          href={href}
          phone={phone}
          fill
          empty={<GroupsEmpty cluster={cluster} total={rows.length} choice={state} onChange={set} />}
        />
      )}
      <GroupsFoot
        rows={data === undefined ? null : shown}
        snapshot={data?.snapshot ?? null}
        history={data?.history ?? null}
      />
    </Page>
  );
}

/** Kafka's tool describes every group, or lists those of one state or type. */
const listCommand = ({ state, type }: GroupChoice, bootstrap: string | undefined): string =>
  kafkaCommand(
    "kafka-consumer-groups",
    state === "" && type === ""
      ? ["--describe", "--all-groups"]
      : [
          "--list",
          ...(state === "" ? ["--state"] : [["--state", state] as [string, string]]),
          ...(type === "" ? ["--type"] : [["--type", type] as [string, string]]),
        ],
    bootstrap,
  );
