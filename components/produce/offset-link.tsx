import { Link } from "@/components/ui/link";
import { Int } from "@/components/ui/number";
import { queryString, url } from "@/lib/api/url";

type Props = { cluster: string; topic: string; partition: number; offset: string };

/** An offset that was written, as a link to its record among the others. */
export const OffsetLink = ({ cluster, topic, partition, offset }: Props) => (
  <Link
    href={url`/clusters/${cluster}/topics/${topic}/messages` + queryString({ at: `${partition}:${offset}` })}
    look="text"
  >
    <Int value={offset} plainZero />
  </Link>
);
