"use client";
import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Can, useDenied } from "@/components/ui/can";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { url } from "@/lib/api/url";

/** A link, but locked with its reason where topics may not be created. */
export function CreateLink({ cluster }: { cluster: string }) {
  const denied = useDenied("topics.create");
  if (denied !== null)
    return (
      <Can permission="topics.create">
        <Button look="primary">Create topic</Button>
      </Can>
    );
  return (
    <Link href={url`/clusters/${cluster}/topics/new`} look="primary" aria-label="Create topic">
      <Icon of={Plus} />
      <span className="max-md:hidden">Create topic</span>
    </Link>
  );
}
