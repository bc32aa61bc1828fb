import { Link } from "@/components/ui/link";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { queryString, url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";

type Props = { cluster: string; topic: string; place: string; error: unknown; onRetry: () => void };

/** Why a record cannot be shown, and the way to those that are there. */
export function RecordMissing({ cluster, topic, place, error, onRetry }: Props) {
  const problem = problemOfError(error);
  const [partition = "", offset = ""] = place.split(":");
  const page = url`/clusters/${cluster}/topics/${topic}/messages`;
  const ways: Partial<Record<typeof problem.code, React.ReactNode>> = {
    "record-not-found": (
      <Link look="button" href={page + queryString({ from: `offset:${partition}=${offset}` })}>
        Read on from there
      </Link>
    ),
    "offset-out-of-range": (
      <Link look="button" href={page + queryString({ partition })}>
        Read the newest of partition {partition}
      </Link>
    ),
  };
  return (
    <div className="p-3">
      <ProblemPanel problem={problem} onRetry={onRetry} actions={ways[problem.code]} />
    </div>
  );
}
