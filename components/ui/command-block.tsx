import { CopyButton } from "./copy-button";

/** A shell command, in lines, with a button that copies it. */
export function CommandBlock({ command, label }: { command: string; label?: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {label && <span className="text-12 text-muted">{label}</span>}
      <div className="flex items-start rounded-panel border border-border bg-sunken">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
          tabIndex={0}
          className="max-h-[300px] min-w-0 flex-1 overflow-auto py-2 ps-3 leading-[19px] select-text"
        >
          {command}
        </pre>
        <CopyButton value={command} label="Copy command" look="default" className="m-2 shrink-0" />
      </div>
    </div>
  );
}
