"use client";
import { Terminal } from "lucide-react";
import { CommandBlock } from "./command-block";
import { Popover } from "./popover";
import { useShortcuts } from "./use-shortcuts";

/** The shell command that gives what is on screen. `command` is made when it is opened. `c` opens it. */
export function CopyAsCommand({ command, note }: { command: string | (() => string); note?: string }) {
  useShortcuts({ c: () => document.querySelector<HTMLElement>("[data-copy-as-command]")?.click() });
  return (
    <Popover label="Copy as command" icon={Terminal} iconOnPhone width={520} data-copy-as-command="">
      {() => (
        <>
          <CommandBlock label="The same from a shell" command={typeof command === "string" ? command : command()} />
          <p className="mt-2 text-12 text-muted">
            {note ?? "Add --command-config client.properties where the cluster asks for a login or TLS."}
          </p>
        </>
      )}
    </Popover>
  );
}
