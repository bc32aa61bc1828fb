import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";

/** An address that is no page of Kafdeck. */
export default function NotFound() {
  return (
    <Page title="There is no such page">
      <p className="max-w-[110ch] text-ink-2">The address may be mistyped, or lead to something that is gone.</p>
      <div className="flex gap-2">
        <Link href="/clusters" look="button">
          All clusters
        </Link>
        <Link href="/help" look="button">
          Help and terms
        </Link>
      </div>
    </Page>
  );
}
