import { expect, test } from "vitest";
import {
  type Column,
  chosenColumns,
  fittingColumns,
  nextSort,
  parseSort,
  sortRows,
  toggleRange,
  wholeKey,
} from "./table-model.ts";

type Row = { name: string; size: string | null };
const columns: Column<Row>[] = [
  { id: "name", header: "Name", main: true, cell: (row) => row.name, sortBy: (row) => row.name },
  {
    id: "size",
    header: "Size",
    width: 100,
    drop: 2,
    largestFirst: true,
    cell: (row) => row.size,
    sortBy: (row) => wholeKey(row.size),
  },
  { id: "note", header: "Note", width: 100, drop: 1, cell: () => null },
  { id: "rare", header: "Rare", width: 100, optional: true, cell: () => null },
];
const rows: Row[] = [
  { name: "t10", size: "9007199254740993" },
  { name: "t9", size: null },
  { name: "t1", size: "9007199254740992" },
];
const ids = (list: Column<Row>[]) => list.map((column) => column.id);

test("a minus sorts from the largest down", () =>
  expect(parseSort("-size")).toEqual({ column: "size", descending: true }));
test("the first click on a size sorts from the largest, the second reverses, and a name starts at A", () =>
  expect([
    nextSort("name", columns[1] as Column<Row>),
    nextSort("-size", columns[1] as Column<Row>),
    nextSort("-size", columns[0] as Column<Row>),
  ]).toEqual(["-size", "size", "name"]));
test("sizes above 2^53 are told apart, and unknown ones are last either way", () => {
  expect(sortRows(rows, columns, "size").map((row) => row.name)).toEqual(["t1", "t10", "t9"]);
  expect(sortRows(rows, columns, "-size").map((row) => row.name)).toEqual(["t10", "t1", "t9"]);
});
test("numbers in names are sorted as numbers", () =>
  expect(sortRows(rows, columns, "name").map((row) => row.name)).toEqual(["t1", "t9", "t10"]));
test("a sort that names no column changes nothing", () => expect(sortRows(rows, columns, "-colour")).toEqual(rows));
test("a narrow table drops its columns in the declared order and keeps the rest", () => {
  const usual = chosenColumns(columns, null);
  expect([1000, 350, 250].map((width) => ids(fittingColumns(usual, width)))).toEqual([
    ["name", "size", "note"],
    ["name", "size"],
    ["name"],
  ]);
});
test("chosen columns keep their order, the name stays and strangers are skipped", () =>
  expect(ids(chosenColumns(columns, ["rare", "gone", "size"]))).toEqual(["name", "rare", "size"]));
test("where none of the chosen columns is known the usual ones stand, and the name alone can be chosen", () => {
  expect(ids(chosenColumns(columns, ["zzz"]))).toEqual(["name", "size", "note"]);
  expect(ids(chosenColumns(columns, ["name"]))).toEqual(["name"]);
});
test("Shift takes everything from the last row clicked", () => {
  expect([...toggleRange(new Set(["a"]), ["a", "b", "c", "d"], "c", "a")]).toEqual(["a", "b", "c"]);
  expect([...toggleRange(new Set(["a", "b", "c"]), ["a", "b", "c", "d"], "a", "c")]).toEqual([]);
  expect([...toggleRange(new Set(), ["a", "b"], "b", "gone")]).toEqual(["b"]);
});
