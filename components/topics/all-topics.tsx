import { Link } from "@/components/ui/link";
import { url } from "@/lib/api/url";

/** The way out of a topic that is not there. */
export const AllTopics = ({ cluster }: { cluster: string }) => (
  <Link href={url`/clusters/${cluster}/topics`} look="button">
    All topics
  </Link>
);
