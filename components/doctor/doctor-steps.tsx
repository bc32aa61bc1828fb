import { DoctorDrawing } from "@/components/doctor/doctor-drawing";
import { BootstrapTable, ListenerTable } from "@/components/doctor/doctor-tables";
import { detourOf, otherServers, statusOf, stepNames, took } from "@/components/doctor/doctor-words";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { Bar } from "@/components/ui/skeleton";
import { statuses } from "@/components/ui/status";
import { toneInk } from "@/components/ui/tone";
import type { DoctorReport, DoctorStep } from "@/lib/api/clusters";

const grid =
  "grid min-h-8 grid-cols-[34px_204px_minmax(0,1fr)_58px] items-center pe-3 max-md:grid-cols-[34px_minmax(0,1fr)_auto] max-md:py-1.5";

/** The eight steps, then the listeners one by one, the drawing of the detour, and the other bootstrap servers. */
export function DoctorSteps({ report }: { report: DoctorReport }) {
  const detour = detourOf(report);
  const others = otherServers(report);
  return (
    <Panel flush>
      <ol className="divide-y divide-border">
        {report.steps.map((step) => (
          <StepRow key={step.step} step={step} />
        ))}
      </ol>
      {report.listeners.length > 0 && (
        <div className="border-t border-border pe-4 pt-2 pb-3 ps-[34px] max-md:px-3">
          <ListenerTable listeners={report.listeners} />
          {detour && <DoctorDrawing detour={detour} />}
        </div>
      )}
      {others.length > 0 && (
        <div className="border-t border-border pe-4 pt-2 pb-3 ps-[34px] max-md:px-3">
          <BootstrapTable servers={others} />
        </div>
      )}
    </Panel>
  );
}

function StepRow({ step: { step, state, text, milliseconds } }: { step: DoctorStep }) {
  const { icon, tone, word } = statuses[statusOf[state]];
  const failed = state === "failed";
  const quiet = state === "skipped" ? "text-muted" : "";
  return (
    <li className={`${grid} ${failed ? "bg-bad-soft" : ""}`}>
      <span className="text-center max-md:self-start max-md:leading-5">
        <Icon of={icon} className={`inline ${toneInk[tone]}`} />
        <span className="sr-only">{word}: </span>
      </span>
      <span className={`${failed ? "font-bold" : ""} ${quiet}`}>{stepNames[step]}</span>
      <span
        className={`wrap-anywhere max-md:col-start-2 max-md:row-start-2 ${failed ? "" : state === "skipped" ? "text-muted" : "text-ink-2"}`}
      >
        {text}
      </span>
      <span className="text-end whitespace-nowrap text-muted tabular-nums max-md:col-start-3 max-md:row-start-1">
        {took(milliseconds)}
      </span>
    </li>
  );
}

/** The steps before the first answer. */
export function WaitingSteps() {
  return (
    <Panel flush className="max-w-[760px]">
      <ol className="divide-y divide-border" aria-busy>
        {Object.entries(stepNames).map(([step, name]) => (
          <li key={step} className={grid}>
            <span />
            <span className="text-muted">{name}</span>
            <Bar width={220} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}
