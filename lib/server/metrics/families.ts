/** Every metric Kafdeck tells: its kind, what it means, and its labels. The history in Prometheus is read by these names too. */
export const families = {
  kafdeck_build_info: ["gauge", "The version that runs; always 1", ["version"]],
  kafdeck_cluster_up: ["gauge", "1 where the groups of the cluster could be read, else 0", ["cluster"]],
  kafdeck_group_lag: [
    "gauge",
    "Records the group has yet to read, over its partitions whose lag is known",
    ["cluster", "group"],
  ],
  kafdeck_group_lag_unknown_partitions: [
    "gauge",
    "Partitions without a known lag: no commit, out of range, or not answered",
    ["cluster", "group"],
  ],
  kafdeck_group_time_lag_seconds: [
    "gauge",
    "Age of the next record the group would read, as far back as samples go; 0 where it has read all",
    ["cluster", "group"],
  ],
  kafdeck_group_written_per_second: [
    "gauge",
    "Records written a second to what the group reads, of late",
    ["cluster", "group"],
  ],
  kafdeck_group_read_per_second: [
    "gauge",
    "Records a second by which its commits moved on, of late",
    ["cluster", "group"],
  ],
  kafdeck_group_members: ["gauge", "Members of the group", ["cluster", "group"]],
  kafdeck_group_state: [
    "gauge",
    "1 for the state that the group has now, as Kafka names it",
    ["cluster", "group", "type", "state"],
  ],
  kafdeck_group_status: ["gauge", "1 for how the group does now", ["cluster", "group", "status"]],
  kafdeck_group_topic_lag: [
    "gauge",
    "Records of a topic that the group has yet to read",
    ["cluster", "group", "topic"],
  ],
  kafdeck_group_topic_committed_offset: [
    "gauge",
    "Committed offsets of the group added up over the partitions of a topic whose lag is known",
    ["cluster", "group", "topic"],
  ],
  kafdeck_group_partition_lag: [
    "gauge",
    "Records of a partition that the group has yet to read",
    ["cluster", "group", "topic", "partition"],
  ],
  kafdeck_group_partition_committed_offset: [
    "gauge",
    "The committed offset of a partition whose lag is known",
    ["cluster", "group", "topic", "partition"],
  ],
  kafdeck_topic_end_offset: [
    "gauge",
    "End offsets added up over the partitions of a topic that a group has committed an offset of",
    ["cluster", "topic"],
  ],
  kafdeck_topic_written_per_second: [
    "gauge",
    "Records written a second to those partitions since the scrape before",
    ["cluster", "topic"],
  ],
  kafdeck_omitted: [
    "gauge",
    "Things without series of their own, because metrics.series was reached",
    ["cluster", "kind"],
  ],
  kafdeck_reading_seconds: ["gauge", "How long the last reading of the groups took", ["cluster"]],
  kafdeck_reading_requests: ["gauge", "Broker requests the last reading of the groups cost", ["cluster"]],
  kafdeck_reading_age_seconds: [
    "gauge",
    "How old the reading is that the series of groups and topics are made from",
    ["cluster"],
  ],
  kafdeck_sample_age_seconds: ["gauge", "How old the last sample of the history is", ["cluster"]],
  kafdeck_history_source: ["gauge", "1 for where the history of lag comes from", ["cluster", "source"]],
  kafdeck_history_sampling: ["gauge", "1 where this process takes the samples", ["cluster"]],
  kafdeck_history_problem: ["gauge", "1 where there is no history, or none is added", ["cluster"]],
  kafdeck_broker_requests_total: ["counter", "Requests to brokers since the start", ["cluster"]],
  kafdeck_broker_failures_total: [
    "counter",
    "Requests to brokers that failed, and those that could not be sent, by the code of the problem",
    ["cluster", "code"],
  ],
  kafdeck_workers_busy: ["gauge", "Workers that read, search or pack records now", []],
  kafdeck_workers_jobs_waiting: ["gauge", "Jobs that wait for a worker", []],
  kafdeck_alerts: ["gauge", "Groups that an alert rule speaks of, by state", ["cluster", "rule", "state"]],
  kafdeck_alert_notices_total: [
    "counter",
    "Notices of a rule: delivered, given up (dropped), and tries that failed",
    ["cluster", "rule", "outcome"],
  ],
  kafdeck_alert_notices_waiting: ["gauge", "Notices of a rule that are still to be delivered", ["cluster", "rule"]],
  process_cpu_seconds_total: ["counter", "Time that the process had a processor", []],
  process_resident_memory_bytes: ["gauge", "Memory of the process", []],
  process_start_time_seconds: ["gauge", "When the process began, in seconds since 1970", []],
  nodejs_heap_used_bytes: ["gauge", "Memory of JavaScript objects", []],
  nodejs_eventloop_utilization_ratio: [
    "gauge",
    "Share of the time since the scrape before in which the event loop worked",
    [],
  ],
} as const satisfies Record<string, readonly ["gauge" | "counter", string, readonly string[]]>;

export type FamilyName = keyof typeof families;

/** One line of `/metrics`. */
export type Point = { family: FamilyName; labels: Record<string, string>; value: number };
