/** What the settings screen has, by the text that names it: the search leads there. */
export const SETTINGS = [
  "set-interval_hours",
  "set-removal_limit_percent",
  "set-removal_limit_people",
  "set-follow-changes",
  "set-wrong_attempts",
  "set-window_minutes",
  "set-deadline_seconds",
  "set-log",
  "set-from-cloud",
  "cl-network",
  "move-title",
  "upd-title",
  "set-program",
] as const;
export type SettingName = (typeof SETTINGS)[number];
