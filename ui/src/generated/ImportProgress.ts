export interface ImportProgress {
  mapping: string;
  read: number;
  to_send: number | null;
  acknowledged: number;
}
