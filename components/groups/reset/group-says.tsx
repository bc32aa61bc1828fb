import { RefreshCw } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { OffsetsPlan } from "@/lib/api/group-offsets";
import { counted } from "@/lib/format";

/** Members that are named; of more, how many. */
const MOST_NAMED = 6;

type Live = OffsetsPlan["live"];

/** `ledger-writer-0 on 10.42.7.18, …`: who must be stopped. Kafka writes a slash before an address. */
export function LiveNames({ live }: { live: Live }) {
  return (
    <>
      {live.slice(0, MOST_NAMED).map(({ memberId, clientId, instanceId, host }, at) => (
        <span key={memberId}>
          {at > 0 && ", "}
          <code title={memberId}>{instanceId ?? (clientId === "" ? memberId : clientId)}</code> on{" "}
          {host.replace(/^\//, "")}
        </span>
      ))}
      {live.length > MOST_NAMED && ` and ${live.length - MOST_NAMED} more`}.
    </>
  );
}

type Props = {
  plan: Pick<OffsetsPlan, "type" | "state" | "live">;
  /** Applying was refused for the members. */
  wasRefused: boolean;
  busy: boolean;
  onCheck: () => void;
};

/** Whether the group can be changed now; with live members who they are, for Kafka writes no offsets beside them. */
export function GroupSays({ plan: { type, state, live }, wasRefused, busy, onCheck }: Props) {
  if (live.length > 0) {
    const members = counted(live.length, "live member");
    return (
      <Banner
        tone={wasRefused ? "bad" : "warn"}
        actions={
          <Button icon={RefreshCw} busy={busy} onClick={onCheck}>
            Check again
          </Button>
        }
      >
        <b>
          {wasRefused
            ? `Not reset: ${counted(live.length, "member")} ${live.length === 1 ? "is" : "are"} live.`
            : `The group has ${members}, so it cannot be reset.`}
        </b>{" "}
        <LiveNames live={live} /> Stop {live.length === 1 ? "it" : "them"}, then check again.
      </Banner>
    );
  }
  if (type === null)
    return (
      <Banner tone="info">
        <b>There is no group of this name yet.</b> Setting offsets makes it, without members.
      </Banner>
    );
  if (state !== "Empty" && state !== "Dead") return null;
  return (
    <Banner tone="ok">
      <b>The group is empty, so it can be reset.</b> If a member joins before you apply, nothing is written.
    </Banner>
  );
}
