//! Mappings: written by an administrator, checked against the directory, kept in order of priority.

pub(crate) mod arrivals;
pub(crate) mod chosen;
pub(crate) mod count;
pub(crate) mod import;
pub(crate) mod open_previews;
pub(crate) mod preview;
pub(crate) mod proposals;
mod sign_in_trial;
pub(crate) mod size;

use crate::host::Host;
use chosen::CheckedMapping;
use connector_model::document::{Document, What};
use connector_model::settings::same_name;
use connector_model::{Code, Error, Mapping, Result, SettingsChange};
use serde_json::json;

/// Most mappings: a summary of each fits into one message of the session with the cloud.
const MOST: usize = 1_000;

impl Host {
    /// Reads a mapping file (TOML) and stores it; an existing mapping of that name is replaced in place.
    pub async fn apply_mapping(&self, toml_text: &str) -> Result<CheckedMapping> {
        self.put_mapping(parse(toml_text)?, false).await
    }

    /// Checks a mapping against its directory and stores it; where the directory cannot be reached, without that. A `fresh`
    /// one is refused where another has its name.
    pub async fn put_mapping(&self, mapping: Mapping, fresh: bool) -> Result<CheckedMapping> {
        let CheckedMapping { mut mapping, unchecked } = self.checked(mapping).await?;
        // One that is changed keeps the spelling by which its people are known.
        if !fresh && let Ok(known) = self.mapping(&mapping.name) {
            mapping.name = known.name;
        }
        let stored = mapping.clone();
        let detail = json!({ "mapping": mapping });
        self.change_noting(SettingsChange::MappingApplied, detail, move |settings| {
            let at = settings.mappings.iter().position(|m| same_name(&m.name, &stored.name));
            if fresh && at.is_some() {
                let text = format!("There is a mapping named \"{}\" already.", stored.name);
                return Err(Error::new(Code::AlreadyExists, text).at("name"));
            }
            let place = stored.priority.map(|p| (p.max(1) as usize) - 1);
            if let Some(at) = at {
                settings.mappings.remove(at);
            }
            let place =
                place.or(at).unwrap_or(settings.mappings.len()).min(settings.mappings.len());
            if settings.mappings.len() >= MOST {
                let text = format!("There are {MOST} mappings already.");
                return Err(Error::new(Code::InvalidMapping, text).at("name"));
            }
            settings.mappings.insert(place, stored);
            number(&mut settings.mappings);
            Ok(())
        })
        .await?;
        Ok(CheckedMapping { mapping: self.mapping(&mapping.name)?, unchecked })
    }

    /// All mappings in order of priority.
    pub fn mappings(&self) -> Result<Vec<Mapping>> {
        Ok(self.settings()?.mappings)
    }

    /// One mapping.
    pub fn mapping(&self, name: &str) -> Result<Mapping> {
        self.settings()?.mapping(name).cloned()
    }

    /// Removes a mapping. Its people stay in the cloud as they are.
    pub async fn remove_mapping(&self, name: &str) -> Result<()> {
        self.change(SettingsChange::MappingRemoved, |settings| {
            let name = settings.mapping(name)?.name.clone();
            settings.mappings.retain(|m| m.name != name);
            number(&mut settings.mappings);
            Ok(())
        })
        .await
    }

    /// Moves a mapping to a position, counted from 1.
    pub async fn move_mapping(&self, name: &str, position: usize) -> Result<Vec<Mapping>> {
        self.change(SettingsChange::MappingMoved, |settings| {
            let name = settings.mapping(name)?.name.clone();
            if position == 0 || position > settings.mappings.len() {
                let text = format!(
                    "Position {position} does not exist; the number of mappings is {}.",
                    settings.mappings.len()
                );
                return Err(Error::new(Code::InvalidInput, text).at("to"));
            }
            if let Some(at) = settings.mappings.iter().position(|m| m.name == name) {
                let mapping = settings.mappings.remove(at);
                settings.mappings.insert(position - 1, mapping);
            }
            number(&mut settings.mappings);
            Ok(settings.mappings.clone())
        })
        .await
    }

    /// All mappings as TOML text that `apply` takes one by one.
    pub fn mappings_text(&self) -> Result<String> {
        let mut text = String::new();
        for mapping in self.mappings()? {
            let one = toml::to_string_pretty(&mapping).map_err(|_| Error::of(Code::Internal))?;
            text.push_str(&format!("# {}\n{one}\n", mapping.name));
        }
        Ok(text)
    }

    /// A mapping file read and checked against its directory, not stored.
    pub async fn check_mapping(&self, toml_text: &str) -> Result<Mapping> {
        Ok(self.checked(parse(toml_text)?).await?.mapping)
    }
}

pub(crate) fn parse(text: &str) -> Result<Mapping> {
    Document::read(text).map_err(|mistake| {
        let unusable = matches!(mistake.what, What::Unusable(_));
        let code = match mistake.key() {
            Some("filter") if unusable => Code::InvalidFilter,
            _ => Code::InvalidMapping,
        };
        let error = Error::new(code, format!("The mapping file has an error: {mistake}."));
        match mistake.field() {
            Some(field) => error.at(field),
            None => error,
        }
    })
}

fn number(mappings: &mut [Mapping]) {
    for (place, mapping) in mappings.iter_mut().enumerate() {
        mapping.priority = u32::try_from(place + 1).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::opened;

    #[tokio::test]
    async fn a_new_mapping_takes_nobodys_place_and_a_changed_one_keeps_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let host = opened(folder.path()).await;
        let account = r#"{"name":"corp","servers":["127.0.0.1:1"],"bind_name":"b"}"#;
        let account = serde_json::from_str(account).unwrap();
        host.stage(|settings| {
            settings.accounts.push(account);
            Ok(())
        })
        .unwrap();
        let named = |name: &str| -> Mapping {
            let text = json!({ "name": name, "account": "corp", "base_dn": "DC=x" });
            serde_json::from_value(text).unwrap()
        };
        host.put_mapping(named("Sales"), true).await.unwrap();
        for name in ["Sales", "SALES"] {
            let refused = host.put_mapping(named(name), true).await.unwrap_err();
            assert_eq!(
                (refused.code, refused.field.as_deref()),
                (Code::AlreadyExists, Some("name"))
            );
        }
        let changed = Mapping { department: vec!["Sales".into()], ..named("sales") };
        let stored = host.put_mapping(changed, false).await.unwrap().mapping;
        assert_eq!((stored.name.as_str(), stored.department.len()), ("Sales", 1));
        assert_eq!(host.mappings().unwrap(), [stored]);
        host.close().await;
    }
}
