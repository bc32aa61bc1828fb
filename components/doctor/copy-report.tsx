"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { reportText } from "@/components/doctor/doctor-words";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-button";
import type { DoctorReport } from "@/lib/api/clusters";

/** The whole report as text, for whoever runs the brokers. */
export function CopyReport({ cluster, report }: { cluster: string; report: DoctorReport }) {
  const [said, setSaid] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    const copied = await copyText(reportText(cluster, report));
    setSaid(copied ? "Copied" : "Copying was not allowed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaid(null), 2_000);
  };
  return (
    <Button icon={said === "Copied" ? Check : Copy} onClick={copy}>
      <span aria-live="polite">{said ?? "Copy report"}</span>
    </Button>
  );
}
