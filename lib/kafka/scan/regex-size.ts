/** Counted repetitions are compiled as so many copies: `a{1000}` written a thousand times takes 20 s and a gigabyte. */
const MOST_STEPS = 10_000;

const COUNT = /\{(\d+)(?:,(\d*))?\}/y;
const QUOTED = /\\Q[\s\S]*?(?:\\E|$)/y;
const CLASS = /\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]?/y;

/** Throws an error that says so where a pattern would be compiled to far more than it shows. Any text is taken, valid or not. */
export function refuseHuge(pattern: string): void {
  if (stepsOf(pattern) > MOST_STEPS) throw new Error("the repetitions make the expression too large");
}

/** About how many steps RE2 makes of a pattern, at least. */
function stepsOf(pattern: string): number {
  // The sums of the groups that are open, the outermost first; `unit` is what a count repeats.
  const open = [0];
  let unit = 0;
  const add = (steps: number) => {
    unit = steps;
    open[open.length - 1] = (open.at(-1) ?? 0) + steps;
  };
  for (let at = 0; at < pattern.length; ) {
    const count = taken(COUNT, pattern, at);
    const whole = taken(QUOTED, pattern, at) ?? taken(CLASS, pattern, at);
    const sign = pattern[at];
    if (count) {
      const copies = Math.max(1, Number(count[1]), Number(count[2] || 0));
      const all = unit * copies;
      add(all - unit);
      unit = all; // a count behind a count repeats it all
    } else if (whole) add(sign === "[" ? 1 : whole[0].length);
    else if (sign === "(") open.push(0);
    else if (sign === ")" && open.length > 1) {
      const inner = open.pop() ?? 0;
      add(inner + 2);
    } else add(1);
    at += count?.[0].length ?? whole?.[0].length ?? (sign === "\\" ? 2 : 1);
  }
  return open.reduce((sum, steps) => sum + steps, 0);
}

function taken(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}
