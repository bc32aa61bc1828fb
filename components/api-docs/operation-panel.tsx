"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { typeWords } from "@/components/api-docs/schema-rows";
import { SchemaTable } from "@/components/api-docs/schema-table";
import { Badge } from "@/components/ui/badge";
import { CommandBlock } from "@/components/ui/command-block";
import { Icon } from "@/components/ui/icon";
import { Marked } from "@/components/ui/marked";
import type { Operation, Schema } from "@/lib/client/api-docs";

type Props = { operation: Operation; schemas: Record<string, Schema> };

/** One operation: a line that opens into its parameters, body, answer and a line for the shell. */
export function OperationPanel({ operation, schemas }: Props) {
  const [open, setOpen] = useState(false);
  const { method, path, summary, operationId } = operation;
  const permission = operation["x-permission"];
  return (
    <div id={operationId}>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="grid min-h-row w-full grid-cols-[14px_56px_minmax(0,1fr)_minmax(0,1fr)_124px] items-center gap-x-3 gap-y-0.5 px-3 py-1 text-start hover:bg-hover max-lg:grid-cols-[14px_56px_minmax(0,1fr)]"
        >
          <Icon of={ChevronRight} className={`text-muted ${open ? "rotate-90" : ""}`} />
          <span className={`font-mono text-12 ${operation["x-changes-kafka"] ? "text-warn" : "text-ink-2"}`}>
            {method.toUpperCase()}
          </span>
          <span className="font-mono text-12 wrap-anywhere">{path}</span>
          <span className="text-ink-2 max-lg:col-start-3">
            <Marked text={summary} />
          </span>
          <span className="max-lg:col-start-3">
            <Badge>{permission}</Badge>
          </span>
        </button>
      </h3>
      {open && <Details operation={operation} schemas={schemas} />}
    </div>
  );
}

function Details({ operation, schemas }: Props) {
  const { parameters, requestBody, responses } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  const [status, answer] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? [];
  const [mediaType, content] = Object.entries(answer?.content ?? {})[0] ?? [];
  return (
    <div className="flex flex-col gap-4 border-t border-border bg-sunken px-3 py-3">
      {parameters.length > 0 && (
        <Part title="Parameters">
          <ul className="divide-y divide-border">
            {parameters.map(({ name, in: where, required, description, schema }) => (
              <li
                key={name}
                className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.4fr)] gap-x-3 px-3 py-1 max-md:grid-cols-1"
              >
                <span className="font-mono text-12 leading-5">
                  {name}
                  {!required && <span className="text-muted">?</span>}
                </span>
                <span className="text-12 leading-5 text-ink-2 wrap-anywhere">
                  {where}, {typeWords(schema, schemas)}
                </span>
                <span className="text-12 leading-5 text-muted">{description && <Marked text={description} />}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {body && (
        <Part title="Body, application/json">
          <SchemaTable schema={body} schemas={schemas} />
        </Part>
      )}
      {content && (
        <Part title={`Answer ${status}, ${mediaType}`}>
          <SchemaTable schema={content.schema} schemas={schemas} />
        </Part>
      )}
      <CommandBlock label="From a shell" command={curlOf(operation)} />
    </div>
  );
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section>
    <h4 className="mb-1 text-12 font-medium text-muted">{title}</h4>
    <div className="overflow-hidden rounded-panel border border-border bg-surface">{children}</div>
  </section>
);

/** With the names in capitals, to be replaced. A change is shown with validateOnly where it takes that. */
function curlOf({ method, path, requestBody, responses }: Operation): string {
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  const address = `${origin}${path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())}`;
  const stream = Object.values(responses).some(({ content }) => content && "application/x-ndjson" in content);
  const verb = method === "get" ? "" : ` -X ${method.toUpperCase()}`;
  const body = requestBody ? ` \\\n  -H 'Content-Type: application/json' \\\n  -d '{"validateOnly": true}'` : "";
  return `curl -s${stream ? "N" : ""}${verb} '${address}'${body}`;
}
