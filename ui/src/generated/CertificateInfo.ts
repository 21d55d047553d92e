export interface CertificateInfo {
  subject: string;
  issuer: string;
  authority: boolean;
  names: string[];
  not_before: string;
  not_after: string;
  sha256: string;
}
