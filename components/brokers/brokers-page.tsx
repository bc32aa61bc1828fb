"use client";
import { useQuery } from "@tanstack/react-query";
import { Stethoscope } from "lucide-react";
import { brokerColumns, brokerKey, brokerPhoneRow } from "@/components/ui/broker-columns";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { DataTable } from "@/components/ui/data-table";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import { Statusline } from "@/components/ui/statusline";
import { Age } from "@/components/ui/time";
import { useUrlState } from "@/components/ui/use-url-state";
import { Warnings } from "@/components/ui/warnings";
import type { BrokerSummary } from "@/lib/api/brokers";
import { url } from "@/lib/api/url";
import { brokersQuery } from "@/lib/client/brokers";
import { useRefresh } from "@/lib/client/refresh";
import { counted, duration } from "@/lib/format";

const defaults = { sort: "id" };

const command = (brokers: BrokerSummary[]): string => {
  const addresses = brokers.flatMap(({ host, port }) => (host === null ? [] : [`${host}:${port}`]));
  return `kafka-broker-api-versions.sh --bootstrap-server ${addresses.join(",")}\nkafka-log-dirs.sh --bootstrap-server ${addresses.join(",")} --describe`;
};

const standing = (brokers: BrokerSummary[]): string => {
  const of = (state: BrokerSummary["state"]) => brokers.filter((broker) => broker.state === state).length;
  const bad = [
    [of("missing"), "missing"],
    [of("unreachable"), "without an answer"],
    [of("behind"), "behind"],
  ] as const;
  const words = bad.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [counted(brokers.length, "broker"), ...words].join(", ");
};

/** What is each broker carrying? */
export function BrokersPage({ cluster }: { cluster: string }) {
  const query = useQuery({ ...brokersQuery(cluster), ...useRefresh() });
  const [{ sort }, setState] = useUrlState(defaults);
  const { data } = query;
  const doctor = (
    <Link href={url`/clusters/${cluster}/doctor`} look="button">
      <Icon of={Stethoscope} className="text-muted" />
      Check connection
    </Link>
  );
  return (
    <Page
      title="Brokers"
      fill
      meta={data && standing(data.items)}
      actions={
        <>
          {data && <CopyAsCommand command={() => command(data.items)} />}
          <Link href={url`/clusters/${cluster}/brokers/default/configs`} look="button">
            Cluster-wide defaults
          </Link>
        </>
      }
    >
      <Loaded query={query} quiet actions={doctor} skeleton={<BrokerTable cluster={cluster} rows={null} sort={sort} />}>
        {({ items, warnings, snapshot }) => (
          <>
            <Warnings of={warnings} actions={doctor} />
            <BrokerTable
              cluster={cluster}
              rows={items}
              sort={sort}
              onSort={(next) => setState({ sort: next }, "push")}
            />
            <Statusline
              left={<span>{standing(items)}</span>}
              right={
                snapshot && (
                  <>
                    <span>
                      Read <Age value={snapshot.takenAt} />
                    </span>
                    <span>
                      {counted(snapshot.requests, "broker request")}, {duration(Math.round(snapshot.milliseconds))}
                    </span>
                  </>
                )
              }
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function BrokerTable({
  cluster,
  rows,
  sort,
  onSort,
}: {
  cluster: string;
  rows: BrokerSummary[] | null;
  sort: string;
  onSort?: (sort: string) => void;
}) {
  return (
    <DataTable
      label="Brokers"
      fill
      rows={rows}
      columns={brokerColumns}
      rowKey={brokerKey}
      sort={sort}
      onSort={onSort}
      href={(broker) => url`/clusters/${cluster}/brokers/${broker.id}/configs`}
      phone={brokerPhoneRow}
    />
  );
}
