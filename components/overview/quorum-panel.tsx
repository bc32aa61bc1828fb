import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { Panel } from "@/components/ui/panel";
import { Term } from "@/components/ui/term";
import type { Quorum } from "@/lib/api/clusters";
import type { Problem } from "@/lib/api/problem";
import { age, counted } from "@/lib/format";

const roles = { leader: "Leader", voter: "Voter", observer: "Observer" } as const;
const title = <Term id="kraft-quorum" />;
/** From here on a node that copies the metadata log wants a look. */
const lateMs = 10_000;

/** The controllers' own log: who leads it, who votes, who copies, how far each has come. */
export function QuorumPanel({ quorum, problem }: { quorum: Quorum | null; problem: Problem | null }) {
  if (quorum === null)
    return (
      <Panel title={title}>
        <p className="text-ink-2">
          {problem
            ? `${problem.title}. ${problem.detail ?? ""} ${problem.todo}`
            : "This cluster keeps its metadata in ZooKeeper: there is no KRaft quorum."}
        </p>
      </Panel>
    );
  const observers = quorum.replicas.filter(({ role }) => role === "observer").length;
  const voters = quorum.replicas.length - observers;
  return (
    <Panel title={title} meta={`${counted(voters, "voter")}, ${counted(observers, "observer")}`} flush>
      <table className="grid-table" aria-label="KRaft quorum">
        <thead>
          <tr>
            <th scope="col" data-align="end" style={{ width: 60 }}>
              Node
            </th>
            <th scope="col">Role</th>
            <th scope="col" data-align="end" style={{ width: 84 }}>
              Log end
            </th>
            <th scope="col" data-align="end" style={{ width: 48 }}>
              Lag
            </th>
            <th scope="col" data-align="end" style={{ width: 84 }}>
              Caught up
            </th>
          </tr>
        </thead>
        <tbody>
          {quorum.replicas.map(({ node, role, logEndOffset, lag, behindMs }) => (
            <tr key={node}>
              <td data-align="end">
                <b>{node}</b>
              </td>
              <td className={role === "leader" ? "font-strong" : ""}>{roles[role]}</td>
              <td data-align="end">
                <Int value={logEndOffset} why="It has not fetched since the leader was elected" />
              </td>
              <td data-align="end">
                <Int value={lag} why="Not known before its first fetch" />
              </td>
              <td data-align="end" className={(behindMs ?? 0) > lateMs ? "text-warn" : ""}>
                {behindMs === null ? <Missing why="The leader does not tell" /> : age(behindMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
