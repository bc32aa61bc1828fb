"use client";
import { useSyncExternalStore } from "react";

/** Whether a media query holds; false on the server and in the first render. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

/** Below 768 px: bottom bar, larger controls, rows of two lines. */
export const usePhone = (): boolean => useMedia("(max-width: 767px)");
