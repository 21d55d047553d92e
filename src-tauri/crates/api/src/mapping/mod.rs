//! Mappings: written by an administrator, checked against the directory, kept in order of priority.

pub(crate) mod count;
pub(crate) mod import;
pub(crate) mod open_previews;
pub(crate) mod preview;
mod sign_in;

use crate::account::check_name;
use crate::host::Host;
use connector_directory::DirectoryClient;
use connector_model::document::{Document, What};
use connector_model::settings::same_name;
use connector_model::{Code, Dn, Error, Mapping, Result, ScopeRef};

impl Host {
    /// Reads a mapping file (TOML) and stores it; an existing mapping of that name is replaced in place.
    pub async fn apply_mapping(&self, toml_text: &str) -> Result<Mapping> {
        self.put_mapping(parse(toml_text)?).await
    }

    /// Checks a mapping against its directory and stores it.
    pub async fn put_mapping(&self, mapping: Mapping) -> Result<Mapping> {
        let mapping = self.checked(mapping).await?;
        let stored = mapping.clone();
        self.change("mapping applied", move |settings| {
            let at = settings.mappings.iter().position(|m| same_name(&m.name, &stored.name));
            let place = stored.priority.map(|p| (p.max(1) as usize) - 1);
            if let Some(at) = at {
                settings.mappings.remove(at);
            }
            let place =
                place.or(at).unwrap_or(settings.mappings.len()).min(settings.mappings.len());
            settings.mappings.insert(place, stored);
            number(&mut settings.mappings);
            Ok(())
        })
        .await?;
        self.mapping(&mapping.name)
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
        self.change("mapping removed", |settings| {
            let name = settings.mapping(name)?.name.clone();
            settings.mappings.retain(|m| m.name != name);
            number(&mut settings.mappings);
            Ok(())
        })
        .await
    }

    /// Moves a mapping to a position, counted from 1.
    pub async fn move_mapping(&self, name: &str, position: usize) -> Result<Vec<Mapping>> {
        self.change("mapping moved", |settings| {
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
        self.checked(parse(toml_text)?).await
    }

    async fn checked(&self, mut mapping: Mapping) -> Result<Mapping> {
        check_name(&mapping.name, "name")?;
        let settings = self.settings()?;
        let account = settings.account(&mapping.account)?;
        mapping.account.clone_from(&account.name);
        if let Some(conditions) = &mapping.conditions {
            conditions.to_filter().map_err(|e| e.at("conditions"))?;
        }
        let directory = self.directory(account).await?;
        if mapping.base_dn.is_root() {
            return Err(Error::of(Code::BaseNotFound).at("base_dn"));
        }
        let base = ScopeRef { identity: None, dn: Some(mapping.base_dn.clone()) };
        let base = directory.resolve(&base).await.map_err(|e| base_error(e, &mapping.base_dn))?;
        mapping.base_dn = base.dn;
        mapping.units = looked_up(&directory, &mapping.units, "units").await?;
        if let Some(unit) = mapping
            .units
            .iter()
            .filter_map(|u| u.dn.as_ref())
            .find(|dn| !dn.is_under(&mapping.base_dn))
        {
            return Err(Error::new(
                Code::InvalidMapping,
                format!("{unit} is not below the base DN."),
            )
            .at("units"));
        }
        mapping.groups = looked_up(&directory, &mapping.groups, "groups").await?;
        Ok(mapping)
    }
}

async fn looked_up(
    directory: &DirectoryClient,
    list: &[ScopeRef],
    field: &str,
) -> Result<Vec<ScopeRef>> {
    let mut found = vec![];
    for scope in list {
        let node = directory.resolve(scope).await.map_err(|e| e.at(field))?;
        found.push(ScopeRef { identity: node.identity, dn: Some(node.dn) });
    }
    Ok(found)
}

fn base_error(error: Error, base: &Dn) -> Error {
    match error.code {
        Code::ScopeMissing => {
            Error::new(Code::BaseNotFound, format!("The base DN {base} does not exist."))
                .at("base_dn")
        }
        _ => error,
    }
}

fn parse(text: &str) -> Result<Mapping> {
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
