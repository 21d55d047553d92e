//! Mappings that the cloud sent. They wait beside the others, where nothing reads them: nobody is found, signed in, imported or
//! counted by one before an administrator has seen its preview and approved exactly it here.

use super::arrivals::Arrivals;
use super::chosen::CheckedMapping;
use super::size;
use crate::account::check_name;
use crate::host::Host;
use connector_model::attribute_type::usual;
use connector_model::filter::Extensible;
use connector_model::settings::same_name;
use connector_model::{
    Code, Condition, Error, Filter, Mapping, Result, SettingsChange, command_word, io_reason,
};
use connector_platform::write_atomically;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::Instant;

/// So many wait at most.
const WAITING: usize = 20;
/// Attributes that filters and conditions of the cloud may use: what an address book shows, and what tells people from other
/// entries. More are added with the setting `cloud_attributes`. None has subtypes that are anything else (`name` has).
const ATTRIBUTES: &[&str] = &[
    "objectClass",
    "objectCategory",
    "cn",
    "displayName",
    "givenName",
    "sn",
    "initials",
    "mail",
    "uid",
    "userPrincipalName",
    "sAMAccountName",
    "title",
    "department",
    "departmentNumber",
    "division",
    "company",
    "o",
    "ou",
    "c",
    "co",
    "countryCode",
    "l",
    "st",
    "physicalDeliveryOfficeName",
    "employeeType",
    "memberOf",
    "userAccountControl",
    "preferredLanguage",
    "businessCategory",
    "primaryGroupID",
    "gidNumber",
];

/// A mapping of the cloud that waits for an administrator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Proposal {
    /// The mapping as it was sent.
    pub mapping: Mapping,
    /// When it came, milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Names exactly this mapping, for its approval.
    pub hash: String,
    /// Whether its preview was seen.
    pub previewed: bool,
}

impl Host {
    /// Mappings of the cloud that wait, the oldest first.
    pub fn proposals(&self) -> Result<Vec<Proposal>> {
        match std::fs::read(self.proposals_path()) {
            Ok(text) => serde_json::from_slice(&text).map_err(|_| Error::of(Code::StorageFailed)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(vec![]),
            Err(error) => {
                let text = format!("The cloud's mappings cannot be read: {}.", io_reason(&error));
                Err(Error::new(Code::StorageFailed, text))
            }
        }
    }

    /// Takes a mapping of the cloud; nothing is asked of any directory for it.
    pub(crate) async fn propose(&self, mapping: Mapping) -> Result<Mapping> {
        check_name(&mapping.name, "name")?;
        size::check(&mapping)?;
        let settings = self.settings()?;
        settings.account(&mapping.account)?;
        only_listed(&mapping, &settings.cloud_attributes)?;
        let (at_ms, hash) = (chrono::Utc::now().timestamp_millis(), hash(&mapping)?);
        let new = Proposal { mapping: mapping.clone(), at_ms, hash, previewed: false };
        self.change_proposals(|waiting, came| {
            came.another(Instant::now())?;
            waiting.retain(|one| !same_name(&one.mapping.name, &new.mapping.name));
            if waiting.len() >= WAITING {
                let text =
                    "Too many mappings of the cloud wait for an administrator of the connector.";
                return Err(Error::new(Code::NotCovered, text));
            }
            waiting.push(new);
            Ok(true)
        })?;
        let detail = json!({ "mapping": mapping });
        self.note_settings(SettingsChange::MappingProposed, detail).await;
        Ok(mapping)
    }

    /// Approves a mapping of the cloud: from now on it is one like the others. `hash` names exactly what was seen.
    pub async fn approve_proposal(&self, name: &str, hash: &str) -> Result<CheckedMapping> {
        let Proposal { mapping, hash: now, previewed, .. } = self.proposal(name)?;
        let name = &mapping.name;
        let why = match (now == hash, previewed) {
            (true, true) => None,
            (true, false) => Some(format!("The preview of \"{name}\" was not looked at yet.")),
            (false, _) => Some(format!("\"{name}\" is not the mapping that you looked at.")),
        };
        if let Some(why) = why {
            return Err(Error::new(Code::ApprovalStale, why).with_action(format!(
                "Look at it, then approve what it shows now: under Mappings in the window, or with: insync-connector preview --proposed {}",
                command_word(name)
            )));
        }
        let stored = self.put_mapping(mapping, false).await?;
        // Another one of the same name may have come meanwhile.
        self.drop_proposal(hash)?;
        Ok(stored)
    }

    /// Forgets a mapping of the cloud.
    pub async fn reject_proposal(&self, name: &str) -> Result<()> {
        let Proposal { mapping, hash, .. } = self.proposal(name)?;
        self.drop_proposal(&hash)?;
        let detail = json!({ "mapping": mapping });
        self.note_settings(SettingsChange::MappingRejected, detail).await;
        Ok(())
    }

    /// A preview was made of this mapping: where it is one of the cloud's, it may be approved.
    pub(crate) fn previewed(&self, mapping: &Mapping) -> Result<()> {
        let hash = hash(mapping)?;
        self.change_proposals(|waiting, _| {
            let one = waiting.iter_mut().find(|one| one.hash == hash && !one.previewed);
            Ok(one.map(|one| one.previewed = true).is_some())
        })
    }

    fn proposal(&self, name: &str) -> Result<Proposal> {
        let mut waiting = self.proposals()?.into_iter();
        waiting.find(|one| same_name(&one.mapping.name, name)).ok_or_else(|| {
            let text = format!("No mapping \"{name}\" of the cloud waits for an approval.");
            Error::new(Code::NotFound, text).at("name")
        })
    }

    fn drop_proposal(&self, hash: &str) -> Result<()> {
        self.change_proposals(|waiting, _| {
            waiting.retain(|one| one.hash != hash);
            Ok(true)
        })
    }

    /// Changes the list that waits, one after the other; written where `change` says that it did.
    fn change_proposals(
        &self,
        change: impl FnOnce(&mut Vec<Proposal>, &mut Arrivals) -> Result<bool>,
    ) -> Result<()> {
        let mut came = self.arrivals();
        let mut waiting = self.proposals()?;
        if !change(&mut waiting, &mut came)? {
            return Ok(());
        }
        let text = serde_json::to_vec(&waiting).map_err(|_| Error::of(Code::Internal))?;
        write_atomically(&self.proposals_path(), &text)
    }

    pub(crate) fn proposals_path(&self) -> PathBuf {
        self.home.root().join("proposed_mappings.json")
    }
}

/// Names exactly a mapping, with its place among others: that decides whose people are in two.
fn hash(mapping: &Mapping) -> Result<String> {
    let text = serde_json::to_vec(mapping).map_err(|_| Error::of(Code::Internal))?;
    Ok(Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Who is imported tells what somebody's values are: the cloud may ask that of listed attributes only.
fn only_listed(mapping: &Mapping, more: &[String]) -> Result<()> {
    let conditions = mapping.conditions.as_ref().map(Condition::to_filter).transpose()?;
    for (field, filter) in [("filter", &mapping.filter), ("conditions", &conditions)] {
        let Some(filter) = filter else { continue };
        let listed = |name: &&str| {
            let mut known = ATTRIBUTES.iter().copied().chain(more.iter().map(String::as_str));
            known.any(|known| usual(known) == usual(name))
        };
        let names = filter.attributes();
        let of_any = asks_of_any(filter).then_some(&"*");
        if let Some(other) = names.iter().find(|name| !listed(name)).or(of_any) {
            let text = format!("The cloud may not select people by the attribute \"{other}\".");
            return Err(Error::new(Code::NotCovered, text)
                .with_action(
                    "An administrator of the connector can add attributes: insync-connector settings set cloud_attributes=NAME,NAME.",
                )
                .at(field));
        }
    }
    Ok(())
}

/// Whether a part of the filter asks of whatever attribute there is (RFC 4511, 4.5.1.7.7).
fn asks_of_any(filter: &Filter) -> bool {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().any(asks_of_any),
        Filter::Not(inner) => asks_of_any(inner),
        Filter::Extensible(Extensible { attribute: None, .. }) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(filter: &str) -> Mapping {
        let text = json!({ "name": "M", "account": "corp", "base_dn": "DC=x", "filter": filter });
        serde_json::from_value(text).unwrap()
    }

    #[test]
    fn the_cloud_selects_by_listed_attributes_only() {
        let more = ["extensionAttribute1".to_owned()];
        for fine in [
            "(&(objectClass=user)(department=Sales))",
            "(2.5.4.11=x)",
            "(memberOf:1.2.840.113556.1.4.1941:=CN=g,DC=x)",
            "(extensionattribute1=a*)",
            "(sn;lang-de=x)",
        ] {
            only_listed(&with(fine), &more).unwrap();
        }
        for probe in [
            "(employeeNumber=1*)",
            "(&(objectClass=user)(!(homePhone=*)))",
            "(userPassword;binary=*)",
            "(name=x)",
            "(:caseExactMatch:=secret)",
            "(|(cn=a)(:dn:2.5.13.5:=x))",
            "(employeeNumber:2.5.13.2:=1)",
        ] {
            let error = only_listed(&with(probe), &more).unwrap_err();
            assert_eq!(
                (error.code, error.field.as_deref()),
                (Code::NotCovered, Some("filter")),
                "{probe}"
            );
        }
        let mut hidden = with("(cn=a)");
        hidden.conditions =
            serde_json::from_str(r#"[{"any":[{"not":{"attribute":"pager","op":"present"}}]}]"#)
                .unwrap();
        assert_eq!(only_listed(&hidden, &more).unwrap_err().field.as_deref(), Some("conditions"));
    }

    #[test]
    fn an_approval_is_for_exactly_one_mapping() {
        let (one, other) = (with("(cn=a)"), with("(cn=b)"));
        assert_ne!(hash(&one).unwrap(), hash(&other).unwrap());
        let first = Mapping { priority: Some(1), ..one.clone() };
        let third = Mapping { priority: Some(3), ..one.clone() };
        assert_ne!(hash(&first).unwrap(), hash(&third).unwrap(), "whose people are in two");
        assert_ne!(hash(&first).unwrap(), hash(&one).unwrap());
        assert_eq!(hash(&one).unwrap(), hash(&with("(cn=a)")).unwrap());
    }
}
