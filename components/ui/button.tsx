"use client";
import { Lock } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { useLock } from "./can";
import { type Glyph, Icon } from "./icon";
import { Tooltip } from "./tooltip";

const looks = {
  default: "border-border-strong bg-raised text-ink [&>svg]:text-muted hover:bg-hover",
  primary: "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover",
  danger: "border-bad bg-raised text-bad hover:bg-bad-soft",
  ghost: "border-transparent text-ink [&>svg]:text-muted hover:bg-hover",
} as const;
const off = "border-border bg-sunken text-muted";

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  /** One primary a page. Danger is outlined, never filled. */
  look?: keyof typeof looks;
  icon?: Glyph;
  /** True: disabled. A sentence: disabled, and a tooltip says why. */
  disabled?: boolean | string;
  /** Something is under way: the button keeps its place and does nothing. */
  busy?: boolean;
  /** On a phone only the icon is shown; the words stay its name. */
  iconOnPhone?: boolean;
  children?: ReactNode;
};

/** A button says its verb: "Create topic", "Apply 2 changes". Inside `<Can>` without the right it is locked and says why. */
export function Button({
  look = "default",
  icon,
  disabled = false,
  busy = false,
  iconOnPhone = false,
  className = "",
  children,
  ...rest
}: ButtonProps) {
  const lock = useLock();
  const why = lock ?? (typeof disabled === "string" ? disabled : null);
  const isOff = lock !== null || disabled !== false;
  const shown = lock !== null ? Lock : icon;
  const button = (
    <button
      type="button"
      {...rest}
      // A button that says why it is off must be reachable by Tab, so it is not `disabled`.
      {...(why !== null || busy ? { "aria-disabled": true, onClick: stop } : { disabled: isOff })}
      aria-busy={busy || undefined}
      className={`inline-flex h-control shrink-0 items-center justify-center gap-1.5 rounded-control border px-2.5 font-medium whitespace-nowrap ${isOff ? off : looks[look]} ${busy ? "opacity-70" : ""} ${iconOnPhone ? "max-md:w-control max-md:px-0" : ""} ${className}`}
    >
      {shown && <Icon of={shown} className={busy ? "pulse" : ""} />}
      {iconOnPhone ? <span className="max-md:sr-only md:contents">{children}</span> : children}
    </button>
  );
  return why === null ? button : <Tooltip text={why}>{button}</Tooltip>;
}

const stop = (event: { preventDefault: () => void; stopPropagation: () => void }) => {
  event.preventDefault();
  event.stopPropagation();
};
