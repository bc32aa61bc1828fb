"use client";
import { Button, type ButtonProps } from "./button";
import type { Glyph } from "./icon";
import { Tooltip } from "./tooltip";

/** A square button without a word, for toolbars. `label` is its name and its tooltip. */
export function IconButton({
  label,
  icon,
  look = "ghost",
  className = "",
  ...rest
}: Omit<ButtonProps, "children"> & { label: string; icon: Glyph }) {
  return (
    <Tooltip text={label}>
      <Button aria-label={label} icon={icon} look={look} className={`w-control px-0! ${className}`} {...rest} />
    </Tooltip>
  );
}
