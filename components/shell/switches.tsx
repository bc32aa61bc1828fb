"use client";
import { Clock, Moon, Sun, SunMoon } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { setPreferences, usePreferences } from "@/lib/client/preferences";
import { zoneName } from "@/lib/format";
import { chip } from "./chip";

/** The zone of every time on the page. */
export function ZoneSwitch() {
  const { zone } = usePreferences();
  const local = zoneName(-new Date().getTimezoneOffset());
  return (
    <Menu
      label="Time zone"
      items={[
        { label: "UTC", chosen: zone === "utc", onSelect: () => setPreferences({ zone: "utc" }) },
        {
          label: "Zone of this browser",
          chosen: zone === "browser",
          onSelect: () => setPreferences({ zone: "browser" }),
          meta: local,
        },
      ]}
      button={(opener) => (
        <button
          type="button"
          {...opener}
          aria-label={`Times are shown in ${zone === "utc" ? "UTC" : local}`}
          className={chip}
        >
          <Icon of={Clock} />
          {zone === "utc" ? "UTC" : local}
        </button>
      )}
    />
  );
}

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const { theme } = usePreferences();
  const choices = [
    { value: "system", label: "As the system", icon: SunMoon },
    { value: "light", label: "Light", icon: Sun },
    { value: "dark", label: "Dark", icon: Moon },
  ] as const;
  const now = choices.find((choice) => choice.value === theme) ?? choices[0];
  return (
    <Menu
      label="Theme"
      items={choices.map(({ value, label, icon }) => ({
        label,
        icon,
        chosen: value === theme,
        onSelect: () => setPreferences({ theme: value }),
      }))}
      button={(opener) => (
        <button
          type="button"
          {...opener}
          aria-label={`Theme: ${now.label.toLowerCase()}`}
          className={`${chip} w-control justify-center px-0`}
        >
          <Icon of={now.icon} />
        </button>
      )}
    />
  );
}
