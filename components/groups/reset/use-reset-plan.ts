"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSettled } from "@/components/ui/use-settled";
import type { PlanOffsetsBody } from "@/lib/api/group-offsets";
import { planOffsetsQuery } from "@/lib/client/group-offsets";
import { type OffsetsFile, textOf } from "./offsets-file";
import { bodyOf, type ResetUrl } from "./reset-url";

const nothing: PlanOffsetsBody = { reset: { to: "earliest" } };

/**
 * The plan of what the address and the file wish. `isReady` once it is the plan of just that: before, `plan.data` is the one before
 * it, which may be looked at but not applied. `body` is null while something is missing.
 */
export function useResetPlan(cluster: string, group: string, state: ResetUrl, file: OffsetsFile | null) {
  const text = useMemo(() => textOf(file), [file]);
  const settled = useSettled(state);
  const isSettled = JSON.stringify(settled) === JSON.stringify(state);
  const body = useMemo(() => bodyOf(state, text), [state, text]);
  const plan = useQuery({
    ...planOffsetsQuery(cluster, group, body ?? nothing, file?.id),
    enabled: body !== null && isSettled,
    placeholderData: keepPreviousData,
  });
  // What a file or another group names is known by the plan of all of it.
  const isNamed = body?.reset.to === "file" || body?.reset.to === "group";
  const whole = useQuery({
    ...planOffsetsQuery(cluster, group, { reset: body?.reset ?? nothing.reset }, file?.id),
    enabled: isNamed && isSettled,
  });
  const isReady = body !== null && isSettled && plan.data !== undefined && !plan.isFetching && !plan.isPlaceholderData;
  return { body, plan, isReady, named: isNamed ? (whole.data?.partitions ?? null) : null };
}
export type ResetPlan = ReturnType<typeof useResetPlan>;
