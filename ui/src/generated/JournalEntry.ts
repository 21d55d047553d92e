export interface JournalEntry {
  id: number;
  at_ms: number;
  kind: string;
  subject: string;
  detail: unknown;
}
