"use client";
import { useQuery } from "@tanstack/react-query";
import { RefreshCw, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ColumnsChooser, useColumns } from "@/components/ui/columns-chooser";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { Icon } from "@/components/ui/icon";
import { FilterInput } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { Name } from "@/components/ui/name";
import { Page } from "@/components/ui/page";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Toolbar } from "@/components/ui/toolbar";
import { useUrlState } from "@/components/ui/use-url-state";
import { Warnings } from "@/components/ui/warnings";
import { compileFilter } from "@/lib/api/filter";
import { hasProblem, type TopicSummary } from "@/lib/api/topics";
import { url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { useRefresh } from "@/lib/client/refresh";
import { topicsQuery } from "@/lib/client/topics";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { bytes, counted, integer } from "@/lib/format";
import { kafkaCommand } from "@/lib/shell";
import { CreateLink } from "./create-link";
import { Span, TopicLag, topicColumns } from "./topic-columns";
import { TopicsEmpty } from "./topics-empty";
import { TopicsFoot } from "./topics-foot";
import { TopicsSelection } from "./topics-selection";
import { topicHref } from "./words";

const defaults = { q: "", sort: "name", internal: "", problems: "" };
const rowKey = (row: TopicSummary) => row.name;

/** Which topic, how big, is it well? Names show as soon as Metadata answers, the rest fills in. */
export function TopicsPage({ cluster }: { cluster: string }) {
  const [state, set] = useUrlState(defaults);
  const all = useQuery({ ...topicsQuery(cluster), ...useRefresh() });
  const names = useQuery({ ...topicsQuery(cluster, "names"), enabled: all.data === undefined });
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const bootstrap = useBootstrap(cluster);
  const data = all.data ?? names.data;
  const error = all.error ?? (data === undefined ? names.error : null);
  const rows = useMemo(() => data?.items ?? [], [data]);
  const pending = all.data === undefined;
  const { shown, inScope, filterProblem } = useMemo(() => narrow(rows, state), [rows, state]);
  const columns = useMemo(() => topicColumns({ pending, rows, ...marksOf(rows) }), [pending, rows]);
  const shownColumns = useColumns("topics", columns);
  const chosen = rows.filter(({ name }) => selected.has(name));
  const internal = rows.filter((row) => row.internal).length;
  const withProblems = inScope.filter(hasProblem).length;
  return (
    <Page
      title="Topics"
      fill
      meta={
        data &&
        (shown.length === rows.length
          ? integer(rows.length)
          : `${integer(shown.length)} shown of ${integer(rows.length)}`)
      }
      actions={
        <>
          <span className="max-md:hidden">
            <CopyAsCommand command={() => listCommand(state.problems === "1", bootstrap)} />
          </span>
          <CreateLink cluster={cluster} />
        </>
      }
    >
      {error !== null && (
        <ProblemPanel
          problem={problemOfError(error)}
          onRetry={() => all.refetch()}
          since={data && "The rows below are from before."}
          actions={<DoctorLink cluster={cluster} />}
        />
      )}
      <Warnings
        of={all.data?.warnings ?? []}
        actions={
          <>
            <DoctorLink cluster={cluster} />
            <Button icon={RefreshCw} busy={all.isFetching} onClick={() => all.refetch()}>
              Ask again
            </Button>
          </>
        }
      />
      <Toolbar
        choices={
          <>
            <Checkbox
              look="button"
              checked={state.internal === "1"}
              onChange={(on) => set({ internal: on ? "1" : "" }, "push")}
            >
              Internal <Count of={data && internal} />
            </Checkbox>
            <Checkbox
              look="button"
              checked={state.problems === "1"}
              onChange={(on) => set({ problems: on ? "1" : "" }, "push")}
            >
              <Icon of={TriangleAlert} className={withProblems > 0 ? "text-warn" : "text-muted"} />
              With problems <Count of={data && withProblems} />
            </Checkbox>
          </>
        }
        end={<ColumnsChooser table="topics" columns={columns} shown={shownColumns} />}
      >
        <FilterInput value={state.q} onChange={(q) => set({ q })} invalid={filterProblem !== null} />
      </Toolbar>
      {filterProblem !== null && (
        <p role="alert" className="-mt-1 text-12 text-bad">
          {filterProblem}
        </p>
      )}
      {(data !== undefined || error === null) && (
        <DataTable
          label={`Topics of ${cluster}`}
          rows={data === undefined ? null : shown}
          columns={shownColumns}
          rowKey={rowKey}
          sort={state.sort}
          onSort={(sort) => set({ sort }, "push")}
          href={(row) => topicHref(cluster, row.name)}
          phone={(row) => <TopicPhoneRow row={row} pending={pending} />}
          selected={selected}
          onSelect={setSelected}
          fill
          empty={
            <TopicsEmpty
              cluster={cluster}
              none={rows.length === 0}
              filter={state.q}
              hiddenInternal={
                state.internal === "1" ? 0 : rows.filter((row) => row.internal && matches(row, state)).length
              }
              onlyProblems={state.problems === "1"}
              onChange={set}
            />
          }
        />
      )}
      <TopicsSelection cluster={cluster} chosen={chosen} onClear={() => setSelected(new Set())} />
      <TopicsFoot rows={data === undefined ? null : shown} snapshot={all.data?.snapshot ?? null} pending={pending} />
    </Page>
  );
}

type State = typeof defaults;

const matches = (row: TopicSummary, { q, problems }: State): boolean =>
  compileFilter(q).matches(row.name) && (problems !== "1" || hasProblem(row));

/** The rows the toolbar leaves; `inScope` is before "With problems", which counts them. */
function narrow(rows: TopicSummary[], { q, internal, problems }: State) {
  const filter = compileFilter(q);
  const inScope = rows.filter((row) => (internal === "1" || !row.internal) && filter.matches(row.name));
  return { inScope, shown: problems === "1" ? inScope.filter(hasProblem) : inScope, filterProblem: filter.problem };
}

function marksOf(rows: TopicSummary[]) {
  const single = rows.filter(({ replicationFactor }) => replicationFactor === 1).length;
  return { trouble: rows.some(({ offline }) => offline > 0), markSingle: single * 2 < rows.length };
}

const listCommand = (onlyProblems: boolean, bootstrap: string | undefined): string =>
  kafkaCommand(
    "kafka-topics",
    onlyProblems ? ["--describe", "--under-replicated-partitions"] : ["--describe"],
    bootstrap,
  );

/** Nothing until it is known. */
const Count = ({ of: count }: { of: number | undefined }) =>
  count === undefined ? null : <span className="font-normal text-muted tabular-nums">{integer(count)}</span>;

const DoctorLink = ({ cluster }: { cluster: string }) => (
  <Link href={url`/clusters/${cluster}/doctor`} look="button">
    Connection doctor
  </Link>
);

const PhoneLag = ({ row }: { row: TopicSummary }) => (
  <>
    lag <TopicLag row={row} />
  </>
);

function TopicPhoneRow({ row, pending }: { row: TopicSummary; pending: boolean }) {
  const badge =
    row.offline > 0 ? (
      <Badge tone="bad">{row.offline} offline</Badge>
    ) : row.underReplicated > 0 ? (
      <Badge tone="warn">{row.underReplicated} under-repl.</Badge>
    ) : null;
  const size = row.sizeBytes === null ? "—" : bytes(row.sizeBytes);
  return (
    <PhoneRow
      name={<Name value={row.name} />}
      badge={badge}
      figures={[counted(row.partitions, "partition"), ...(pending ? [] : [<Span key="span" row={row} />, size])]}
      end={pending || row.groups === null || row.groups === 0 ? undefined : <PhoneLag row={row} />}
    />
  );
}
