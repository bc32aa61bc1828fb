/** Characters at the end of a name that are never cut: versions and suffixes such as `.dlq` are what tells names apart. */
const tail = 12;

/** A name that loses its middle where it does not fit (`payments.auth…v3.dlq`), whole on hover and when copied. */
export function Name({ value, className = "" }: { value: string; className?: string }) {
  if (value === "") return <span className="text-muted">(empty name)</span>;
  if (value.length <= tail + 4) return <span className={className}>{value}</span>;
  return (
    <span className={`name-cut ${className}`} title={value} style={{ ["--tail" as string]: `${tail * 0.56}em` }}>
      <span>{value.slice(0, -tail)}</span>
      <span>{value.slice(-tail)}</span>
    </span>
  );
}
