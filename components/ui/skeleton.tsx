/** A grey bar where a value will be. */
export function Bar({ width = 56 }: { width?: number | string }) {
  return (
    <span
      aria-hidden
      className="pulse inline-block h-2 max-w-full rounded-small bg-border align-middle"
      style={{ width }}
    />
  );
}

/** Rows of bars, for a part of a page that is asked for the first time. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div aria-busy="true" className="flex flex-col">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <div key={at} className="flex h-row items-center gap-2">
          <Bar width={120 + ((at * 53) % 90)} />
          <span className="flex-1" />
          <Bar width={36} />
          <Bar width={56} />
        </div>
      ))}
    </div>
  );
}
