export interface SignInSettings {
  wrong_attempts: number;
  window_minutes: number;
  deadline_seconds: number;
}
