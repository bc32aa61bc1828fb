import type { MessageStreamState } from "@/lib/client/message-stream";
import { partitionBars } from "@/lib/client/stream-progress";
import { share } from "@/lib/format";

const MOST = 24;
const [WIDTH, STEP, HEIGHT] = [5, 8, 16];

/** The share of each partition that was passed, as a bar that fills from its top. */
export function PartitionBars({ stream }: { stream: Pick<MessageStreamState, "start" | "places"> }) {
  const bars = partitionBars(stream, MOST);
  if (bars.length < 2) return null;
  const said = bars.map(({ name, share: part }) => `${name}: ${share(part, 0)}`).join(", ");
  return (
    <span className="ms-auto flex items-center gap-1.5 text-muted max-md:hidden" title={`By partition: ${said}`}>
      by partition
      <svg width={bars.length * STEP} height={HEIGHT} role="img" aria-label={`By partition: ${said}`}>
        {bars.map(({ name, share: part }, at) => (
          <g key={name} transform={`translate(${at * STEP} 0)`}>
            <rect width={WIDTH} height={HEIGHT} rx={1} className="fill-border" />
            <rect width={WIDTH} height={HEIGHT * part} rx={1} className="fill-accent" />
          </g>
        ))}
      </svg>
    </span>
  );
}
