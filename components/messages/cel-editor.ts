import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, placeholder } from "@codemirror/view";
import { celColours, celCompletions, celParser } from "./cel-language";

export type CelEditor = {
  setText: (text: string) => void;
  /** Underlines from there to the end of the word; null: nothing. */
  mark: (at: number | null) => void;
  focus: () => void;
  destroy: () => void;
};

type Options = {
  text: string;
  label: string;
  hint: string;
  fields: () => string[];
  onChange: (text: string) => void;
  onRun: () => void;
};

const setMark = StateEffect.define<number | null>();
const underline = Decoration.mark({ class: "cm-mistake" });

/** The place of a mistake; what is typed since then takes it away. */
const mistakes = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    for (const effect of transaction.effects) {
      if (effect.is(setMark)) return marksAt(transaction.state.doc.toString(), effect.value);
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function marksAt(text: string, at: number | null): DecorationSet {
  if (at === null || text === "") return Decoration.none;
  const from = Math.min(at, text.length - 1);
  const length = /^\w+/.exec(text.slice(from))?.[0].length ?? 1;
  return Decoration.set([underline.range(from, from + length)]);
}

/** One line: what is pasted with breaks is joined by spaces. */
const oneLine = EditorState.transactionFilter.of((transaction) =>
  transaction.newDoc.lines === 1
    ? transaction
    : [
        {
          changes: { from: 0, to: transaction.startState.doc.length, insert: joined(transaction.newDoc) },
          selection: transaction.newSelection,
          userEvent: "input.paste",
        },
      ],
);
const joined = (doc: EditorState["doc"]) => doc.sliceString(0, doc.length, " ");

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "12px", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono)",
    lineHeight: "calc(var(--control) - 2px)",
    overflowX: "auto",
    scrollbarWidth: "none",
  },
  ".cm-content": { padding: "0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 8px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-placeholder": { color: "var(--muted)" },
  ".cm-mistake": { textDecoration: "underline wavy var(--bad) 1px", textUnderlineOffset: "3px" },
  ".cm-tooltip": {
    background: "var(--raised)",
    border: "1px solid var(--border-strong)",
    borderRadius: "6px",
    color: "var(--ink)",
    zIndex: "50",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", fontSize: "12px", maxHeight: "260px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--selected)",
    color: "var(--ink)",
  },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600", color: "var(--accent)" },
});

/** Puts an editor of one line into an element. The page's own nonce lets its style sheet in. */
export function mountCelEditor(parent: HTMLElement, options: Options): CelEditor {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  const run = () => {
    options.onRun();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text.replace(/\n/g, " "),
      selection: { anchor: options.text.length },
      extensions: [
        EditorView.cspNonce.of(nonce),
        Prec.highest(
          keymap.of([
            { key: "Mod-Enter", run },
            { key: "Tab", run: acceptCompletion },
          ]),
        ),
        autocompletion({ override: [celCompletions(options.fields)], icons: false }),
        closeBrackets(),
        history(),
        keymap.of([...closeBracketsKeymap, { key: "Enter", run }, ...historyKeymap, ...defaultKeymap]),
        StreamLanguage.define(celParser),
        syntaxHighlighting(celColours),
        mistakes,
        oneLine,
        placeholder(options.hint),
        EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
        look,
      ],
    }),
  });
  return {
    setText: (text) => {
      if (text === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    mark: (at) => view.dispatch({ effects: setMark.of(at) }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
