//! The certificates of a file that somebody got from a CA: PEM, DER (`.cer`) and PKCS #7 (`.p7b`), and nothing else of it.
//! Somebody may have put a private key beside them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connector_model::{Code, Error, Result, text};
use rustls::pki_types::CertificateDer;
use x509_parser::asn1_rs::{Any, Class};
use x509_parser::pem::Pem;
use x509_parser::prelude::{FromDer, X509Certificate};

/// `id-signedData` (RFC 5652, 5.1), 1.2.840.113549.1.7.2: how PKCS #7 wraps certificates.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// What a file is that holds no certificate for us, and what to do then.
type Other = (&'static str, &'static str);
const KEY: Other = (
    "The file holds a private key and no certificate.",
    "Provide the certificate of your company's CA. Its private key never leaves the CA.",
);
const CONTAINER: Other = (
    "The file is a PKCS #12 container (.pfx or .p12), which is made for private keys.",
    "Export the CA's certificate without a private key, as .cer, .crt, .pem or .p7b.",
);
const REQUEST: Other = (
    "The file holds a certificate request, which no CA has signed yet.",
    "Provide the certificate of the CA itself, as .cer, .crt, .pem or .p7b.",
);

/// The certificates of a file as PEM text, whatever form the file has. `invalid_certificate` says what else it is.
pub fn pem_of_file(bytes: &[u8]) -> Result<String> {
    let found = match text::decoded(bytes) {
        Ok(text) => certificates(&text)?,
        Err(_) => of_der(bytes)?,
    };
    Ok(found.iter().map(armoured).collect())
}

/// The certificates of a CA text as PEM text, and nothing else of it.
pub fn certificates_only(text: &str) -> Result<String> {
    Ok(certificates(text)?.iter().map(armoured).collect())
}

/// The certificates of a text: in PEM sections, or base64 alone.
pub(crate) fn certificates(text: &str) -> Result<Vec<CertificateDer<'static>>> {
    let (mut found, mut other) = (vec![], None);
    for section in Pem::iter_from_buffer(text.as_bytes()) {
        let section = section.map_err(|_| unusable())?;
        match section.label.as_str() {
            // Windows' certutil gives this label to whatever it encodes.
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
                found.extend(of_section(section.contents)?);
            }
            "PKCS7" | "CMS" => found.extend(of_der(&section.contents)?),
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => other = Some(REQUEST),
            label if label.ends_with("PRIVATE KEY") => other = other.or(Some(KEY)),
            _ => {}
        }
    }
    if found.is_empty() && other.is_none() && !text.contains("-----BEGIN") {
        let bare: String = text.split_whitespace().collect();
        if let Some(bytes) = STANDARD.decode(bare).ok().filter(|bytes| !bytes.is_empty()) {
            return of_der(&bytes);
        }
    }
    match other {
        _ if !found.is_empty() => Ok(found),
        Some(other) => Err(named(other)),
        None => Err(unusable()),
    }
}

/// PEM text of one certificate (RFC 7468).
pub(crate) fn armoured(der: &CertificateDer<'_>) -> String {
    let body = STANDARD.encode(der.as_ref());
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).filter_map(|c| std::str::from_utf8(c).ok()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// A section that says it is a certificate: whether it is one is asked where it is used, but for what it cannot be.
fn of_section(content: Vec<u8>) -> Result<Vec<CertificateDer<'static>>> {
    match signed_data(&content) {
        Some(certificates) => some(certificates),
        None => Ok(vec![CertificateDer::from(content)]),
    }
}

fn of_der(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    if X509Certificate::from_der(bytes).is_ok_and(|(rest, _)| rest.is_empty()) {
        return Ok(vec![CertificateDer::from(bytes.to_vec())]);
    }
    if let Some(certificates) = signed_data(bytes) {
        return some(certificates);
    }
    Err(match elements(bytes).as_deref() {
        // PFX ::= SEQUENCE { version INTEGER (3), authSafe, macData } (RFC 7292, 4).
        Some([version, ..]) if version.tag().0 == 2 && version.data == [3] => named(CONTAINER),
        // PrivateKeyInfo, RSAPrivateKey and ECPrivateKey begin with version 0 or 1.
        Some([version, ..]) if version.tag().0 == 2 => named(KEY),
        _ => unusable(),
    })
}

/// The certificates of a `SignedData`; `None` where it is no such thing.
fn signed_data(bytes: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let outer = elements(bytes)?;
    let [kind, content, ..] = outer.as_slice() else { return None };
    if kind.data != SIGNED_DATA {
        return None;
    }
    let fields = elements(content.data)?;
    // certificates [0] IMPLICIT SET OF Certificate; what else may be in it is no certificate of a CA.
    let set = fields.iter().find(|field| is_context(field, 0))?;
    let mut rest = set.data;
    let mut found = vec![];
    while !rest.is_empty() {
        let (_, after) = element(rest)?;
        let one = &rest[..rest.len() - after.len()];
        if X509Certificate::from_der(one).is_ok() {
            found.push(CertificateDer::from(one.to_vec()));
        }
        rest = after;
    }
    Some(found)
}

/// The elements of the one constructed element that `bytes` begin with (X.690).
fn elements(bytes: &[u8]) -> Option<Vec<Any<'_>>> {
    let (outer, _) = element(bytes)?;
    let (mut rest, mut found) = (outer.data, vec![]);
    while !rest.is_empty() {
        let (one, after) = element(rest)?;
        found.push(one);
        rest = after;
    }
    Some(found)
}

fn element(bytes: &[u8]) -> Option<(Any<'_>, &[u8])> {
    let (rest, one) = <Any<'_> as FromDer<'_, _>>::from_der(bytes).ok()?;
    Some((one, rest))
}

fn is_context(element: &Any<'_>, number: u32) -> bool {
    element.class() == Class::ContextSpecific && element.tag().0 == number
}

fn some(found: Vec<CertificateDer<'static>>) -> Result<Vec<CertificateDer<'static>>> {
    if found.is_empty() { Err(unusable()) } else { Ok(found) }
}

fn unusable() -> Error {
    Error::of(Code::InvalidCertificate).at("ca")
}

fn named((what, to_do): Other) -> Error {
    Error::new(Code::InvalidCertificate, what).with_action(to_do).at("ca")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, KeyPair};

    fn certificate() -> (Vec<u8>, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let made = CertificateParams::new(vec!["ca.example.net".to_owned()]).unwrap();
        (made.self_signed(&key).unwrap().der().to_vec(), key)
    }

    fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82], &length[..], content].concat()
    }

    /// A `.p7b` as Windows exports it: `SignedData` without content and signers.
    fn p7b(certificates: &[Vec<u8>]) -> Vec<u8> {
        let data = tagged(0x30, &tagged(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1]));
        let set = tagged(0xa0, &certificates.concat());
        let fields = [tagged(2, &[1]), tagged(0x31, &[]), data, set, tagged(0x31, &[])].concat();
        let signed = tagged(0xa0, &tagged(0x30, &fields));
        tagged(0x30, &[tagged(6, SIGNED_DATA), signed].concat())
    }

    #[test]
    fn every_form_of_a_ca_file_is_the_same_certificate() {
        let (der, key) = certificate();
        let pem = armoured(&CertificateDer::from(der.clone()));
        let section = |label: &str, bytes: &[u8]| pem_of(label, &STANDARD.encode(bytes));
        let utf16: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(pem.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let wrapped = p7b(std::slice::from_ref(&der));
        for (name, bytes) in [
            ("pem", pem.clone().into_bytes()),
            ("with a key", [key.serialize_pem(), pem.clone()].concat().into_bytes()),
            (
                "windows lines and a mark",
                format!("\u{feff}{}", pem.replace('\n', "\r\n")).into_bytes(),
            ),
            ("utf-16", utf16),
            ("der", der.clone()),
            ("base64 alone", STANDARD.encode(&der).into_bytes()),
            ("p7b", wrapped.clone()),
            ("p7b in pem", section("PKCS7", &wrapped).into_bytes()),
            ("p7b as certutil encodes it", section("CERTIFICATE", &wrapped).into_bytes()),
        ] {
            assert_eq!(pem_of_file(&bytes).unwrap(), pem, "{name}");
        }
        let both = p7b(&[der.clone(), certificate().0]);
        assert_eq!(pem_of_file(&both).unwrap().matches("BEGIN CERTIFICATE").count(), 2);
    }

    #[test]
    fn what_is_no_certificate_is_named() {
        let (der, key) = certificate();
        let container = tagged(0x30, &[tagged(2, &[3]), tagged(0x30, &[])].concat());
        for (bytes, what) in [
            (key.serialize_pem().into_bytes(), KEY),
            (key.serialize_der(), KEY),
            (container, CONTAINER),
            (pem_of("CERTIFICATE REQUEST", "AAAA").into_bytes(), REQUEST),
        ] {
            let error = pem_of_file(&bytes).unwrap_err();
            assert_eq!((error.code, error.message.as_str()), (Code::InvalidCertificate, what.0));
            assert_eq!(error.field.as_deref(), Some("ca"));
        }
        for bytes in [&b""[..], b"hello", &der[..40], &[0x30, 0x80, 0, 0], &p7b(&[])] {
            assert_eq!(pem_of_file(bytes).unwrap_err().code, Code::InvalidCertificate);
        }
    }

    fn pem_of(label: &str, body: &str) -> String {
        format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
    }
}
