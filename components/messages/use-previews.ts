"use client";
import { useCallback, useMemo } from "react";
import { useUrlState } from "@/components/ui/use-url-state";
import { preferences, setPreferences, usePreferences } from "@/lib/client/preferences";

const inAddress = { preview: "" };
/** Topics whose preview columns are kept; the one changed longest ago is forgotten first. */
const MOST_KEPT = 200;
/** Between paths in the address: no path needs it, and commas stand in some. */
const BETWEEN = ";";

/** Preview columns of a topic: those of the address, else as this browser kept them. Choosing changes both. */
export function usePreviews(cluster: string, topic: string): [string[], (paths: string[]) => void] {
  const [{ preview }, setAddress] = useUrlState(inAddress);
  const place = `${cluster}/${topic}`;
  const kept = usePreferences().previews[place];
  const paths = useMemo(
    () => (preview === "" ? (kept ?? []) : preview.split(BETWEEN).filter(Boolean)),
    [preview, kept],
  );
  const choose = useCallback(
    (next: string[]) => {
      const { [place]: _, ...others } = preferences().previews;
      const all = [...Object.entries(others), ...(next.length > 0 ? [[place, next] as const] : [])];
      setPreferences({ previews: Object.fromEntries(all.slice(-MOST_KEPT)) });
      setAddress({ preview: next.join(BETWEEN) });
    },
    [place, setAddress],
  );
  return [paths, choose];
}
