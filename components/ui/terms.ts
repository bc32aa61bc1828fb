/**
 * Kafka's words in a sentence or two, for readers who are new to it. The only dictionary: `<Term>` and /help read it. A new
 * page adds the words it uses.
 */
export const terms = {
  acks: {
    word: "Acks",
    text: "What a producer waits for: all is every in-sync copy, 1 the leader alone. With 1 a record is lost if the leader fails before the others have it.",
  },
  "acks-all": {
    word: "acks=all",
    text: "A producer that waits until every in-sync copy has the record. It is refused when fewer than min.insync.replicas are in sync.",
  },
  "active-controller": {
    word: "Active controller",
    text: "The one node that decides which broker leads which partition and records every change of the cluster. Its epoch rises by one each time another takes over.",
  },
  "advertised-listener": {
    word: "Advertised listener",
    text: "The address a broker tells its clients to use from then on. If it says localhost, clients on other machines never reach it.",
  },
  acl: {
    word: "ACL",
    text: "A rule that allows or denies a user one operation, such as Describe, on one topic, group or the cluster.",
  },
  "api-versions": {
    word: "ApiVersions",
    text: "The request by which a broker says which others it understands. Kafdeck decides by this, not by the version number.",
  },
  assignor: {
    word: "Assignor",
    text: "What hands the partitions of a group to its members: range, roundrobin, sticky and cooperative-sticky run in a consumer, uniform and range of the newer protocol in the broker.",
  },
  "assignment-epoch": {
    word: "Assignment epoch",
    text: "The group epoch for which the present target assignment was worked out. Behind the group epoch: the broker is still at it.",
  },
  batch: {
    word: "Batch",
    text: "Records a producer sent together. They are stored, compressed and copied as one; what the log says of the producer is said once a batch.",
  },
  bootstrap: {
    word: "Bootstrap servers",
    text: "The addresses a client asks first. Any broker can then name all the others, so a few are enough.",
  },
  broker: { word: "Broker", text: "A server that stores partitions and answers producers and consumers." },
  "classic-group": {
    word: "Classic group",
    text: "A group of the older protocol: its members stop together for each rebalance, and one of them hands out the partitions.",
  },
  "cleanup-policy": {
    word: "Cleanup policy",
    text: "What happens to old records: delete drops whole segments after a time or a size, compact keeps the last record of each key. Both can be set.",
  },
  cluster: { word: "Cluster", text: "Brokers that share one set of topics, under one controller." },
  "cluster-id": {
    word: "Cluster id",
    text: "Given to the cluster when it was first formatted. Two addresses with the same id are the same cluster.",
  },
  codec: {
    word: "Codec",
    text: "How a batch of records is compressed: none, gzip, snappy, lz4 or zstd. The topic's compression.type may have the broker change it.",
  },
  "committed-offset": {
    word: "Committed offset",
    text: "The next offset a group would read of a partition, as its consumers last told the broker. Starting again, they go on from there.",
  },
  compaction: {
    word: "Compaction",
    text: "Removes records for which a newer one with the same key exists. Offsets do not change; gaps are left.",
  },
  "consumer-group": {
    word: "Consumer group",
    text: "Consumers that share the partitions of a topic. The group commits how far it has read.",
  },
  coordinator: {
    word: "Coordinator",
    text: "The broker that keeps a group: its members, and the offsets they commit. Which one it is follows from the group's name.",
  },
  "dynamic-config": {
    word: "Dynamic config",
    text: "A broker setting that can be changed while it runs. Others are read from server.properties at start only.",
  },
  "feature-level": {
    word: "Feature level",
    text: "What the whole cluster has agreed to use. It is raised by hand after an upgrade, with kafka-features.sh.",
  },
  "group-epoch": {
    word: "Group epoch",
    text: "Rises by one whenever members, subscriptions or partitions of the group change (KIP-848). Members with a lower epoch are still to follow.",
  },
  "group-state": {
    word: "Group state",
    text: "Stable: partitions are handed out. Empty: no members, the commits are kept. Preparing, completing, assigning, reconciling: they are being handed out anew. Dead: it is being removed.",
  },
  "group-type": {
    word: "Group type",
    text: "classic is the older protocol; consumer (KIP-848) leaves the work to the broker; share (KIP-932) lets members read one partition together; streams (KIP-1071) is of Kafka Streams.",
  },
  "high-watermark": {
    word: "High watermark",
    text: "The offset up to which every in-sync copy has the records. Consumers read no further.",
  },
  "internal-topic": {
    word: "Internal topic",
    text: "A topic Kafka keeps for itself, such as __consumer_offsets. Best left alone.",
  },
  isr: {
    word: "ISR",
    text: "In-sync replicas: the copies that have caught up with the leader within replica.lag.time.max.ms. A new leader is chosen from these.",
  },
  key: {
    word: "Key",
    text: "Optional bytes of a record. Records with the same key go to the same partition, so they stay in order.",
  },
  "kraft-quorum": {
    word: "KRaft quorum",
    text: "The controllers that keep the cluster's metadata in a log of their own. More than half must run, else nothing can be changed.",
  },
  lag: { word: "Lag", text: "Records a group still has to read: the end of the log minus what it has committed." },
  "lag-status": {
    word: "Lag status",
    text: "How a group does, told from its commits of the last minutes. Stalled: members, but no commits. Stopped: no members. Falling behind: it reads, but more arrives. Each only where lag is left.",
  },
  leader: {
    word: "Leader",
    text: "The copy of a partition that takes all writes and most reads. The others copy from it.",
  },
  "leader-epoch": {
    word: "Leader epoch",
    text: "Rises by one with each new leader of the partition. It tells records of an old leader from those of the present one.",
  },
  "leader-skew": {
    word: "Skew",
    text: "How far the share of partitions this broker leads is from an even share. Leaders do most of the work.",
  },
  "log-dir": {
    word: "Log dir",
    text: "A directory in which a broker keeps partitions, often one a disk. When it fails, its partitions go offline on this broker.",
  },
  "log-start-offset": {
    word: "First offset",
    text: "The oldest offset that can still be read. Retention and purging move it forwards.",
  },
  "member-epoch": {
    word: "Member epoch",
    text: "The group epoch a member has caught up with. It is raised once the member has given up and taken over what the target assignment says.",
  },
  "metadata-version": {
    word: "metadata.version",
    text: "The feature level of the metadata log. It decides what the cluster can do, whatever version its brokers run.",
  },
  "min-isr": {
    word: "min.insync.replicas",
    text: "How many copies must have a record before a write with acks=all counts. With 3 replicas, 2 is usual.",
  },
  observer: { word: "Observer", text: "A node that copies the metadata log without a vote. Every broker is one." },
  offline: {
    word: "Offline",
    text: "A partition without a leader. It can be neither read nor written until a broker with an in-sync copy is back.",
  },
  offset: {
    word: "Offset",
    text: "The place of a record in its partition, counted from 0 and never used twice.",
  },
  "offset-span": {
    word: "Offset span",
    text: "The last offset minus the first. It is the number of records only if none were compacted away and no transaction took up offsets. A topic that is compacted has a ~; whether one holds transactions, Kafka does not tell here.",
  },
  partition: {
    word: "Partition",
    text: "One of the logs a topic is split into. Order holds inside a partition only.",
  },
  "preferred-leader": {
    word: "Preferred leader",
    text: "The first broker in a partition's list of replicas. If many partitions are led by another, the load is uneven.",
  },
  principal: { word: "Principal", text: "Who a client is to the broker, such as User:kafdeck-ro." },
  "producer-id": {
    word: "Producer id",
    text: "A number the cluster gives to a producer that writes idempotently. With it and a sequence number a broker drops what a retry sent twice.",
  },
  rack: {
    word: "Rack",
    text: "Where a broker stands, as broker.rack says. Copies of a partition are spread over racks.",
  },
  rebalance: {
    word: "Rebalance",
    text: "Handing the partitions of a group out anew, because members came or went or the topics changed.",
  },
  record: { word: "Record", text: "One message: offset, time, key, value and headers. Kafka itself sees only bytes." },
  replica: {
    word: "Replica",
    text: "A copy of a partition on one broker. The replication factor is how many there are.",
  },
  retention: {
    word: "Retention",
    text: "How long, or up to which size, records are kept where the cleanup policy is delete. Whole segments go at once, so records may stay longer.",
  },
  segment: {
    word: "Segment",
    text: "A file of a partition's log. Only closed segments are deleted or compacted, never the one being written.",
  },
  "set-by": {
    word: "Set by",
    text: "Where the value in force comes from: the topic itself, this broker, all brokers of the cluster, or Kafka's default.",
  },
  "share-group": {
    word: "Share group",
    text: "Members read the same partitions together and settle each record by itself, as with a queue (KIP-932, Kafka 4.1). It has a start offset in place of a commit.",
  },
  "stable-offset": {
    word: "Stable offset",
    text: "The offset up to which every transaction is decided. Consumers that read committed records stop there.",
  },
  "static-member": {
    word: "Static member",
    text: "A member with a group.instance.id: it may come back within the session timeout without a rebalance.",
  },
  "streams-group": {
    word: "Streams group",
    text: "A Kafka Streams application whose tasks the broker hands out (KIP-1071, Kafka 4.1).",
  },
  "target-assignment": {
    word: "Target assignment",
    text: "What a member is to have once it has caught up with the group epoch (KIP-848). Until then it may still hold something else.",
  },
  "time-lag": {
    word: "Time lag",
    text: "How old the next record is that the group would read. With ~ it is estimated from when the log's end was where the group is now; with > it is older than the history.",
  },
  "timestamp-type": {
    word: "Timestamp type",
    text: "Whether the time of a record is the producer's own (CreateTime) or the broker's when it was appended (LogAppendTime).",
  },
  tombstone: {
    word: "Tombstone",
    text: "A record with a key and a null value. In a compacted topic it deletes the key.",
  },
  topic: { word: "Topic", text: "A named log that producers append to and consumer groups read." },
  transaction: {
    word: "Transaction",
    text: "Records of several partitions that become visible together, or not at all. Its markers take up offsets of their own.",
  },
  "under-min-isr": {
    word: "Under min ISR",
    text: "A partition with fewer in-sync copies than min.insync.replicas. Writes with acks=all are refused.",
  },
  "under-replicated": {
    word: "Under-replicated",
    text: "A partition with fewer in-sync copies than it should have. It works, but the next failure may lose data or stop it.",
  },
  voter: { word: "Voter", text: "A controller with a vote in the KRaft quorum." },
} as const satisfies Record<string, { word: string; text: string }>;

export type TermId = keyof typeof terms;
