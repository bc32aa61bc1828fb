"use client";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { JsonBar } from "./json-bar";
import { JsonLine } from "./json-line";
import { type Folds, firstFolds, foldsBelow, lineIndex, linesOf, nodeOf, toggled, unfoldedTo } from "./json-lines";
import { stepOf } from "./json-steps";
import { type JsonTree, nodeAt } from "./json-tree";
import { PayloadLines, type Reveal } from "./payload-lines";
import type { Marks } from "./payload-marked";

type Props = {
  tree: JsonTree;
  /** How a filter calls what is shown. */
  root: "key" | "value";
  marks: Marks;
  /** A new object goes to the current mark again. */
  jump: object;
};
type Look = { tree: JsonTree; folds: Folds; active: number; reveal: Reveal };

/** JSON to fold and to walk by arrow keys: a tree of which only the lines in sight are drawn. */
export function JsonTreeView({ tree, root, marks, jump }: Props) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const first = useMemo<Look>(() => ({ tree, folds: firstFolds(tree), active: 0, reveal: null }), [tree]);
  const [kept, setKept] = useState(first);
  // What was folded in another text is not kept.
  const look = kept.tree === tree ? kept : first;
  const { folds, active } = look;
  const lines = useMemo(() => linesOf(tree, folds), [tree, folds]);

  const go = (node: number, to: Folds = folds) =>
    setKept({
      tree,
      folds: to,
      active: node,
      reveal: { line: lineIndex(tree, to === folds ? lines : linesOf(tree, to), node) },
    });
  const toggle = (node: number) => setKept({ tree, folds: toggled(folds, node), active: node, reveal: null });

  const found = marks.found.starts[marks.current];
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a jump moves the reader; folding afterwards does not
  useEffect(() => {
    if (found === undefined) return;
    const node = nodeAt(tree, found);
    if (node >= 0) go(node, unfoldedTo(tree, folds, node));
  }, [tree, found, jump]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = stepOf(event.key, tree, folds, lines, active);
    if (step === null) return;
    event.preventDefault();
    if (step === "toggle") toggle(active);
    else go(step);
  };
  return (
    <>
      <PayloadLines
        scroller={scroller}
        count={lines.length + (tree.closed[0] || tree.size[0] === 0 || tree.count === 1 ? 0 : 1)}
        reveal={look.reveal}
        role="tree"
        aria-label={`Tree of the ${root}`}
        aria-activedescendant={`${id}-${active}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="group/tree"
      >
        {(index) => {
          const line = lines[index];
          if (line === undefined)
            return (
              <div key="cut" role="none" className="ps-[30px] text-warn">
                The rest is not shown here.
              </div>
            );
          const node = nodeOf(line);
          return (
            <JsonLine
              key={line}
              id={`${id}-${node}`}
              tree={tree}
              folds={folds}
              line={line}
              root={root}
              isActive={active === node}
              marks={marks}
              onActivate={() => setKept({ ...look, active: node, reveal: null })}
              onToggle={() => toggle(node)}
            />
          );
        }}
      </PayloadLines>
      <JsonBar
        tree={tree}
        node={active}
        root={root}
        onFold={(depth) => go(active, depth === null ? firstFolds(tree) : foldsBelow(tree, depth))}
      />
    </>
  );
}
