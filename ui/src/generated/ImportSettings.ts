export interface ImportSettings {
  interval_hours: number;
  removal_limit_percent: number;
  removal_limit_people: number;
  batch_size: number;
}
