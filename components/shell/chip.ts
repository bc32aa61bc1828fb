/** The look of a small control of the top bar. */
export const chip =
  "inline-flex h-control shrink-0 items-center gap-1.5 rounded-control px-2 text-12 whitespace-nowrap text-ink-2 hover:bg-hover";
