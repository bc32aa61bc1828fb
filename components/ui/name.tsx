/** Characters at the end of a name that are never cut: versions and suffixes such as `.dlq` are what tells names apart. */
const tailLength = 14;

/** About how wide a character is, in em; a little too wide, so that the end is never cut. */
const widthOf = (char: string): number =>
  /[ijl.,:;|!'I]/.test(char)
    ? 0.33
    : /[frt()-]/.test(char)
      ? 0.46
      : /[mwMW@]/.test(char)
        ? 0.95
        : /[A-Z]/.test(char)
          ? 0.76
          : 0.64;

/** A name that loses its middle where it does not fit (`payments.auth…v3.dlq`), whole on hover and when copied. */
export function Name({ value, className = "" }: { value: string; className?: string }) {
  if (value === "") return <span className="text-muted">(empty name)</span>;
  if (value.length <= tailLength + 4) return <span className={className}>{value}</span>;
  const tail = value.slice(-tailLength);
  const width = [...tail].reduce((sum, char) => sum + widthOf(char), 0);
  return (
    <span className={`name-cut ${className}`} title={value} style={{ ["--tail" as string]: `${width.toFixed(2)}em` }}>
      <span>{value.slice(0, -tailLength)}</span>
      <span>{tail}</span>
    </span>
  );
}
