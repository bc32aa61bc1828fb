"use client";
import { CircleCheck, Minus } from "lucide-react";
import { useState } from "react";
import { Icon } from "@/components/ui/icon";
import type { FormatVerdict, PayloadFormat } from "@/lib/api/payloads";
import { formatNames, isOfKafka } from "./payload-names";

/** Formats shown before the reader asks for all of them. */
const FEW = 4;
/** They fit always. */
const anyBytes = new Set<PayloadFormat>(["hex", "base64"]);

const reasons = {
  bytes: "from the bytes",
  choice: "as you chose",
  misfit: "what you chose does not fit",
} as const;

type Props = {
  format: PayloadFormat;
  verdicts: FormatVerdict[];
  /** How it came to this format: the reader chose it, or another that does not fit, or nobody did. */
  by: keyof typeof reasons;
};

/** Each format that was tried, with the bytes that spoke for or against it. */
export function FormatReasons({ format, verdicts, by }: Props) {
  const [all, setAll] = useState(false);
  const ordered = verdicts.toSorted((a, b) => rankOf(a, format) - rankOf(b, format));
  const shown = all ? ordered : ordered.slice(0, FEW);
  const others = verdicts.filter(
    (verdict) => verdict.fits && verdict.format !== format && !anyBytes.has(verdict.format),
  );
  return (
    <section className="border-t border-border px-4 pt-2 pb-1.5" aria-label={`Why ${formatNames[format]}`}>
      <div className="mb-0.5 flex flex-wrap items-baseline gap-x-2">
        <h3 className="font-bold">Why {formatNames[format]}</h3>
        <p className="text-12 text-muted">
          {reasons[by]}
          {others.length > 0 && `; ${listOf(others.map((verdict) => formatNames[verdict.format]))} too`}. Your choice is
          kept for this topic
        </p>
      </div>
      <dl className="grid grid-cols-[auto_auto_minmax(0,1fr)] gap-x-2 text-12 leading-[19px]">
        {shown.map((verdict) => (
          <div key={verdict.format} className="contents">
            <dt className="contents">
              <Icon
                of={verdict.format === format ? CircleCheck : Minus}
                size={12}
                className={`mt-[3.5px] ${verdict.format === format ? "text-ok" : "text-muted"}`}
              />
              <span>{formatNames[verdict.format]}</span>
            </dt>
            <dd className="ps-2.5 text-muted wrap-anywhere">
              <span className="sr-only">{verdict.fits ? "fits: " : "does not fit: "}</span>
              {verdict.why}
            </dd>
          </div>
        ))}
      </dl>
      {verdicts.length > FEW && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="text-12 text-accent hover:underline max-md:py-2"
        >
          {all ? "Show fewer" : `All ${verdicts.length} formats tried`}
        </button>
      )}
    </section>
  );
}

/** The one that is shown, then those that say something of the bytes, then those for Kafka's own topics. */
const rankOf = (verdict: FormatVerdict, format: PayloadFormat): number =>
  verdict.format === format ? 0 : isOfKafka(verdict.format) && !verdict.fits ? 2 : 1;

const listOf = (names: string[]): string =>
  `${names.length > 2 ? `${names.slice(0, 2).join(", ")} and others` : names.join(" and ")} ${names.length === 1 ? "fits" : "fit"}`;
