import { schemaRows } from "@/components/api-docs/schema-rows";
import { Marked } from "@/components/ui/marked";
import type { Schema } from "@/lib/client/api-docs";

/** The fields of a schema, those of objects inside below them. On a phone each field takes two lines. */
export function SchemaTable({ schema, schemas }: { schema: Schema; schemas: Record<string, Schema> }) {
  const rows = schemaRows(schema, schemas);
  if (rows.length === 0) return <p className="px-3 py-2 text-muted">Any JSON object.</p>;
  return (
    <ul className="divide-y divide-border">
      {rows.map(({ key, name, depth, type, required, description }) => (
        <li
          key={key}
          className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.4fr)] gap-x-3 px-3 py-1 max-md:grid-cols-1"
        >
          <span className={`font-mono text-12 leading-5 wrap-anywhere ${indents[Math.min(depth, 5)]}`}>
            {name}
            {!required && <span className="text-muted">?</span>}
          </span>
          <span className={`text-12 leading-5 text-ink-2 wrap-anywhere ${phoneIndents[Math.min(depth, 5)]}`}>
            {type}
          </span>
          {description && (
            <span className="text-12 leading-5 text-muted">
              <Marked text={description} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

const indents = ["", "ps-4", "ps-8", "ps-12", "ps-16", "ps-20"];
const phoneIndents = ["", "max-md:ps-4", "max-md:ps-8", "max-md:ps-12", "max-md:ps-16", "max-md:ps-20"];
