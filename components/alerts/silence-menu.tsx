"use client";
import { Bell, BellOff } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Menu } from "@/components/ui/menu";
import { notify } from "@/components/ui/toast";
import type { AlertRule } from "@/lib/api/alerts";
import { problemOfError } from "@/lib/client/call";
import { useSilence } from "@/lib/client/groups";

const spans = [
  { minutes: 60, label: "For 1 hour" },
  { minutes: 480, label: "For 8 hours" },
  { minutes: 1440, label: "For 24 hours" },
];

/** Keeps a rule from sending notices for a while, or ends that. It is evaluated and shown all the same. */
export function SilenceMenu({ cluster, rule }: { cluster: string; rule: AlertRule }) {
  const silence = useSilence(cluster);
  const isSilent = rule.silencedUntil !== null;
  const set = (minutes: number) =>
    silence.mutate(
      { rule: rule.name, minutes },
      {
        onError: (error) => {
          const { title, detail } = problemOfError(error);
          notify({ tone: "bad", text: `${title}. ${detail ?? ""}` });
        },
      },
    );
  return (
    <Can permission="alerts.alter">
      <Menu
        label={`Silence ${rule.name}`}
        items={[
          ...(isSilent ? [{ label: "End the silence", icon: Bell, onSelect: () => set(0) }, null] : []),
          ...spans.map(({ minutes, label }) => ({
            label: isSilent ? `${label} from now` : label,
            onSelect: () => set(minutes),
          })),
        ]}
        button={(opener) => (
          <Button icon={BellOff} busy={silence.isPending} {...opener}>
            {isSilent ? "Silenced" : "Silence"}
          </Button>
        )}
      />
    </Can>
  );
}
