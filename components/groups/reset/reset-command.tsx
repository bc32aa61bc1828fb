"use client";
import type { OffsetsPlan, PlanOffsetsBody } from "@/lib/api/group-offsets";

type Props = { cluster: string; group: string; body: PlanOffsetsBody; plan: OffsetsPlan | undefined };

/** The same from a shell. */
export function ResetCommand(_: Props) {
  return null;
}
