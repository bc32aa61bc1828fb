import type { BrokerSummary } from "@/lib/api/brokers";
import { bytes, chartNumber, share } from "@/lib/format";
import { Bytes } from "./bytes";
import { Meter } from "./meter";
import { Missing } from "./null-mark";

const warnFrom = 0.85;
const badFrom = 0.95;

/** 0 to 1: how full the volumes of its log dirs are, with whatever is on them; null where Kafka does not tell (before 3.3). */
export function fullness({
  totalBytes,
  usableBytes,
}: Pick<BrokerSummary, "totalBytes" | "usableBytes">): number | null {
  if (totalBytes === null || usableBytes === null || totalBytes === "0") return null;
  return 1 - chartNumber(usableBytes) / chartNumber(totalBytes);
}

export const fullTone = (full: number) => (full >= badFrom ? "bad" : full >= warnFrom ? "warn" : "accent");

/** What Kafka keeps there, and how full the volume is with whatever else is on it. */
export function Disk({
  of: disk,
  label,
}: {
  of: Pick<BrokerSummary, "sizeBytes" | "totalBytes" | "usableBytes">;
  label: string;
}) {
  const full = fullness(disk);
  if (disk.sizeBytes === null) return <Missing why="Log dirs were not told" />;
  if (full === null) return <Bytes value={disk.sizeBytes} />;
  const tone = fullTone(full);
  const volume = `The volume is ${share(full)} full: ${bytes(disk.usableBytes ?? 0)} of ${bytes(disk.totalBytes ?? 0)} are left`;
  return (
    <span className="inline-flex items-baseline gap-2.5 whitespace-nowrap" title={volume}>
      <Meter value={full} label={`${label}: volume full`} tone={tone} />
      <span>
        <Bytes value={disk.sizeBytes} />{" "}
        <span className={tone === "accent" ? "text-muted" : tone === "warn" ? "text-warn" : "text-bad"}>
          {share(full, 0)} full
        </span>
      </span>
    </span>
  );
}
