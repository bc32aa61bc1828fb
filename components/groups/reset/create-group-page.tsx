"use client";
import { Banner } from "@/components/ui/banner";
import { groupHref } from "@/components/ui/group-href";
import { Field, Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { useMedia } from "@/components/ui/use-media";
import { useUrlState } from "@/components/ui/use-url-state";
import { url } from "@/lib/api/url";
import { useHoldRefresh } from "@/lib/client/refresh";
import { DonePanel } from "./done-panel";
import { resetHref, resetUrl } from "./reset-url";
import { Steps } from "./steps";
import { useSetRun } from "./use-set-run";
import { useWish, Workbench } from "./workbench";

const nowhere: never[] = [];

/** Makes a group before its first consumer starts, so that this one begins where it is to. */
export function CreateGroupPage({ cluster }: { cluster: string }) {
  useHoldRefresh("editing");
  const isWide = useMedia("(min-width: 1100px)");
  const [state, set] = useUrlState(resetUrl);
  const { group } = state;
  // Without a choice a plan is of what the group has, and a new one has nothing: a file and another group name their own topics.
  const needsTopics = state.topics === "" && state.to !== "file" && state.to !== "group";
  // Nothing is planned of a group without a name; there may be one whose id is empty.
  const wish = needsTopics || group === "" ? { ...state, topics: ":" } : state;
  const { file, setFile, plan } = useWish(cluster, group, wish);
  const run = useSetRun(cluster, () => plan.plan.refetch());
  const isTaken = plan.isReady && plan.plan.data?.type !== null;
  const step = run.done ? (run.done.result.failed > 0 ? 3 : 4) : run.busy ? 2 : plan.body && plan.plan.data ? 1 : 0;
  return (
    <Page title="Create a group at offsets" actions={<Steps at={step} />} fill={isWide}>
      {isTaken && !run.done && (
        <Banner
          tone="warn"
          actions={
            <Link look="button" href={resetHref(cluster, group)}>
              Reset its offsets
            </Link>
          }
        >
          <b>There is a group {group} already.</b> Choose another name, or reset the one there is.
        </Banner>
      )}
      {run.done ? (
        <DonePanel done={run.done} run={run} groupHref={groupHref(cluster, group)} />
      ) : (
        <Workbench
          cluster={cluster}
          group={group}
          state={needsTopics ? { ...state, topics: ":" } : state}
          onChange={set}
          plan={plan}
          run={run}
          file={file}
          onFile={setFile}
          usual={nowhere}
          others={nowhere}
          isNew
          refused={isTaken ? "There is a group of that name already." : null}
          cancelHref={url`/clusters/${cluster}/groups`}
        >
          <Field
            label={<b className="font-bold">Group</b>}
            hint="The group.id of the consumers that are to begin here. Commits of a group without members go after offsets.retention.minutes, 7 days by default."
          >
            {(control) => <Input {...control} value={group} onChange={(name) => set({ group: name })} />}
          </Field>
        </Workbench>
      )}
    </Page>
  );
}
