import { queryOptions } from "@tanstack/react-query";
import { listBrokers, listLogDirs } from "../api/brokers.ts";
import { call } from "./call.ts";

export const brokersQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["brokers", cluster, "list"],
    queryFn: ({ signal }) => call(listBrokers, { cluster }, { signal }),
  });

export const logDirsQuery = (cluster: string, broker: string) =>
  queryOptions({
    queryKey: ["brokers", cluster, "one", broker, "log-dirs"],
    queryFn: ({ signal }) => call(listLogDirs, { cluster, broker }, { signal }),
  });
