"use client";
import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { downloadText } from "@/components/ui/download";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Popover } from "@/components/ui/popover";
import { exportFormats } from "@/lib/api/message-queries";
import { exportMessages, type Message } from "@/lib/api/messages";
import { url as path, queryString } from "@/lib/api/url";
import { addressOf } from "@/lib/client/call";
import { usePreferences } from "@/lib/client/preferences";
import { isSearch } from "@/lib/client/search-names";
import { counted } from "@/lib/format";
import { everyMatch, type MessageUrl, searchOf } from "./message-url";
import { partitionsLabel } from "./partitions-choice";
import { rangeSentence } from "./range-words";
import { shownCsv, shownLines } from "./shown-file";

const formats = { jsonl: "JSON lines", csv: "CSV" } as const;
const writers = { jsonl: shownLines, csv: shownCsv } as const;

type Props = { cluster: string; topic: string; url: MessageUrl; shown: readonly Message[] };

/** The rows as they are shown, or everything that is asked for as a stream of the API. */
export function ExportMenu({ cluster, topic, url, shown }: Props) {
  return (
    <Popover
      label="Export"
      width={380}
      button={(opener) => <IconButton label="Export" icon={Download} look="default" {...opener} />}
    >
      {(close) => <ExportChoices cluster={cluster} topic={topic} url={url} shown={shown} close={close} />}
    </Popover>
  );
}

function ExportChoices({ cluster, topic, url, shown, close }: Props & { close: () => void }) {
  const { zone } = usePreferences();
  const what = isSearch(searchOf(url)) ? "match" : "record";
  const address = (format: (typeof exportFormats)[number]) =>
    addressOf(exportMessages.path, { cluster }, { topics: topic, ...everyMatch(url), format });
  const tooLong = address("jsonl").length > 15_000;
  return (
    <div className="flex flex-col gap-3">
      <section className="flex flex-col gap-1.5">
        <h3 className="font-bold">What is shown</h3>
        <p className="text-12 text-ink-2">
          {counted(shown.length, "record")} as the table has them: long values end where they end there.
        </p>
        <div className="flex gap-2">
          {exportFormats.map((format) => (
            <Button
              key={format}
              disabled={shown.length === 0 ? "Nothing is shown" : false}
              onClick={() => {
                close();
                downloadText(`${topic}-shown.${format}`, writers[format](shown));
              }}
            >
              {formats[format]}
            </Button>
          ))}
        </div>
      </section>
      <section className="flex flex-col gap-1.5 border-t border-border pt-2.5">
        <h3 className="font-bold">Every {what}</h3>
        <p className="text-12 text-ink-2">
          {what === "match" ? "All that match, not only those found so far. " : ""}
          {rangeSentence(url, zone)}
          {url.partition !== "" && ` ${partitionsLabel(url.partition, null)} only.`} Whole values, whatever their
          length.
        </p>
        {tooLong ? (
          <p className="text-12 text-warn">The filter is too long for the address of a download.</p>
        ) : (
          <div className="flex gap-2">
            {exportFormats.map((format) => (
              <a
                key={format}
                href={address(format)}
                download
                onClick={close}
                className="inline-flex h-control items-center rounded-control border border-border-strong bg-raised px-2.5 font-medium hover:bg-hover"
              >
                {formats[format]}
              </a>
            ))}
          </div>
        )}
        <p className="text-12 text-muted">
          JSON lines keep every byte and can be produced again. CSV is for spreadsheets; formulas are made harmless.
        </p>
      </section>
      <section className="border-t border-border pt-2.5">
        <Link look="text" href={path`/clusters/${cluster}/topics/${topic}/produce/copy` + queryString(everyMatch(url))}>
          Copy every {what} to another topic…
        </Link>
      </section>
    </div>
  );
}
