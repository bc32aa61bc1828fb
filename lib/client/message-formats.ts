"use client";
import { preferences, setPreferences, usePreferences } from "./preferences.ts";

/** How the keys and values of a topic are read: names of the API, or `protobuf:` and a type; `""` as the bytes speak. */
export type MessageFormats = { keyFormat: string; valueFormat: string };

export const detectedFormats: MessageFormats = { keyFormat: "", valueFormat: "" };
/** Topics whose choice is kept; the one chosen longest ago is forgotten first. */
const MOST_KEPT = 200;

/** What a topic's choice is kept under. Neither name holds a slash. */
const placeOf = (cluster: string, topic: string) => `${cluster}/${topic}`;

/** The choices after one more; those that choose nothing are not kept. */
export function keptFormats(
  kept: Record<string, MessageFormats>,
  place: string,
  formats: MessageFormats,
): Record<string, MessageFormats> {
  const { [place]: _, ...others } = kept;
  const isChosen = formats.keyFormat !== "" || formats.valueFormat !== "";
  const all: [string, MessageFormats][] = [
    ...Object.entries(others),
    ...(isChosen ? [[place, formats] as [string, MessageFormats]] : []),
  ];
  return Object.fromEntries(all.slice(-MOST_KEPT));
}

/** What this browser keeps for a topic. */
export const useKeptFormats = (cluster: string, topic: string): MessageFormats =>
  usePreferences().formats[placeOf(cluster, topic)] ?? detectedFormats;

/** Keeps a choice for a topic, in this browser. */
export function keepFormats(cluster: string, topic: string, formats: MessageFormats): void {
  setPreferences({ formats: keptFormats(preferences().formats, placeOf(cluster, topic), formats) });
}
