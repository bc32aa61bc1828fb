"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { setPreferences, usePreferences } from "@/lib/client/preferences";
import { ShortcutTable } from "./shortcut-table";

/** What `?` opens. */
export default function ShortcutDialog({ onClose }: { onClose: () => void }) {
  const { shortcuts } = usePreferences();
  return (
    <Dialog open onClose={onClose} title="Keys">
      <ShortcutTable />
      <Checkbox checked={shortcuts} onChange={(on) => setPreferences({ shortcuts: on })}>
        Single keys do something
      </Checkbox>
    </Dialog>
  );
}
