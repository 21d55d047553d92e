//! Where the people of each import are sent in its present term, as the cloud said.

use connector_model::settings::same_name;
use connector_model::{Assignment, Mapping};
use std::sync::{Arc, PoisonError, RwLock};

/// The addresses of the imports that are this connector's. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Fences(Arc<RwLock<Vec<Assignment>>>);

impl Fences {
    /// Takes the cloud's word, whole.
    pub fn set(&self, assignments: Option<&[Assignment]>) {
        let mine = assignments.unwrap_or_default().iter().filter(|one| one.mine);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = mine.cloned().collect();
    }

    /// The address of a mapping's import. Only one below the service of the registration is taken: the token goes there.
    pub fn address(&self, mapping: &Mapping, scim_url: &str) -> Option<String> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let own = known.iter().find(|one| {
            same_name(&one.mapping, &mapping.name) && same_name(&one.account, &mapping.account)
        })?;
        let base = format!("{}/", scim_url.trim_end_matches('/'));
        own.scim_url.clone().filter(|address| address.starts_with(&base))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_own_address_below_the_registered_service_is_taken() {
        let fences = Fences::default();
        let text = r#"{"name":"All","account":"corp","base_dn":"DC=x"}"#;
        let mapping: Mapping = serde_json::from_str(text).unwrap();
        let base = "https://cloud.example.org/scim/v2/";
        let given = |address: &str, mine: bool| {
            let word = serde_json::json!({ "account": "CORP", "mapping": "all", "term": 3, "mine": mine, "scim_url": address });
            fences.set(Some(&[serde_json::from_value(word).unwrap()]));
            fences.address(&mapping, base)
        };
        let below = "https://cloud.example.org/scim/v2/imports/3";
        assert_eq!(given(below, true).as_deref(), Some(below));
        assert_eq!(given(below, false), None);
        assert_eq!(given("https://cloud.example.org.evil.test/scim/v2/imports/3", true), None);
        assert_eq!(given("https://cloud.example.org/scim/v2x/3", true), None);
        fences.set(None);
        assert_eq!(fences.address(&mapping, base), None);
    }
}
