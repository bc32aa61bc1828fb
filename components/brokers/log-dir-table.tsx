import { Bytes } from "@/components/ui/bytes";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { fullness, fullTone } from "@/components/ui/disk";
import { Meter } from "@/components/ui/meter";
import { Name } from "@/components/ui/name";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { Status } from "@/components/ui/status";
import type { Column } from "@/components/ui/table-model";
import type { LogDir } from "@/lib/api/brokers";
import { counted, share } from "@/lib/format";

const unknownVolume = "Brokers tell the size of the volume from Kafka 3.3 on";

function Volume({ dir }: { dir: LogDir }) {
  const full = fullness(dir);
  if (full === null) return <Missing why={unknownVolume} />;
  return (
    <span className="inline-flex items-baseline gap-2.5 whitespace-nowrap">
      <Meter value={full} label={`${dir.path}: volume full`} tone={fullTone(full)} />
      <span
        className={fullTone(full) === "accent" ? "text-muted" : fullTone(full) === "warn" ? "text-warn" : "text-bad"}
      >
        {share(full, 0)} of <Bytes value={dir.totalBytes} />
      </span>
    </span>
  );
}

const state = ({ problem }: LogDir) =>
  problem ? (
    <Status kind="failed" word="Offline" title={problem.detail ?? problem.title} />
  ) : (
    <Status kind="passed" word="Online" />
  );

const columns: Column<LogDir>[] = [
  { id: "path", header: "Path", term: "log-dir", cell: ({ path }) => <Path of={path} /> },
  { id: "topics", header: "Topics", align: "end", width: 80, drop: 1, cell: (dir) => <Int value={dir.topicCount} /> },
  {
    id: "replicas",
    header: "Replicas",
    term: "replica",
    align: "end",
    width: 120,
    drop: 2,
    cell: ({ replicas, futureReplicas }) => (
      <span className="whitespace-nowrap">
        <Int value={replicas} />
        {futureReplicas > 0 && <span className="text-muted"> + {futureReplicas} moving in</span>}
      </span>
    ),
  },
  {
    id: "size",
    header: "Kafka's data",
    align: "end",
    width: 110,
    cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
  },
  { id: "volume", header: "Volume full", width: 210, drop: 3, cell: (dir) => <Volume dir={dir} /> },
  {
    id: "usable",
    header: "Free",
    align: "end",
    width: 100,
    cell: ({ usableBytes }) => <Bytes value={usableBytes} why={unknownVolume} />,
  },
  { id: "state", header: "State", width: 110, cell: state },
];

/** The end of a path tells directories apart, so it is its middle that goes. */
function Path({ of: path }: { of: string }) {
  return <Name value={path} className="font-mono text-12" />;
}

const keyOf = ({ path }: LogDir): string => path;

/** The directories of a broker. */
export function LogDirTable({ dirs }: { dirs: LogDir[] }) {
  return (
    <DataTable
      label="Log dirs"
      rows={dirs}
      columns={columns}
      rowKey={keyOf}
      phone={(dir) => (
        <PhoneRow
          name={<Path of={dir.path} />}
          badge={state(dir)}
          figures={[
            <span key="replicas">{counted(dir.replicas, "replica")}</span>,
            <span key="size">
              <Bytes value={dir.sizeBytes} />
            </span>,
          ]}
          end={
            <>
              <Bytes value={dir.usableBytes} why={unknownVolume} /> free
            </>
          }
        />
      )}
    />
  );
}
