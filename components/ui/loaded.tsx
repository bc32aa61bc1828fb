"use client";
import { type ReactNode, useEffect, useState } from "react";
import type { Problem } from "@/lib/api/problem";
import { problemOfError } from "@/lib/client/call";
import { usePreferences } from "@/lib/client/preferences";
import { clock, type Zone } from "@/lib/format";
import { ProblemPanel } from "./problem-panel";
import { Skeleton } from "./skeleton";
import { Warnings } from "./warnings";

/** The part of a query's result that is needed here. */
export type Asked<Data> = { data: Data | undefined; error: unknown; dataUpdatedAt: number; refetch: () => unknown };

const waitBeforeShowing = 150;

/** Its children after 150 ms: what answers sooner never flickers. */
export function Late({ children }: { children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), waitBeforeShowing);
    return () => clearTimeout(timer);
  }, []);
  return late ? children : null;
}

const warningsIn = (data: unknown): Problem[] =>
  typeof data === "object" && data !== null && "warnings" in data && Array.isArray(data.warnings) ? data.warnings : [];

/** Of when the figures are that stand below a problem; undefined where there are none. */
export const sinceWords = ({ data, dataUpdatedAt }: Asked<unknown>, zone: Zone): string | undefined =>
  data === undefined ? undefined : `The figures below are from ${clock(dataUpdatedAt, zone)}.`;

/**
 * Owns waiting and failing for one query. Waiting shows bars after 150 ms, the first time only; failing shows the problem above
 * the last good data and its time; `{items, warnings}` shows what could not be asked. `quiet` leaves the warnings to the page.
 */
export function Loaded<Data>({
  query,
  skeleton = <Skeleton />,
  quiet = false,
  actions,
  children,
}: {
  query: Asked<Data>;
  skeleton?: ReactNode;
  quiet?: boolean;
  /** Beside "Try again", such as a link to the connection doctor. */
  actions?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const { zone } = usePreferences();
  const { data, error } = query;
  return (
    <>
      {error !== null && (
        <ProblemPanel
          problem={problemOfError(error)}
          onRetry={() => query.refetch()}
          since={sinceWords(query, zone)}
          actions={actions}
        />
      )}
      {data !== undefined && !quiet && <Warnings of={warningsIn(data)} />}
      {data !== undefined ? children(data) : error === null && <Late>{skeleton}</Late>}
    </>
  );
}
