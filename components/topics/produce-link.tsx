"use client";
import { Send } from "lucide-react";
import { usePathname } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Can, useDenied } from "@/components/ui/can";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { url } from "@/lib/api/url";

/** A link, but locked with its reason where records may not be written. Not shown on the page it leads to. */
export function ProduceLink({ cluster, topic }: { cluster: string; topic: string }) {
  const denied = useDenied("messages.produce");
  const href = url`/clusters/${cluster}/topics/${topic}/produce`;
  if (usePathname().startsWith(href)) return null;
  if (denied !== null)
    return (
      <Can permission="messages.produce">
        <Button iconOnPhone>Produce…</Button>
      </Can>
    );
  return (
    <Link href={href} look="button" aria-label="Produce…" className="max-md:w-control max-md:px-0">
      <Icon of={Send} className="text-muted" />
      <span className="max-md:hidden">Produce…</span>
    </Link>
  );
}
