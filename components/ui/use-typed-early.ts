"use client";
import { useEffect, useRef } from "react";

/**
 * Takes over what was typed into a box of the first HTML before its scripts were there, which React itself never tells of. `box`
 * finds it; `value` is what the page believes to be in it.
 */
export function useTypedEarly(box: () => HTMLInputElement | null, value: string, onChange: (value: string) => void) {
  const first = useRef({ box, value, onChange });
  useEffect(() => {
    const { box, value, onChange } = first.current;
    const typed = box()?.value ?? value;
    if (typed !== value) onChange(typed);
  }, []);
}
