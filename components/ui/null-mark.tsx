const meanings = {
  null: "No value: for a record, a tombstone",
  empty: "A value of 0 bytes",
  absent: "There is no such field",
} as const;

/** `null`, `empty` and `absent` are three things; none is shown as a blank. */
export function NullMark({ kind }: { kind: keyof typeof meanings }) {
  return (
    <span
      title={meanings[kind]}
      className="rounded-small border border-dashed border-border-control px-1 font-mono text-11 leading-4 whitespace-nowrap text-muted"
    >
      {kind}
    </span>
  );
}

/** What could not be asked: a dash, with the reason on hover and for screen readers. Never 0. */
export function Missing({ why = "Not known" }: { why?: string }) {
  return (
    <span title={why} className="text-muted">
      <span aria-hidden>—</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}
