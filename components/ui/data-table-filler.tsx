import { Bar } from "./skeleton";

/** Stands for the rows out of sight. */
export function Spacer({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden data-spacer="">
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

/** Bars in the real columns, while rows are asked for the first time. `high`: a phone has rows of two lines, also before the page runs. */
export function LoadingRows({ columns, height, high }: { columns: number; height: number; high: boolean }) {
  return Array.from({ length: 12 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
    <tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <td key={column} style={{ height }} className={high ? "max-md:h-[53px]!" : ""}>
          <Bar width={`${40 + ((row * 37 + column * 23) % 45)}%`} />
        </td>
      ))}
    </tr>
  ));
}
