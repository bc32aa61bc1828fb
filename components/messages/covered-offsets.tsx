"use client";
import { Button } from "@/components/ui/button";
import { Int } from "@/components/ui/number";
import { Popover } from "@/components/ui/popover";
import type { MessageStreamState } from "@/lib/client/message-stream";
import { coveredOffsets } from "@/lib/client/stream-progress";
import { partitionKey } from "@/lib/client/stream-totals";

/** The offsets of each partition that were looked at, of those asked for. */
export function CoveredOffsets({ stream }: { stream: Pick<MessageStreamState, "start" | "places"> }) {
  const { start, places } = stream;
  if (start === null) return null;
  const several = new Set(start.partitions.map(({ topic }) => topic)).size > 1;
  return (
    <Popover
      label="Offsets that were looked at"
      align="start"
      width={520}
      button={(opener) => (
        <Button look="ghost" className="px-1! text-accent!" {...opener}>
          See offsets
        </Button>
      )}
    >
      <div className="max-h-[360px] overflow-auto">
        <table className="grid-table">
          <thead>
            <tr>
              {several && <th scope="col">Topic</th>}
              <th scope="col" data-align="end" style={{ width: 64 }}>
                Part.
              </th>
              <th scope="col" data-align="end">
                Looked at
              </th>
              <th scope="col" data-align="end">
                Asked for
              </th>
            </tr>
          </thead>
          <tbody>
            {start.partitions.map((range) => {
              const covered = coveredOffsets(range, places.get(partitionKey(range)), start.direction);
              return (
                <tr key={partitionKey(range)}>
                  {several && <td>{range.topic}</td>}
                  <td data-align="end">{range.partition}</td>
                  <td data-align="end">
                    {covered === null ? (
                      <span className="text-muted" title={range.problem?.detail}>
                        {range.problem ? "not asked" : "none"}
                      </span>
                    ) : (
                      <Span first={covered.first} last={covered.last} />
                    )}
                  </td>
                  <td data-align="end">
                    {range.from === null || range.until === null || range.from === range.until ? (
                      <span className="text-muted">none</span>
                    ) : (
                      <Span first={range.from} last={`${BigInt(range.until) - 1n}`} />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Popover>
  );
}

const Span = ({ first, last }: { first: string; last: string }) => (
  <>
    <Int value={first} plainZero /> to <Int value={last} plainZero />
  </>
);
