//! Why a handshake failed, in our words: by type, never by the library's text.

use connector_model::{Code, Error};
use rustls::{AlertDescription as Alert, CertificateError, Error as Library};

/// The error of a handshake with `target`, a host with or without its port.
pub fn handshake_error(error: &std::io::Error, target: &str) -> Error {
    let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<Library>()) else {
        let text = format!("{target} closed the connection instead of establishing TLS.");
        return Error::new(Code::TlsFailed, text);
    };
    let told = |code, text: &str| Error::new(code, format!("{target} {text}."));
    match tls {
        Library::InvalidCertificate(CertificateError::Other(other)) => {
            other.0.downcast_ref::<Error>().cloned().unwrap_or_else(|| bad_certificate(target))
        }
        Library::InvalidCertificate(_) | Library::NoCertificatesPresented => {
            bad_certificate(target)
        }
        Library::PeerIncompatible(_) => {
            told(Code::TlsTooOld, "offers no version or cipher of TLS that is secure")
        }
        Library::AlertReceived(alert) => match alert {
            Alert::ProtocolVersion | Alert::InsufficientSecurity | Alert::HandshakeFailure => {
                told(Code::TlsTooOld, "shares no version or cipher of TLS with this computer")
            }
            Alert::CertificateRequired | Alert::NoCertificate => {
                told(Code::TlsClientCertificate, "asks for a certificate of this computer")
            }
            Alert::UnrecognisedName => {
                told(Code::TlsWrongHost, "says that it is not the server of that name")
            }
            _ => told(Code::TlsFailed, "ended the TLS handshake with an alert"),
        },
        Library::InvalidMessage(_) | Library::InappropriateMessage { .. } => {
            told(Code::TlsFailed, "does not answer in TLS on this port")
        }
        _ => told(Code::TlsFailed, "and this computer could not agree on TLS"),
    }
}

fn bad_certificate(target: &str) -> Error {
    let text = format!("{target} presents no certificate that can be read.");
    Error::new(Code::TlsBadCertificate, text)
}
