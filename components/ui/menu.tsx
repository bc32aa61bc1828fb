"use client";
import { Check, Ellipsis } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect } from "react";
import type { Permission } from "@/lib/api/endpoint";
import { useDenied } from "./can";
import { type Align, floatLook, useFloating } from "./floating";
import { type Glyph, Icon } from "./icon";
import { IconButton } from "./icon-button";
import { type Opener, useOpener } from "./popover";

export type MenuItem = {
  label: string;
  icon?: Glyph;
  onSelect: () => void;
  danger?: boolean;
  /** A tick stands before the chosen one. */
  chosen?: boolean;
  /** Why it is off, as a sentence. */
  disabled?: string | null;
  /** Without this right the item is off and says why. */
  permission?: Permission;
  meta?: ReactNode;
};

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];

/** Arrows, Home, End and the first letter move the focus; it goes round. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const letter = event.key.length === 1 ? event.key.toLowerCase() : null;
  const byLetter = () =>
    [...items.slice(at + 1), ...items.slice(0, at + 1)].find((item) =>
      item.textContent
        ?.trim()
        .toLowerCase()
        .startsWith(letter ?? ""),
    );
  const places: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: at <= 0 ? -1 : at - 1,
    Home: 0,
    End: -1,
  };
  const place = places[event.key];
  const next = place !== undefined ? items.at(place) : letter !== null && letter !== " " ? byLetter() : undefined;
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

function Item({ item, close }: { item: MenuItem; close: () => void }) {
  const denied = useDenied(item.permission ?? "clusters.read");
  const why = (item.permission ? denied : null) ?? item.disabled ?? null;
  return (
    <button
      type="button"
      {...(item.chosen === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": item.chosen })}
      aria-disabled={why !== null || undefined}
      title={why ?? undefined}
      tabIndex={-1}
      onClick={() => {
        if (why !== null) return;
        close();
        item.onSelect();
      }}
      className={`flex min-h-7 w-full items-center gap-2 rounded-control px-2 text-start outline-none focus:bg-selected max-md:min-h-9 ${why !== null ? "text-muted" : item.danger ? "text-bad" : ""}`}
    >
      {item.chosen !== undefined && <Icon of={Check} className={item.chosen ? "text-accent" : "invisible"} />}
      {item.icon && <Icon of={item.icon} className={item.danger && why === null ? "" : "text-muted"} />}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.meta !== undefined && <span className="ps-3 text-12 text-muted">{item.meta}</span>}
    </button>
  );
}

/** A list of things to do, behind a button (three dots unless `button` draws another). `null` entries are rules between groups. */
export function Menu({
  label,
  items,
  button,
  align = "end",
}: {
  label: string;
  items: (MenuItem | null)[];
  button?: (opener: Opener) => ReactNode;
  align?: Align;
}) {
  const { open, close, opener } = useOpener("menu");
  const popup = useFloating({ open, onClose: close, anchor: opener.ref, align });
  useEffect(() => {
    if (open && popup.current) itemsOf(popup.current)[0]?.focus();
  }, [open, popup]);
  const keyed = items.map((item, at) => ({ item, key: item?.label ?? `rule ${at}` }));
  return (
    <>
      {button ? button(opener) : <IconButton label={label} icon={Ellipsis} look="default" {...opener} />}
      {open && (
        <div
          ref={popup}
          popover="auto"
          role="menu"
          aria-label={label}
          onKeyDown={moveFocus}
          className={`${floatLook} min-w-[180px] p-1 whitespace-normal`}
        >
          {keyed.map(({ item, key }) =>
            item === null ? (
              <hr key={key} className="my-1 border-border" />
            ) : (
              <Item key={key} item={item} close={close} />
            ),
          )}
        </div>
      )}
    </>
  );
}
