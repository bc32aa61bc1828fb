"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { markedPlaces } from "@/components/ui/marked-pieces";
import { NullMark } from "@/components/ui/null-mark";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { type FormatVerdict, type Payload, syntaxOf } from "@/lib/api/payloads";
import { problemOfError } from "@/lib/client/call";
import { messageQuery } from "@/lib/client/messages";
import type { Marks as SearchMarks } from "../messages/marks";
import { FormatReasons } from "./format-reasons";
import { isTree, readJson } from "./json-tree";
import { JsonTreeView } from "./json-tree-view";
import type { PayloadPlace } from "./payload-download";
import { PayloadHex } from "./payload-hex";
import { findBytes, findText, matchesOf, noMatches } from "./payload-match";
import { formatOf } from "./payload-names";
import { PayloadNotes } from "./payload-notes";
import { PayloadRaw } from "./payload-raw";
import { type Look, PayloadToolbar } from "./payload-toolbar";

type Props = PayloadPlace & {
  payload: Payload | null | undefined;
  formats: FormatVerdict[];
  /** The format asked for; `""` is as the bytes speak. */
  choice: string;
  onChoose: (choice: string) => void;
  /** Texts that a search looks for; they are marked while nothing else is looked for here. */
  marks: SearchMarks;
  /** What stands below it. */
  children?: ReactNode;
};

const why = {
  absent: "The batch could not be read, so this is not known.",
  null: { value: "A null value: nothing was written, not even 0 bytes.", key: "A null key: the record has none." },
  empty: "Written with a length of 0 bytes.",
};

/** A key or a value whole, in the format detected or chosen: as a tree, as the text it is, or as bytes. */
export function PayloadView(props: Props) {
  const { payload, part, children } = props;
  if (payload && payload.size > 0) return <FullPayload {...props} payload={payload} />;
  const kind = payload === undefined ? "absent" : payload === null ? "null" : "empty";
  return (
    <>
      <p className="flex items-center gap-2 p-4 text-ink-2">
        <NullMark kind={kind} /> {kind === "null" ? why.null[part] : why[kind]}
      </p>
      {children}
    </>
  );
}

function FullPayload({
  payload,
  formats,
  choice,
  onChoose,
  marks: searched,
  children,
  ...at
}: Props & { payload: Payload }) {
  const [wanted, setLook] = useState<Look>("tree");
  const [words, setWords] = useState("");
  const [jump, setJump] = useState({ step: 0 });
  const needle = useDeferredValue(words);
  const syntax = syntaxOf[payload.format];
  const read = useMemo(
    () => (syntax === "json" ? readJson(payload.text, payload.truncated) : null),
    [syntax, payload.text, payload.truncated],
  );
  const isMisfit = choice !== "" && formatOf(choice) !== payload.format;
  const tree = read !== null && isTree(read) ? read : null;
  const looks: Look[] = [...(tree ? (["tree"] as const) : []), "raw", "hex"];
  const look = payload.format === "hex" && wanted === "tree" ? "hex" : looks.includes(wanted) ? wanted : "raw";
  const hex = useHex(at, look === "hex" ? payload : null);
  const found = useMemo(() => {
    if (look === "hex") return hex.digits === null ? noMatches : findBytes(hex.digits, needle);
    if (needle !== "") return findText(payload.text, needle);
    return matchesOf(markedPlaces(payload.text, searched[at.part], searched.caseMatters));
  }, [look, hex.digits, payload.text, needle, searched, at.part]);
  const count = needle === "" ? 0 : found.starts.length;
  const marks = { found, current: count === 0 ? -1 : ((jump.step % count) + count) % count };
  return (
    <>
      <PayloadToolbar
        {...at}
        payload={payload}
        detected={choice === "" ? payload.format : null}
        choice={choice}
        onChoose={onChoose}
        look={look}
        looks={looks}
        onLook={setLook}
        words={words}
        marks={marks}
        onWords={(next) => {
          setWords(next);
          setJump({ step: 0 });
        }}
        onStep={(step) => setJump({ step: marks.current + step })}
      />
      <PayloadNotes
        {...at}
        payload={payload}
        fault={read !== null && !isTree(read) ? read : null}
        refusal={isMisfit ? choice : null}
        formats={formats}
      />
      {look === "tree" && tree && <JsonTreeView tree={tree} root={at.part} marks={marks} jump={jump} />}
      {look === "raw" && <PayloadRaw text={payload.text} isXml={syntax === "xml"} marks={marks} jump={jump} />}
      {look === "hex" && hex.problem && <ProblemPanel problem={hex.problem} />}
      {look === "hex" && hex.digits !== null && <PayloadHex digits={hex.digits} marks={marks} jump={jump} />}
      <div className="min-h-0 shrink-0 grow basis-[30%] overflow-y-auto">
        {formats.length > 0 && (
          <FormatReasons
            format={payload.format}
            verdicts={formats}
            by={choice === "" ? "bytes" : isMisfit ? "misfit" : "choice"}
          />
        )}
        {children}
      </div>
    </>
  );
}

/** The bytes of a payload as hex digits, asked for when they are looked at. `payload` null: they are not. */
function useHex({ cluster, topic, place, part }: PayloadPlace, payload: Payload | null) {
  const shown = payload?.format === "hex" ? payload.text : null;
  const formats = { keyFormat: "", valueFormat: "", [`${part}Format`]: "hex" };
  const query = useQuery({
    ...messageQuery(cluster, topic, place, formats),
    enabled: payload !== null && shown === null,
  });
  return {
    digits: payload === null ? null : (shown ?? query.data?.[part]?.text ?? null),
    problem: query.error ? problemOfError(query.error) : null,
  };
}
