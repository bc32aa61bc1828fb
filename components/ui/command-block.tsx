import { CopyButton } from "./copy-button";

/** A shell command, in lines, with a button that copies it. */
export function CommandBlock({ command, label }: { command: string; label?: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {label && <span className="text-12 text-muted">{label}</span>}
      <div className="relative rounded-panel border border-border bg-sunken">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
          tabIndex={0}
          className="max-h-[300px] overflow-auto py-2 ps-3 pe-11 leading-[19px] select-text"
        >
          {command}
        </pre>
        <CopyButton value={command} label="Copy command" look="default" className="absolute top-2 right-2" />
      </div>
    </div>
  );
}
