"use client";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Int } from "@/components/ui/number";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Time } from "@/components/ui/time";
import type { ProduceResult } from "@/lib/api/produce";
import { queryString, url } from "@/lib/api/url";

type Props = {
  cluster: string;
  topic: string;
  result: ProduceResult;
  source: string | undefined;
  onAnother: () => void;
};

/** Where the record was written, with the way there; or what the broker said. */
export function RecordWritten({ cluster, topic, result, source, onAnother }: Props) {
  const [item] = result.items;
  const at = (place: string) => url`/clusters/${cluster}/topics/${topic}/messages` + queryString({ at: place });
  if (!item || item.problem || item.offset === null)
    return (
      <div className="flex flex-col gap-3">
        {item?.problem && <ProblemPanel problem={item.problem} />}
        <span>
          <Button onClick={onAnother}>Back to the plan</Button>
        </span>
      </div>
    );
  return (
    <div className="flex flex-col gap-3">
      <Banner tone="ok">
        <b>
          Written to partition {item.partition}, offset <Int value={item.offset} plainZero />.
        </b>{" "}
        {item.timestamp !== null && (
          <>
            Its time is <Time value={item.timestamp} />.
          </>
        )}
      </Banner>
      {result.warnings.map((warning) => (
        <p key={`${warning.code} ${warning.detail}`} className="text-warn">
          {warning.detail ?? warning.title}
        </p>
      ))}
      <div className="flex flex-wrap gap-2">
        <Link href={at(`${item.partition}:${item.offset}`)} look="primary">
          Show the record
        </Link>
        <Button onClick={onAnother}>Send another</Button>
        {source !== undefined && (
          <Link href={at(source)} look="button">
            Back to the first
          </Link>
        )}
      </div>
    </div>
  );
}
