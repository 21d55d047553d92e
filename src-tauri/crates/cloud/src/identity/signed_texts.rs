//! The texts that are signed or bound (protocol, sections 1 to 3).

/// Signed at registration.
pub(crate) fn registration(key: &str, signing_key: &str, sealing_key: &str) -> String {
    format!("insync-connector/1/register\n{key}\n{signing_key}\n{sealing_key}")
}

/// Signed at the start of every session.
pub(crate) fn session(connector_id: &str, nonce: &str, time: &str) -> String {
    format!("insync-connector/1/session\n{connector_id}\n{nonce}\n{time}")
}

/// Bound to every sealed password.
pub(crate) fn sealed(connector_id: &str, request_id: &str, expires: &str, user: &str) -> String {
    format!("{connector_id}\n{request_id}\n{expires}\n{user}")
}

#[cfg(test)]
mod tests {
    use crate::ConnectorKeys;
    use connector_model::Secret;
    use serde_json::Value;

    fn text<'a>(vector: &'a Value, pointer: &str) -> &'a str {
        vector.pointer(pointer).and_then(Value::as_str).unwrap()
    }

    fn keys(signing_seed: &str, sealing: &str) -> ConnectorKeys {
        ConnectorKeys::from_secrets(&Secret::new(signing_seed), &Secret::new(sealing)).unwrap()
    }

    #[test]
    fn registration_vector() {
        let v: Value =
            serde_json::from_str(include_str!("../../vectors/registration.json")).unwrap();
        let keys = keys(text(&v, "/signing_seed"), text(&v, "/sealing_private_key"));
        assert_eq!(keys.signing_public(), text(&v, "/request/signing_key"));
        assert_eq!(keys.sealing_public(), text(&v, "/request/sealing_key"));
        let input = super::registration(
            text(&v, "/request/key"),
            &keys.signing_public(),
            &keys.sealing_public(),
        );
        assert_eq!(input, text(&v, "/proof_input"));
        assert_eq!(keys.sign(&input), text(&v, "/request/proof"));
    }

    #[test]
    fn session_vector() {
        let v: Value = serde_json::from_str(include_str!("../../vectors/session.json")).unwrap();
        let other = ConnectorKeys::generate().unwrap().sealing_secret();
        let keys = keys(text(&v, "/signing_seed"), other.expose_str().unwrap());
        let input =
            super::session(text(&v, "/connector_id"), text(&v, "/nonce"), text(&v, "/time"));
        assert_eq!(input, text(&v, "/signature_input"));
        assert_eq!(keys.sign(&input), text(&v, "/signature"));
    }
}
