import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { IconButton } from "@/components/ui/icon-button";
import type { AlterConfigsResult } from "@/lib/api/configs";
import type { Permission } from "@/lib/api/endpoint";

/** What was applied and read back, with its undo as long as the page stands. */
export function ConfigDone({
  result,
  text,
  permission,
  busy,
  onUndo,
  onClose,
}: {
  result: AlterConfigsResult;
  text: string;
  permission: Permission;
  busy: boolean;
  onUndo: () => void;
  onClose: () => void;
}) {
  return (
    <Banner
      tone={result.readBack ? "ok" : "warn"}
      icon={result.readBack ? CircleCheck : TriangleAlert}
      actions={
        <>
          {result.undo && (
            <Can permission={permission}>
              <Button busy={busy} onClick={onUndo}>
                Undo
              </Button>
            </Can>
          )}
          <IconButton label="Close" icon={X} onClick={onClose} />
        </>
      }
    >
      <b>{text}</b> {result.changes.map(({ name, reset }) => (reset ? `${name} (reset)` : name)).join(", ")}.
      {result.warnings.map(({ detail, title }) => ` ${detail ?? title}`).join("")}
    </Banner>
  );
}
