"use client";
import { useQuery } from "@tanstack/react-query";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { Name } from "@/components/ui/name";
import { Skeleton } from "@/components/ui/skeleton";
import type { Column } from "@/components/ui/table-model";
import { useUrlState } from "@/components/ui/use-url-state";
import type { AclEntry } from "@/lib/api/acls";
import { problemOfError } from "@/lib/client/call";
import { useRefresh } from "@/lib/client/refresh";
import { topicAclsQuery } from "@/lib/client/topics";
import { counted } from "@/lib/format";
import { kafkaCommand } from "@/lib/shell";

const defaults = { sort: "" };

const columns: Column<AclEntry>[] = [
  {
    id: "principal",
    header: "Principal",
    term: "principal",
    cell: ({ principal }) => <Name value={principal} />,
    sortBy: ({ principal }) => principal,
  },
  {
    id: "permission",
    header: "Permission",
    width: 100,
    cell: ({ permission }) => (permission === "deny" ? <span className="text-bad">Deny</span> : "Allow"),
    sortBy: ({ permission }) => permission,
  },
  {
    id: "operation",
    header: "Operation",
    width: 140,
    cell: ({ operation }) => operation,
    sortBy: ({ operation }) => operation,
  },
  {
    id: "host",
    header: "From host",
    width: 140,
    drop: 1,
    cell: ({ host }) =>
      host === "*" ? <span className="text-muted">any</span> : <span className="font-mono text-12">{host}</span>,
    sortBy: ({ host }) => host,
  },
  {
    id: "resource",
    header: "Set for",
    drop: 2,
    cell: ({ resourceName, pattern }) =>
      resourceName === "*" && pattern === "literal" ? (
        <span className="text-muted">every topic</span>
      ) : pattern === "prefixed" ? (
        <span className="inline-flex min-w-0 gap-1">
          <span className="text-muted">names that begin with</span> <Name value={resourceName} />
        </span>
      ) : (
        "this topic"
      ),
    sortBy: ({ resourceName, pattern }) => `${pattern} ${resourceName}`,
  },
];

const rowKey = (row: AclEntry) =>
  [row.principal, row.permission, row.operation, row.host, row.pattern, row.resourceName].join("\n");

/** Who may use the topic, as far as the broker lets this user read it. */
export function TopicAclsPage({ cluster, topic }: { cluster: string; topic: string }) {
  const [state, set] = useUrlState(defaults);
  const query = useQuery({ ...topicAclsQuery(cluster, topic), ...useRefresh(), retry: false });
  if (query.error && problemOfError(query.error).code === "acls-disabled")
    return (
      <EmptyState title="This cluster keeps no ACLs">
        Its brokers run without an authorizer, so everybody who reaches them may do everything with this topic. To
        change that, set <code>authorizer.class.name</code> to{" "}
        <code>org.apache.kafka.metadata.authorizer.StandardAuthorizer</code> on brokers and controllers.
      </EmptyState>
    );
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2.5">
      <Loaded query={query} skeleton={<Skeleton rows={4} />}>
        {({ items }) => (
          <>
            <p className="shrink-0 text-muted">
              {counted(items.length, "rule")} that apply here: those for this name, for prefixes of it and for every
              topic. A denial wins over any permission.
            </p>
            <DataTable
              label={`ACLs of ${topic}`}
              rows={items}
              columns={columns}
              rowKey={rowKey}
              sort={state.sort}
              onSort={(sort) => set({ sort }, "push")}
              fill
              empty={
                <EmptyState
                  title="No ACL names this topic"
                  command={kafkaCommand("kafka-acls", [
                    "--add",
                    ["--allow-principal", "User:NAME"],
                    ["--operation", "Read"],
                    ["--topic", topic],
                  ])}
                >
                  Only super users may use it, unless the brokers have allow.everyone.if.no.acl.found=true.
                </EmptyState>
              }
            />
          </>
        )}
      </Loaded>
    </div>
  );
}
