import type { ConfigChange, ConfigEffect, ConfigEntry } from "../../api/configs.ts";

/**
 * What a change brings (`told`), with what is to be said of the value itself: one that stays as it is, or a name that the broker does
 * not list (`entry` nothing).
 */
export function valueEffects(
  { reset, after }: Pick<ConfigChange, "reset" | "after">,
  entry: ConfigEntry | undefined,
  isBroker: boolean,
  told: ConfigEffect[],
): ConfigEffect[] {
  if (!entry) return isBroker ? [UNLISTED, ...told] : told;
  const stays = sameValue(entry, reset, after);
  // Notes are about new values. That records may be lost can come of another change beside this one.
  return stays === null
    ? told
    : [{ tone: "note", text: stays, loss: null }, ...told.filter(({ tone }) => tone !== "note")];
}

/** Brokers take any name: plug-ins have configs of their own, and listeners have theirs behind a prefix. */
const UNLISTED: ConfigEffect = {
  tone: "warn",
  text: "The broker does not list this config. It may belong to a plug-in or a listener, or be misspelt: then it does nothing.",
  loss: null,
};

/** Why a change leaves the value as it is; null where it changes it, or nobody can know: secrets are not told. */
function sameValue(entry: ConfigEntry, reset: boolean, after: string | null): string | null {
  if (reset && !entry.changed) return "It is not set here, so there is nothing to reset: nothing changes.";
  if (entry.sensitive || after !== entry.value) return null;
  if (reset) return "The inherited value is the same: it only follows changes there from then on.";
  return entry.changed
    ? "It is set to this value already: nothing changes."
    : "It has this value already; set here, it no longer follows what it inherits.";
}
