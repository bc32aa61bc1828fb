"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useCallback, useMemo, useState } from "react";
import { ColumnsChooser } from "@/components/ui/columns-chooser";
import { DataTable } from "@/components/ui/data-table";
import { usePhone } from "@/components/ui/use-media";
import { useUrlState } from "@/components/ui/use-url-state";
import { Warnings } from "@/components/ui/warnings";
import type { Message } from "@/lib/api/messages";
import { problemOfError } from "@/lib/client/call";
import { usePreferences } from "@/lib/client/preferences";
import { topicQuery } from "@/lib/client/topics";
import { zoneLabel } from "@/lib/format";
import { useMessageFormats } from "../record/payload-formats";
import { seenFields } from "./cel-words";
import { ExportMenu } from "./export-menu";
import { marksOf } from "./marks";
import { MessagePhoneRow } from "./message-cells";
import { placeOf } from "./message-columns";
import { MessageFoot } from "./message-foot";
import { MessageToolbar } from "./message-toolbar";
import { type MessageUrl, messageUrl, noSearch, type SearchUrl, searchOf, sound } from "./message-url";
import { MoreRecords, NoRecords } from "./more-records";
import { PageProblem } from "./page-problem";
import { PreviewEditor } from "./preview-editor";
import { RecordsSelection } from "./records-selection";
import { SearchRow } from "./search-row";
import { useMessageColumns } from "./use-message-columns";
import { useOpened } from "./use-opened";
import { usePreviews } from "./use-previews";
import { useRecords } from "./use-records";

// Loaded with the first record that is opened, and the first search or live tail: a page of records needs neither.
const RecordPanel = dynamic(() => import("../record/record-panel").then((module) => module.RecordPanel));
const StreamSays = dynamic(() => import("./stream-says").then((module) => module.StreamSays));

const none: ReadonlySet<string> = new Set();

/** No range: what a place is replaced with. */
const fromStart = { until: "", direction: "" };

/** The records of a topic: a page after another, a search or a live tail, and the record that is opened. */
export function MessagesTab({ cluster, topic }: { cluster: string; topic: string }) {
  const [inAddress, setUrl] = useUrlState(messageUrl);
  const [formats] = useMessageFormats(cluster, topic);
  const url: MessageUrl = { ...sound(inAddress), ...formats };
  const { at } = url;
  const { zone } = usePreferences();
  const { data: detail } = useQuery(topicQuery(cluster, topic));
  const records = useRecords(cluster, topic, url, zone);
  const { kind, query, pages, rows, facts, stream } = records;

  const [previews, setPreviews] = usePreviews(cluster, topic);
  const search = searchOf(url);
  const searchText = JSON.stringify(search);
  const marks = useMemo(() => marksOf(JSON.parse(searchText) as SearchUrl), [searchText]);
  const { usual, shown, columns } = useMessageColumns({ facts, zone, marks }, previews, at === "" ? "" : url.filter);
  const fields = useCallback(() => seenFields(rows ?? []), [rows]);

  const [selected, setSelected] = useState<ReadonlySet<string>>(none);
  const chosen = useMemo(
    () => (selected.size === 0 ? [] : (rows ?? []).filter((message) => selected.has(placeOf(message)))),
    [rows, selected],
  );

  const { place, onOpen, onStep } = useOpened(rows, at, setUrl);
  const phone = useCallback(
    (message: Message) => <MessagePhoneRow of={message} day={facts.day !== null} marks={marks} />,
    [facts, marks],
  );
  const isPhone = usePhone();
  const change = (choice: Partial<MessageUrl>) => setUrl({ ...choice, at: "" }, "push");
  const problem = kind === "page" && query.error !== null ? problemOfError(query.error) : null;
  const toolbar = (
    <MessageToolbar
      key="toolbar"
      url={url}
      partitions={detail?.partitions ?? null}
      onChange={change}
      end={
        <>
          <ExportMenu cluster={cluster} topic={topic} url={url} shown={rows ?? []} />
          <ColumnsChooser table="messages" columns={usual} shown={shown} bare>
            <PreviewEditor paths={previews} fields={fields} onChange={setPreviews} />
          </ColumnsChooser>
        </>
      }
    />
  );
  const searchRow = (
    <SearchRow
      key="search"
      cluster={cluster}
      topic={topic}
      search={search}
      running={records.isRunning && kind === "search"}
      fields={fields}
      onSearch={change}
      onStop={records.control.stop}
      onAgain={records.again}
    />
  );
  return (
    <>
      {isPhone ? [searchRow, toolbar] : [toolbar, searchRow]}
      {problem && (
        <PageProblem
          problem={problem}
          from={url.from}
          onRetry={() => query.refetch()}
          onRead={(from) => change({ ...fromStart, from })}
        />
      )}
      <Warnings of={pages.at(-1)?.warnings ?? stream.end?.warnings ?? []} />
      {kind !== "page" && (
        <StreamSays
          records={records}
          url={url}
          onChange={change}
          onOpen={(opened) => setUrl({ at: opened }, "push")}
          onAll={() => change(noSearch)}
        />
      )}
      <div
        className={`relative -mx-page -mb-3 flex min-h-0 flex-1 max-md:-mb-2.5 ${rows?.length === 0 || problem ? "" : "border-t border-border"}`}
      >
        <div className="flex min-h-0 min-w-0 flex-1 flex-col px-page">
          <DataTable
            label={`Records of ${topic}`}
            rows={problem !== null && rows === null ? [] : rows}
            columns={columns}
            rowKey={placeOf}
            fill
            current={at || null}
            currentAt={place}
            growsAtTop={kind === "live"}
            onOpen={onOpen}
            selected={selected}
            onSelect={setSelected}
            phone={phone}
            empty={problem ? <span /> : <NoRecords records={records} from={url.from} />}
          />
          {kind === "page" && <MoreRecords query={query} pages={pages} />}
          {chosen.length > 0 && (
            <RecordsSelection cluster={cluster} topic={topic} chosen={chosen} onClear={() => setSelected(none)} />
          )}
        </div>
        {at !== "" && (
          <RecordPanel
            cluster={cluster}
            topic={topic}
            place={at}
            listed={rows?.[place] ?? null}
            marks={marks}
            onStep={onStep}
            onClose={() => setUrl({ at: "" })}
          />
        )}
      </div>
      <MessageFoot
        shown={rows?.length ?? null}
        noun={kind === "search" ? "hit" : "record"}
        pages={pages}
        day={`${facts.day ?? "times"}, ${zoneLabel(zone)}`}
      />
    </>
  );
}
