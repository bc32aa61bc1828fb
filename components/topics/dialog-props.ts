import type { TopicDetail } from "@/lib/api/topics";

/** What every dialog about one topic gets. */
export type TopicDialogProps = { cluster: string; topic: string; detail: TopicDetail; onClose: () => void };
