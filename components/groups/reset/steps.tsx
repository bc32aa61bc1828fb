import { Check } from "lucide-react";
import { Icon } from "@/components/ui/icon";

const steps = ["Choose", "Check the plan", "Apply", "Read back"] as const;

/** How far a change is: the step that is on, from 0; those before it are done, and all of them at 4. */
export function Steps({ at }: { at: number }) {
  return (
    <ol className="flex items-center max-lg:hidden" aria-label="Steps">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === at ? "step" : undefined} className="flex items-center gap-1.5">
          {index > 0 && <span aria-hidden className="me-1 ms-2.5 h-px w-[22px] bg-border-strong" />}
          <span
            aria-hidden
            className={`grid size-[18px] place-items-center rounded-full text-11 font-strong ${index < at ? "bg-ok-soft text-ok" : index === at ? "bg-accent text-on-accent" : "text-muted inset-ring inset-ring-border-control"}`}
          >
            {index < at ? <Icon of={Check} size={12} /> : index + 1}
          </span>
          <span className={index === at ? "font-bold" : "text-muted"}>{step}</span>
          {index < at && <span className="sr-only">done</span>}
        </li>
      ))}
    </ol>
  );
}
