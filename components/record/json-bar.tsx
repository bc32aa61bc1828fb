"use client";
import { Braces, Copy, ListTree } from "lucide-react";
import { copyText } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { notify } from "@/components/ui/toast";
import { usePreferences } from "@/lib/client/preferences";
import { timeNote } from "./json-notes";
import { pathOf } from "./json-path";
import type { JsonTree } from "./json-tree";

const depths: { label: string; depth: number | null }[] = [
  { label: "As at first", depth: null },
  { label: "Unfold all", depth: Number.POSITIVE_INFINITY },
  { label: "Fold to 1 level", depth: 1 },
  { label: "Fold to 2 levels", depth: 2 },
  { label: "Fold to 3 levels", depth: 3 },
];

const copied = async (text: string, what: string) => {
  const isDone = await copyText(text);
  notify(isDone ? { text: what } : { text: "The browser did not allow copying.", tone: "warn" });
};

type Props = {
  tree: JsonTree;
  node: number;
  root: "key" | "value";
  /** Null: as at first. */
  onFold: (depth: number | null) => void;
};

/** Below the tree: where the reader is, what can be copied of it, and how far to unfold. */
export function JsonBar({ tree, node, root, onFold }: Props) {
  const { zone } = usePreferences();
  const path = pathOf(tree, node, root);
  const text = tree.text.slice(tree.start[node], tree.end[node]);
  const time = tree.kind[node] === "number" ? timeNote(text, zone) : null;
  return (
    <div className="flex shrink-0 items-center gap-1 border-t border-border ps-4 pe-2.5 text-12">
      <code className="min-w-0 flex-1 truncate text-ink-2" title={path}>
        {path}
        {time && <span className="ps-3 font-sans text-muted">{time}</span>}
      </code>
      <IconButton
        label="Copy this path, as a filter reads it"
        icon={Braces}
        onClick={() => copied(path, `Copied ${path}`)}
      />
      <IconButton label="Copy what is there" icon={Copy} onClick={() => copied(text, `Copied what is at ${path}`)} />
      <Menu
        label="Fold and unfold"
        button={(opener) => <IconButton label="Fold and unfold" icon={ListTree} {...opener} />}
        items={depths.map(({ label, depth }) => ({ label, onSelect: () => onFold(depth) }))}
      />
    </div>
  );
}
