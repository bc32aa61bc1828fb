import { CircleCheck, Minus } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import type { FormatVerdict, Payload } from "@/lib/api/payloads";

type Props = {
  format: Payload["format"];
  verdicts: FormatVerdict[];
  name: Record<Payload["format"], string>;
};

/** Each format that was tried, with the bytes that spoke for or against it. */
export function FormatReasons({ format, verdicts, name }: Props) {
  return (
    <section className="border-t border-border px-4 py-2">
      <h3 className="font-bold">Why {name[format]}</h3>
      <dl className="mt-1 grid grid-cols-[auto_auto_minmax(0,1fr)] gap-x-2 text-12">
        {verdicts.map((verdict) => (
          <div key={verdict.format} className="contents">
            <dt className="contents">
              <Icon
                of={verdict.format === format ? CircleCheck : Minus}
                className={`mt-0.5 ${verdict.format === format ? "text-ok" : "text-muted"}`}
              />
              <span>{name[verdict.format]}</span>
            </dt>
            <dd className="ps-3 text-ink-2 wrap-anywhere">
              <span className="sr-only">{verdict.fits ? "fits: " : "does not fit: "}</span>
              {verdict.why}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
