/** The keys, for the list that `?` opens and for /help. Each is handled where it acts. */
export const shortcutList = [
  { keys: ["Ctrl K", "Cmd K"], does: "Go to a page, a cluster or a topic, or do something" },
  { keys: ["/"], does: "Focus the filter" },
  { keys: ["j", "k"], does: "Next and previous row" },
  { keys: ["Enter"], does: "Open the row" },
  { keys: ["x"], does: "Select the row" },
  { keys: ["g o"], does: "Overview" },
  { keys: ["g b"], does: "Brokers" },
  { keys: ["g t"], does: "Topics" },
  { keys: ["Ctrl Enter", "Cmd Enter"], does: "Apply in a plan" },
  { keys: ["r"], does: "Refresh now" },
  { keys: ["p"], does: "Pause or go on refreshing" },
  { keys: ["c"], does: "Copy as command" },
  { keys: ["t"], does: "Light or dark theme" },
  { keys: ["["], does: "Fold or unfold the sidebar" },
  { keys: ["Esc"], does: "Close, then clear the filter" },
  { keys: ["?"], does: "This list" },
] as const satisfies { keys: string[]; does: string }[];
