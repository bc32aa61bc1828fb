import { preferences, setPreferences } from "@/lib/client/preferences";

/** What a key, the palette and a button each do to the preferences of this browser. */
export const switchTheme = () =>
  setPreferences({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" });
export const switchPause = () => setPreferences({ refreshPaused: !preferences().refreshPaused });
export const switchSidebar = () => setPreferences({ sidebar: preferences().sidebar === "folded" ? "open" : "folded" });
