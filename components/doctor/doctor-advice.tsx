import { CircleCheck, Wrench } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Marked } from "@/components/ui/marked";
import { Panel } from "@/components/ui/panel";
import type { DoctorAdvice } from "@/lib/api/clusters";

/** What to change, in sentences and as the lines to write. Without advice it says that nothing needs to change. */
export function DoctorAdvicePanel({ advice }: { advice: DoctorAdvice | null }) {
  if (!advice)
    return (
      <Panel title={<Heading icon={CircleCheck} text="Nothing to change" tone="text-ok" />}>
        <p className="text-ink-2">
          Every step passed, and every broker was reached at the address it gives to its clients.
        </p>
      </Panel>
    );
  return (
    <Panel title={<Heading icon={Wrench} text="What to change" tone="text-accent" />}>
      <div className="flex flex-col gap-2.5">
        {advice.sentences.map((sentence) => (
          <p key={sentence}>
            <Marked text={sentence} />
          </p>
        ))}
        <Change advice={advice} />
        {advice.note && (
          <p className="text-ink-2">
            <Marked text={advice.note} />
          </p>
        )}
      </div>
    </Panel>
  );
}

const Heading = ({ icon, text, tone }: { icon: typeof Wrench; text: string; tone: string }) => (
  <span className="inline-flex items-center gap-2">
    <Icon of={icon} className={tone} />
    {text}
  </span>
);

/** The setting, the line that stands there now and the line to write, marked by sign and ground. */
function Change({ advice: { setting, before, after } }: { advice: DoctorAdvice }) {
  if (!setting || (!before && !after)) return null;
  return (
    <pre className="rounded-control border border-border bg-sunken px-2.5 py-2 leading-5 whitespace-pre-wrap wrap-anywhere">
      <code>{setting}</code>
      {before && (
        <>
          {"\n  "}
          <del className="rounded-small bg-bad-soft px-[3px] no-underline">{before}</del>
        </>
      )}
      {after && (
        <>
          {"\n  "}
          <ins className="rounded-small bg-ok-soft px-[3px] no-underline">{after}</ins>
        </>
      )}
    </pre>
  );
}
