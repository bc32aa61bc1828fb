import { shortcutList } from "./shortcuts";

/** A key as it is printed on the keyboard. */
export function Key({ children }: { children: string }) {
  return (
    <kbd className="rounded-small border border-border-strong bg-surface px-1 font-sans text-11 leading-4 whitespace-nowrap text-muted">
      {children}
    </kbd>
  );
}

/** All keys and what they do. */
export function ShortcutTable() {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5">
      {shortcutList.map(({ keys, does }) => (
        <div key={does} className="contents">
          <dt className="flex gap-1">
            {keys.map((key) => (
              <Key key={key}>{key}</Key>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
