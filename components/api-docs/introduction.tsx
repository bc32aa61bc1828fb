import { Marked } from "@/components/ui/marked";
import { Panel } from "@/components/ui/panel";

/** The description of the API: paragraphs in which **bold** opens one and `code` stands between backticks. */
export function Introduction({ text }: { text: string }) {
  return (
    <Panel>
      <div className="flex max-w-[110ch] flex-col gap-2 text-ink-2">
        {text.split("\n\n").map((paragraph) => {
          const [, heading, rest] = /^\*\*(.+?)\*\*([\s\S]*)$/.exec(paragraph) ?? [];
          return (
            <p key={paragraph}>
              {heading && <b className="text-ink">{heading}</b>}
              <Marked text={rest ?? paragraph} />
            </p>
          );
        })}
      </div>
    </Panel>
  );
}
