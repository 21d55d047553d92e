//! The user name of somebody who waits for another one to give up theirs.

use connector_model::Identity;
use sha2::{Digest, Sha256};

/// The name with a short suffix that is this person's alone, the same every time; before the `@`, where there is one.
pub(crate) fn temporary(name: &str, identity: &Identity) -> String {
    let suffix: String =
        Sha256::digest(identity.as_str()).iter().take(4).map(|b| format!("{b:02x}")).collect();
    match name.split_once('@') {
        Some((local, domain)) => format!("{local}-{suffix}@{domain}"),
        None => format!("{name}-{suffix}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_name_is_an_address_where_the_name_is_one_and_differs_by_person() {
        let name = |name: &str, id: &str| temporary(name, &Identity::from_text(id));
        let ada = name("ada@x.example", "1");
        assert!(ada.starts_with("ada-") && ada.ends_with("@x.example"), "{ada}");
        assert_eq!(ada.len(), "ada-12345678@x.example".len());
        assert_eq!(ada, name("ada@x.example", "1"), "the same after a crash");
        assert_ne!(ada, name("ada@x.example", "2"));
        assert!(name("Ada Byron", "1").starts_with("Ada Byron-"));
    }
}
