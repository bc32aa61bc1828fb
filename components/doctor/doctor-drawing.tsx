import type { Detour } from "@/components/doctor/doctor-words";

/** The detour as a drawing: Kafdeck asks a broker at one address, is sent to another, and finds nothing there. On a phone as a list. */
export function DoctorDrawing({ detour }: { detour: Detour }) {
  const { self, bootstrap, broker, advertised, outcome } = detour;
  const steps = [
    `Kafdeck (${self}) asks ${bootstrap}: who leads what?`,
    `Broker ${broker} says: “I am at ${advertised}”.`,
    `Kafdeck ${outcome}.`,
  ];
  return (
    <>
      <Sketch detour={detour} label={steps.join(" ")} />
      <ol className="mt-3 list-decimal border-t border-border ps-5 pt-2 text-ink-2 wrap-anywhere md:hidden">
        {steps.map((step, at) => (
          <li key={step} className={at === 2 ? "text-bad" : ""}>
            {step}
          </li>
        ))}
      </ol>
    </>
  );
}

function Sketch({ detour, label }: { detour: Detour; label: string }) {
  const { self, bootstrap, broker, advertised, heading, outcome } = detour;
  return (
    <svg
      viewBox="0 0 800 122"
      role="img"
      aria-label={label}
      className="my-1 block h-[122px] w-full max-w-[800px] text-[11px] max-md:hidden"
    >
      <defs>
        <Arrow id="doctor-arrow" className="fill-muted" />
        <Arrow id="doctor-arrow-bad" className="fill-bad" />
      </defs>
      <Box x={0.5} y={38} width={170} heading="Kafdeck" address={self} />
      <Box x={560} y={2} width={238} heading={`Broker ${broker}`} address={bootstrap} />
      <Box x={560} y={74} width={238} heading={heading} address={advertised} bad />
      <g fill="none" className="stroke-muted">
        <path d="M172 50C310 50 380 17 556 17" markerEnd="url(#doctor-arrow)" />
        <path d="M558 34C420 34 330 58 174 58" markerEnd="url(#doctor-arrow)" />
      </g>
      <path
        d="M172 70C310 78 380 97 556 97"
        fill="none"
        strokeDasharray="4 3"
        className="stroke-bad"
        markerEnd="url(#doctor-arrow-bad)"
      />
      <g textAnchor="middle" className="fill-muted">
        <text x="310" y="20">
          1. bootstrap: who leads what?
        </text>
        <text x="424" y="62">
          2. “I am at {shortened(advertised, 34)}”
        </text>
        <text x="310" y="106" className="fill-bad">
          3. {outcome}
        </text>
      </g>
    </svg>
  );
}

/** An SVG text does not wrap: a name that is too long loses its middle. */
const shortened = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 16)}…${text.slice(-15)}`;

const Arrow = ({ id, className }: { id: string; className: string }) => (
  <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
    <path d="M0 0L8 4L0 8z" className={className} />
  </marker>
);

type BoxProps = { x: number; y: number; width: number; heading: string; address: string; bad?: boolean };

const Box = ({ x, y, width, heading, address, bad = false }: BoxProps) => (
  <g>
    <rect
      x={x}
      y={y}
      width={width}
      height="46"
      rx="5"
      className={`fill-surface ${bad ? "stroke-bad" : "stroke-border-control"}`}
    />
    <text x={x + 12} y={y + 19} className="fill-ink text-[12.5px] font-strong">
      {heading}
    </text>
    <text x={x + 12} y={y + 36} className={`font-mono text-[11.5px] ${bad ? "fill-bad" : "fill-muted"}`}>
      {shortened(address, Math.floor((width - 20) / 7))}
    </text>
  </g>
);
