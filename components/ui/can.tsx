"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { Permission } from "@/lib/api/endpoint";

/** Why a permission is not given here, as a sentence; null when it is. */
/** Why not; null: allowed; undefined: not known yet, as what is allowed is still being asked for. */
export type Verdict = (permission: Permission) => string | null | undefined;

const VerdictContext = createContext<Verdict>(() => null);
const DeniedContext = createContext<string | null>(null);

/** The shell says what is allowed on the cluster in sight; below it `<Can>` and `useDenied` ask. The server decides again. */
export const AccessProvider = VerdictContext.Provider;

/** Why something is not allowed, or null. */
export const useDenied = (permission: Permission): string | null => useContext(VerdictContext)(permission) ?? null;

/** Whether it is known to be allowed: what asks for a plan by itself waits for that, as the plan of a change is refused too. */
export const useAllowed = (permission: Permission): boolean => useContext(VerdictContext)(permission) === null;

/**
 * The buttons inside stay, but without the right they are disabled, carry a lock and say why:
 * `<Can permission="topics.create"><Button>Create topic</Button></Can>`.
 */
export function Can({ permission, children }: { permission: Permission; children: ReactNode }) {
  return <DeniedContext.Provider value={useDenied(permission)}>{children}</DeniedContext.Provider>;
}

/** For buttons: why the nearest `<Can>` refuses; null when it does not, or there is none. */
export const useLock = (): string | null => useContext(DeniedContext);
