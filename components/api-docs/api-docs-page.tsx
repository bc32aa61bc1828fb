"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Introduction } from "@/components/api-docs/introduction";
import { OperationPanel } from "@/components/api-docs/operation-panel";
import { SchemaTable } from "@/components/api-docs/schema-table";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterInput } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { type ApiDescription, apiDescriptionQuery, type Operation } from "@/lib/client/api-docs";

/** Kafdeck's API to read: grouped by noun, each operation opened on demand. Made from the same description that tools take. */
export function ApiDocsPage() {
  const described = useQuery({ ...apiDescriptionQuery(), meta: { ageless: true } });
  return (
    <Page
      title="API"
      meta={described.data && `version ${described.data.version}`}
      actions={
        <a className="text-accent hover:underline" href="/api/openapi.json">
          OpenAPI document
        </a>
      }
    >
      <Loaded query={described}>{(data) => <Described data={data} />}</Loaded>
    </Page>
  );
}

function Described({ data }: { data: ApiDescription }) {
  const [wanted, setWanted] = useState("");
  const words = wanted.toLowerCase();
  const found = data.operations.filter(({ path, summary, method, operationId, "x-permission": permission }) =>
    `${method} ${path} ${summary} ${operationId} ${permission}`.toLowerCase().includes(words),
  );
  const groups = Map.groupBy(found, ({ tags }) => tags[0] ?? "");
  return (
    <>
      <Introduction text={data.description} />
      <div className="flex min-w-0 shrink-0 flex-wrap items-center gap-2">
        <FilterInput value={wanted} onChange={setWanted} placeholder="Filter by path, words or permission" />
        <span className="text-muted">
          {found.length} of {data.operations.length} operations
        </span>
      </div>
      {found.length === 0 && (
        <EmptyState title="No operation matches.">Shorten the filter, or read the OpenAPI document.</EmptyState>
      )}
      {[...groups].map(([noun, operations]) => (
        <Group key={noun} noun={noun} operations={operations} schemas={data.schemas} />
      ))}
      {data.schemas.problem && (
        <Panel title="Problem" meta="every failure, as application/problem+json" flush>
          <SchemaTable schema={data.schemas.problem} schemas={data.schemas} />
        </Panel>
      )}
    </>
  );
}

type GroupProps = { noun: string; operations: Operation[]; schemas: ApiDescription["schemas"] };

const Group = ({ noun, operations, schemas }: GroupProps) => (
  <section className="flex flex-col gap-1.5">
    <h2 className="text-13 font-bold first-letter:uppercase">{noun}</h2>
    <div className="divide-y divide-border overflow-hidden rounded-panel border border-border bg-surface">
      {operations.map((operation) => (
        <OperationPanel key={operation.operationId} operation={operation} schemas={schemas} />
      ))}
    </div>
  </section>
);
