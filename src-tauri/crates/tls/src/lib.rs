//! TLS towards a directory and towards the cloud: the system's trust store and a company CA, always verified. Every refusal
//! has a code, words and something to do; a certificate that does not verify can be shown all the same.

mod ca_file;
mod certificate;
mod defect;
mod handshake;
mod recorder;
mod refusal;
mod trust;

pub use ca_file::{certificates_only, pem_of_file};
pub use certificate::{CertificateInfo, parse_certificates};
pub use handshake::handshake_error;
pub use trust::{Presented, Trust};
