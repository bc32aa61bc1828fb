import { useMemo } from "react";
import { useColumns } from "@/components/ui/columns-chooser";
import { fieldsOf } from "./cel-words";
import { messageColumns, previewColumns, withPreviews } from "./message-columns";

/** Columns taken out of a filter by themselves, while a record is open beside the table. */
const MOST_FIELDS = 3;

/** The columns there are, those chosen, and those shown: with previews, and fields of the filter (`""`: none). */
export function useMessageColumns(
  { facts, zone, marks }: Parameters<typeof messageColumns>[0],
  previews: string[],
  filter: string,
) {
  const usual = useMemo(() => messageColumns({ facts, zone, marks }), [facts, zone, marks]);
  const shown = useColumns("messages", usual);
  const columns = useMemo(() => {
    const fields = fieldsOf(filter)
      .filter((path) => path.startsWith("value"))
      .slice(0, MOST_FIELDS);
    return withPreviews(shown, previewColumns([...new Set([...previews, ...fields])]));
  }, [shown, previews, filter]);
  return { usual, shown, columns };
}
