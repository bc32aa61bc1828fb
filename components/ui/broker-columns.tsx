import type { BrokerSummary } from "@/lib/api/brokers";
import { counted, share, signedShare } from "@/lib/format";
import { Bytes } from "./bytes";
import { PhoneRow } from "./data-table-row";
import { Disk } from "./disk";
import { Missing } from "./null-mark";
import { Int } from "./number";
import { Status } from "./status";
import { type Column, wholeKey } from "./table-model";

const notMember = "Not a member of the cluster now";
const whyOf = (broker: BrokerSummary): string | undefined =>
  broker.state === "missing" ? notMember : (broker.problem?.detail ?? broker.problem?.title);

const words = { broker: "Broker", controller: "controller", voter: "voter", observer: "observer" } as const;

function Roles({ roles }: Pick<BrokerSummary, "roles">) {
  return roles.map((role, at) => (
    <span key={role}>
      {at > 0 && ", "}
      {role === "controller" ? <b>controller</b> : words[role]}
    </span>
  ));
}

const states = {
  "in-sync": { kind: "in-sync", word: undefined },
  behind: { kind: "behind", word: undefined },
  unreachable: { kind: "missing", word: "No answer" },
  missing: { kind: "missing", word: undefined },
} as const;

export function BrokerState({ broker }: { broker: BrokerSummary }) {
  const { kind, word } = states[broker.state];
  const behind = broker.state === "behind" ? `${broker.outOfSync} behind` : undefined;
  return <Status kind={kind} word={word ?? behind} title={whyOf(broker)} />;
}

const ink = (broker: BrokerSummary) => (broker.state === "missing" ? "text-bad" : "");

/** The brokers of a cluster as a table: on its own page and on the overview. */
export const brokerColumns: Column<BrokerSummary>[] = [
  {
    id: "id",
    header: "Id",
    align: "end",
    width: 62,
    main: true,
    cell: (broker) => <b className={ink(broker)}>{broker.id}</b>,
    sortBy: ({ id }) => id,
  },
  {
    id: "host",
    header: "Host and port",
    cell: (broker) =>
      broker.host === null ? (
        <span className="text-bad">{notMember}</span>
      ) : (
        <span className="font-mono text-12">{`${broker.host}:${broker.port}`}</span>
      ),
    sortBy: ({ host, port }) => (host === null ? null : `${host}:${port}`),
  },
  {
    id: "rack",
    header: "Rack",
    term: "rack",
    width: 90,
    drop: 1,
    cell: ({ rack }) => rack ?? <Missing why="broker.rack is not set" />,
    sortBy: ({ rack }) => rack,
  },
  {
    id: "role",
    header: "Role",
    width: 132,
    drop: 2,
    cell: ({ roles }) => <Roles roles={roles} />,
    sortBy: ({ roles }) => roles.join(),
  },
  {
    id: "replicas",
    header: "Replicas",
    term: "replica",
    align: "end",
    width: 86,
    drop: 3,
    largestFirst: true,
    cell: ({ replicas }) => <Int value={replicas} />,
    sortBy: ({ replicas }) => replicas,
  },
  {
    id: "leaders",
    header: "Leaders",
    term: "leader",
    align: "end",
    width: 120,
    largestFirst: true,
    cell: ({ leaders, leaderShare }) => (
      <span className="whitespace-nowrap">
        <Int value={leaders} /> {leaderShare !== null && <span className="text-muted">{share(leaderShare)}</span>}
      </span>
    ),
    sortBy: ({ leaders }) => leaders,
  },
  {
    id: "skew",
    header: "Skew",
    term: "leader-skew",
    align: "end",
    width: 78,
    drop: 4,
    largestFirst: true,
    cell: (broker) =>
      broker.skew === null ? <Missing why={whyOf(broker) ?? "Nothing has a leader"} /> : signedShare(broker.skew),
    sortBy: ({ skew }) => skew,
  },
  {
    id: "disk",
    header: "Disk used",
    width: 226,
    drop: 5,
    largestFirst: true,
    cell: (broker) =>
      broker.sizeBytes === null ? <Missing why={whyOf(broker)} /> : <Disk of={broker} label={`Broker ${broker.id}`} />,
    sortBy: ({ sizeBytes }) => wholeKey(sizeBytes),
  },
  {
    id: "state",
    header: "State",
    width: 124,
    cell: (broker) => <BrokerState broker={broker} />,
    sortBy: ({ state }) => state,
  },
];

export const brokerKey = ({ id }: BrokerSummary): string => String(id);

/** The same on a phone: two lines. */
export function brokerPhoneRow(broker: BrokerSummary) {
  return (
    <PhoneRow
      name={`Broker ${broker.id}`}
      badge={<BrokerState broker={broker} />}
      figures={[
        ...(broker.host === null
          ? []
          : [<span key="host" className="font-mono wrap-anywhere">{`${broker.host}:${broker.port}`}</span>]),
        <span key="leaders" className="whitespace-nowrap">
          {counted(broker.leaders, "leader")}
        </span>,
      ]}
      end={<Bytes value={broker.sizeBytes} why={whyOf(broker)} />}
    />
  );
}
