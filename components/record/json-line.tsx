"use client";
import { Braces, ChevronDown, ChevronRight } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { type Glyph, Icon } from "@/components/ui/icon";
import { usePreferences } from "@/lib/client/preferences";
import { type Folds, type Line, MOST_INDENT, nodeOf, type Token, tokensOf } from "./json-lines";
import { numberNote, timeNote } from "./json-notes";
import { pathOf } from "./json-path";
import type { JsonTree } from "./json-tree";
import { MarkedPart, type Marks } from "./payload-marked";

const colours: Record<Token["kind"], string> = {
  key: "text-ink-2",
  string: "text-ok",
  number: "text-info",
  word: "text-muted",
  mark: "",
  note: "text-muted",
  space: "",
};
/** Characters of one string or number in a line; the whole of it is copied, and stands in the raw text. */
const MOST_SHOWN = 1_000;

type Props = {
  id: string;
  tree: JsonTree;
  folds: Folds;
  line: Line;
  root: "key" | "value";
  isActive: boolean;
  marks: Marks;
  onActivate: () => void;
  onToggle: () => void;
};

/** One line of the tree. The chevron and the two buttons are for the mouse; keys fold by arrows and copy below the tree. */
export function JsonLine({ id, tree, folds, line, root, isActive, marks, onActivate, onToggle }: Props) {
  const node = nodeOf(line);
  const parent = tree.parent[node] ?? -1;
  const depth = tree.depth[node] ?? 0;
  const tokens = tokensOf(tree, folds, line).map((token, at) => ({ token, key: `${at}` }));
  const shown = tokens.map(({ token, key }) => <Shown key={key} token={token} text={tree.text} marks={marks} />);
  const deep = depth > MOST_INDENT && <span className="text-muted"> level {depth}</span>;
  if (line < 0)
    return (
      <div role="none" className="h-[19px] ps-[30px] pe-4 whitespace-pre">
        {shown}
      </div>
    );
  const holds = (tree.size[node] ?? 0) > 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={depth + 1}
      aria-posinset={(tree.place[node] ?? 0) + 1}
      aria-setsize={parent < 0 ? 1 : tree.size[parent]}
      aria-expanded={holds ? !folds[node] : undefined}
      aria-selected={isActive}
      onClick={onActivate}
      onDoubleClick={holds ? onToggle : undefined}
      className={`group relative flex h-[19px] ps-[30px] pe-4 whitespace-pre outline-none hover:bg-hover ${isActive ? "group-focus/tree:bg-selected" : ""}`}
    >
      {holds && parent >= 0 && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
          className="absolute start-1.5 top-0 grid h-[19px] w-6 place-items-center text-muted hover:text-ink"
        >
          <Icon of={folds[node] ? ChevronRight : ChevronDown} size={12} />
        </button>
      )}
      <span>{shown}</span>
      {deep}
      <Notes tree={tree} node={node} />
      <span aria-hidden="true" className="sticky right-1 ms-auto hidden ps-4 group-hover:flex max-md:hidden!">
        <LineCopy label="Copy path" icon={Braces} text={() => pathOf(tree, node, root)} />
        <LineCopy label="Copy value" text={() => tree.text.slice(tree.start[node], tree.end[node])} />
      </span>
    </div>
  );
}

function LineCopy({ label, icon, text }: { label: string; icon?: Glyph; text: () => string }) {
  return (
    <span className="flex h-[19px] items-center gap-0.5 bg-hover font-sans text-11 [&_button]:h-[19px] [&_button]:w-6">
      <CopyButton label={label} icon={icon} value={text} />
    </span>
  );
}

function Shown({ token, text, marks }: { token: Token; text: string; marks: Marks }) {
  const { zone } = usePreferences();
  if ("text" in token) return <span className={colours[token.kind]}>{token.text}</span>;
  const { kind, start, end } = token;
  const title = kind === "number" && end - start < 20 ? timeNote(text.slice(start, end), zone) : null;
  // A match far inside a long string is shown with what is around it.
  const at = marks.found.starts[marks.current] ?? start;
  const from = at < end && at > start + MOST_SHOWN / 2 ? Math.max(start, at - 100) : start;
  const to = Math.min(end, from + MOST_SHOWN);
  return (
    <span className={colours[kind]} title={title ?? undefined}>
      {from > start && <span className="text-muted">… </span>}
      <MarkedPart text={text} start={from} end={to} marks={marks} />
      {to < end && <span className="text-muted"> … {end - start} characters</span>}
    </span>
  );
}

/** What is quietly said of a node beside its line. */
function Notes({ tree, node }: { tree: JsonTree; node: number }) {
  const digits = tree.kind[node] === "number" ? tree.text.slice(tree.start[node], tree.end[node]) : null;
  const notes = [digits === null ? null : numberNote(digits), tree.repeats[node] ? "repeated key" : null].filter(
    (note) => note !== null,
  );
  return notes.length > 0 && <span className="text-muted select-none">{`  ${notes.join(", ")}`}</span>;
}
