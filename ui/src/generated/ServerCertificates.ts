import type { Failure } from "./Failure";
import type { CertificateInfo } from "./CertificateInfo";

export interface ServerCertificates {
  trusted: boolean;
  problem?: Failure;
  certificates: CertificateInfo[];
}
