"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { ButtonProps } from "./button";
import type { Glyph } from "./icon";
import { IconButton } from "./icon-button";

/** Puts text on the clipboard. The clipboard API needs a secure page; a plain-http host falls back to a selection. False when refused. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

/** Copies `value` (or what a function gives) and says so for two seconds. */
export function CopyButton({
  value,
  label = "Copy",
  icon = Copy,
  look = "ghost",
  className = "",
}: {
  value: string | (() => string);
  label?: string;
  icon?: Glyph;
  look?: ButtonProps["look"];
  className?: string;
}) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    setCopied(await copyText(typeof value === "string" ? value : value()));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(null), 2000);
  };
  const says = copied === null ? label : copied ? "Copied" : "The browser did not allow copying";
  return (
    <span className={className}>
      <IconButton label={says} icon={copied ? Check : icon} look={look} onClick={copy} />
      <span role="status" className="sr-only">
        {copied === null ? "" : says}
      </span>
    </span>
  );
}
