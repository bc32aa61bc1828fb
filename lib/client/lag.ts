import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getGroupLag, getLagBoard, type LagRange } from "../api/lag.ts";
import { call } from "./call.ts";

/** Over which time: up to now, or between two moments (ISO 8601). */
export type AskedRange = { range: LagRange } | { from: string; until: string };

/** `by` a series for the group, or for each topic or partition; `topic` that topic's only; `step` in ms, nothing given: as the API chooses. */
export type GroupLagQuestion = AskedRange & { by: "group" | "topic" | "partition"; topic?: string; step?: string };

/** Another range keeps the lines of the last one until its own have come. */
export const groupLagQuery = (cluster: string, group: string, question: GroupLagQuestion) =>
  queryOptions({
    queryKey: ["groups", cluster, "one", group, "lag", question],
    queryFn: ({ signal }) => call(getGroupLag, { cluster, group }, { query: question, signal }),
    placeholderData: keepPreviousData,
  });

export type LagBoardQuestion = AskedRange & { by: "lag" | "timeLag"; limit: string };

export const lagBoardQuery = (cluster: string, question: LagBoardQuestion) =>
  queryOptions({
    queryKey: ["groups", cluster, "board", question],
    queryFn: ({ signal }) => call(getLagBoard, { cluster }, { query: question, signal }),
    placeholderData: keepPreviousData,
  });
