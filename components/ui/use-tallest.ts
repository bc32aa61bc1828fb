import { usePhone } from "./use-media";

/** Rows that are drawn without a window anyway. */
const shortList = 60;

/**
 * How high a table among others may become, in pixels. On a phone a list that scrolls inside a page that scrolls catches the finger:
 * a short one has the height it needs.
 */
export function useTallest(rows: number, pixels: number): number | undefined {
  const isPhone = usePhone();
  return isPhone && rows <= shortList ? undefined : pixels;
}
