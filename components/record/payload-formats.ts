"use client";
import { useCallback } from "react";
import { useUrlState } from "@/components/ui/use-url-state";
import { detectedFormats, keepFormats, type MessageFormats, useKeptFormats } from "@/lib/client/message-formats";

/**
 * The formats a topic is shown in, and how to choose others; the list and the opened record share them. The address goes before
 * what this browser kept, so that a link shows what its sender saw. Choosing changes both.
 */
export function useMessageFormats(
  cluster: string,
  topic: string,
): [MessageFormats, (change: Partial<MessageFormats>) => void] {
  const [inAddress, setAddress] = useUrlState(detectedFormats);
  const kept = useKeptFormats(cluster, topic);
  const keyFormat = inAddress.keyFormat || kept.keyFormat;
  const valueFormat = inAddress.valueFormat || kept.valueFormat;
  const choose = useCallback(
    (change: Partial<MessageFormats>) => {
      const formats = { keyFormat, valueFormat, ...change };
      keepFormats(cluster, topic, formats);
      setAddress(formats);
    },
    [cluster, topic, keyFormat, valueFormat, setAddress],
  );
  return [{ keyFormat, valueFormat }, choose];
}
