import { Fragment } from "react";

/** A sentence of the API in which `settings` stand between backticks: those are set as a machine reads them. */
export function Marked({ text }: { text: string }) {
  return text.split("`").map((part, at) =>
    at % 2 === 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
      <Fragment key={at}>{part}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
      <code key={at} className="wrap-anywhere">
        {part}
      </code>
    ),
  );
}
