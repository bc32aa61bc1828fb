import { Facts } from "@/components/ui/facts";
import { GroupStateWord } from "@/components/ui/group-state";
import { Lag, TimeLag } from "@/components/ui/lag";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { Term } from "@/components/ui/term";
import { Age } from "@/components/ui/time";
import type { GroupDetail } from "@/lib/api/groups";

const notTold = "The coordinator did not tell";

/** The newest commit that was seen of any partition, ISO 8601; null where none was. */
const lastCommitOf = ({ partitions }: GroupDetail): string | null =>
  partitions.reduce<string | null>(
    (last, { lastCommitAt }) => (lastCommitAt !== null && (last === null || lastCommitAt > last) ? lastCommitAt : last),
    null,
  );

/** What the group is, in a line of figures. */
export function GroupFacts({ group }: { group: GroupDetail }) {
  const { type, assignor, coordinator, members, groupEpoch, assignmentEpoch, topology } = group;
  return (
    <Facts
      of={[
        {
          key: "lag",
          label: <Term id="lag">Lag</Term>,
          value: (
            <b>
              <Lag value={group.lag} unknown={group.lagUnknown} />
            </b>
          ),
        },
        {
          key: "time-lag",
          label: <Term id="time-lag">Time lag</Term>,
          value: (
            <b>
              <TimeLag {...group} />
            </b>
          ),
        },
        { key: "state", label: <Term id="group-state">State</Term>, value: <GroupStateWord state={group.state} /> },
        { key: "type", label: <Term id="group-type">Type</Term>, value: type },
        // The broker of a share group hands out records, not partitions, and names no assignor either way.
        assignor === null || assignor === ""
          ? null
          : { key: "assignor", label: <Term id="assignor">Assignor</Term>, value: assignor },
        {
          key: "coordinator",
          label: <Term id="coordinator">Coordinator</Term>,
          value: coordinator === null ? <Missing why="No coordinator answered" /> : `broker ${coordinator}`,
        },
        { label: "Members", value: <Int value={members} why={notTold} /> },
        groupEpoch === null
          ? null
          : {
              key: "epoch",
              label: <Term id="group-epoch">Group epoch</Term>,
              value: (
                <>
                  {groupEpoch}{" "}
                  {assignmentEpoch !== null && (
                    <span className={assignmentEpoch === groupEpoch ? "text-muted" : "text-warn"}>
                      assignment {assignmentEpoch}
                    </span>
                  )}
                </>
              ),
            },
        topology === null ? null : { label: "Topology epoch", value: topology.epoch },
        {
          label: "Last commit",
          value: <Age value={lastCommitOf(group)} why="No new commit was seen since Kafdeck watches" />,
        },
      ]}
    />
  );
}
