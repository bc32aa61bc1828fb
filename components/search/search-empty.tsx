import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TOPICS_MOST } from "@/lib/api/message-queries";
import { counted } from "@/lib/format";
import type { SearchUrl } from "./search-url";

/** What the page is for, before anything is looked for. */
export const SearchIntroduction = () => (
  <EmptyState title="Where did this key go?">
    Type a key, such as an order number. Kafdeck looks for it in every topic at once and shows the records in the order
    of their time, with the time between them: the way of one thing through all topics. Texts inside keys, values and
    headers can be followed as well.
  </EmptyState>
);

/** One search has a limit; what it would leave out is not searched in silence. */
export const TooManyTopics = ({ count }: { count: number }) =>
  count === 0 ? (
    <EmptyState title="No topic fits">No topic has such a name. Change the filter of the topics.</EmptyState>
  ) : (
    <EmptyState title={`${counted(count, "topic")} are too many for one search`}>
      One search takes at most {TOPICS_MOST} topics. Narrow them by their names, with the choice of topics above.
    </EmptyState>
  );

/** Nothing was found: what else could be tried. */
export function SearchEmpty({
  state,
  whole,
  onChange,
}: {
  state: SearchUrl;
  /** All of the range was looked at. */
  whole: boolean;
  onChange: (change: Partial<SearchUrl>, how: "push") => void;
}) {
  if (state.only !== "")
    return (
      <EmptyState
        title={`Nothing of ${state.only}`}
        actions={<Button onClick={() => onChange({ only: "" }, "push")}>Show all topics</Button>}
      >
        This search found no record in that topic.
      </EmptyState>
    );
  const isExact = state.match === "exact";
  return (
    <EmptyState
      title={whole ? "No record found" : "No record found so far"}
      actions={
        <>
          {isExact && <Button onClick={() => onChange({ match: "contains" }, "push")}>Look for it inside keys</Button>}
          {state.in !== "" && (
            <Button onClick={() => onChange({ in: "", match: "contains" }, "push")}>Look everywhere</Button>
          )}
          {state.case === "1" && (
            <Button onClick={() => onChange({ case: "0" }, "push")}>Pass over capital letters</Button>
          )}
        </>
      }
    >
      {isExact
        ? "No key is exactly this text. Keys of other bytes than text are compared by their bytes."
        : "This text was not found where it was looked for."}
    </EmptyState>
  );
}
