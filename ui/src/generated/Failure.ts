export interface Failure {
  code: string;
  message: string;
  action: string;
  field?: string;
}
