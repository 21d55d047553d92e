//! Looks whether a mapping can be used: by itself, and beside what its directory has.

use super::size;
use crate::account::check_name;
use crate::host::Host;
use connector_directory::DirectoryClient;
use connector_model::{Account, Code, Dn, Error, Mapping, Result, ScopeRef};
use serde::{Deserialize, Serialize};

/// A mapping as it is stored, and whether its directory could be asked about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CheckedMapping {
    /// With the identities of what it names.
    #[serde(flatten)]
    pub mapping: Mapping,
    /// Why base DN, organizational units and groups were not looked up: the directory could not be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub unchecked: Option<Error>,
}

impl Host {
    /// Fails on what is wrong with the mapping, at its field. A directory that cannot be reached makes nothing wrong:
    /// imports look again.
    pub(crate) async fn checked(&self, mut mapping: Mapping) -> Result<CheckedMapping> {
        check_name(&mapping.name, "name")?;
        size::check(&mapping)?;
        let settings = self.settings()?;
        let account = settings.account(&mapping.account)?;
        mapping.account.clone_from(&account.name);
        if let Some(conditions) = &mapping.conditions {
            conditions.to_filter().map_err(|e| e.at("conditions"))?;
        }
        if mapping.base_dn.is_root() {
            return Err(Error::of(Code::BaseNotFound).at("base_dn"));
        }
        let unchecked = match self.look_up(account, &mut mapping).await {
            // Whom a name means is told by the directory alone.
            Err(error) if is_out_of_reach(error.code) && !names_somebody(&mapping) => Some(error),
            outcome => {
                outcome?;
                None
            }
        };
        below_the_base(&mapping)?;
        Ok(CheckedMapping { mapping, unchecked })
    }

    /// Looks up what the mapping names, and notes the identities.
    async fn look_up(&self, account: &Account, mapping: &mut Mapping) -> Result<()> {
        let directory = self.directory(account).await?;
        let base = ScopeRef { identity: None, dn: Some(mapping.base_dn.clone()) };
        let base = directory.chosen_container(&base).await;
        mapping.base_dn = base.map_err(|e| base_error(e, &mapping.base_dn))?.dn;
        mapping.units = units(&directory, &mapping.units, "units").await?;
        mapping.groups = groups(&directory, &mapping.groups, "groups").await?;
        mapping.exclude_units = units(&directory, &mapping.exclude_units, "exclude_units").await?;
        mapping.exclude_groups =
            groups(&directory, &mapping.exclude_groups, "exclude_groups").await?;
        let base = &mapping.base_dn;
        mapping.include_people =
            people(&directory, base, &mapping.include_people, "include_people").await?;
        mapping.exclude_people =
            people(&directory, base, &mapping.exclude_people, "exclude_people").await?;
        decided(&directory, mapping).await
    }
}

/// Whether people are named who were not looked up yet.
fn names_somebody(mapping: &Mapping) -> bool {
    let mut people = mapping.include_people.iter().chain(&mapping.exclude_people);
    people.any(|person| person.identity.is_none() || person.dn.is_none())
}

/// Refuses filter and conditions that the directory can decide for nobody.
async fn decided(directory: &DirectoryClient, mapping: &Mapping) -> Result<()> {
    let base = &mapping.base_dn;
    if let Some(filter) = &mapping.filter {
        directory.check_filter(base, filter).await.map_err(|e| e.at("filter"))?;
    }
    if let Some(conditions) = &mapping.conditions {
        let filter = conditions.to_filter()?;
        directory.check_filter(base, &filter).await.map_err(|e| e.at("conditions"))?;
    }
    Ok(())
}

async fn units(
    directory: &DirectoryClient,
    chosen: &[ScopeRef],
    field: &str,
) -> Result<Vec<ScopeRef>> {
    let mut found = vec![];
    for unit in chosen {
        let node = directory.chosen_container(unit).await.map_err(|e| e.at(field))?;
        found.push(ScopeRef { identity: node.identity, dn: Some(node.dn) });
    }
    Ok(found)
}

async fn groups(
    directory: &DirectoryClient,
    chosen: &[ScopeRef],
    field: &str,
) -> Result<Vec<ScopeRef>> {
    let mut found = vec![];
    for group in chosen {
        let node = directory.chosen_group(group).await.map_err(|e| e.at(field))?;
        found.push(ScopeRef { identity: node.identity, dn: Some(node.dn) });
    }
    Ok(found)
}

/// People who were looked up before may be gone by now: their identity says whom the mapping means all the same.
async fn people(
    directory: &DirectoryClient,
    base: &Dn,
    chosen: &[ScopeRef],
    field: &str,
) -> Result<Vec<ScopeRef>> {
    let mut found = vec![];
    for person in chosen {
        let known = person.identity.is_some() && person.dn.is_some();
        found.push(match directory.chosen_person(base, person).await {
            Err(error) if error.code == Code::ScopeMissing && known => person.clone(),
            outcome => outcome.map_err(|e| e.at(field))?,
        });
    }
    Ok(found)
}

/// Refuses what cannot be meant: a place outside the base, and somebody who is both added and left out.
fn below_the_base(mapping: &Mapping) -> Result<()> {
    let lists = [
        (&mapping.units, "units"),
        (&mapping.exclude_units, "exclude_units"),
        (&mapping.include_people, "include_people"),
    ];
    for (list, field) in lists {
        let mut dns = list.iter().filter_map(|one| one.dn.as_ref());
        if let Some(outside) = dns.find(|dn| !dn.is_under(&mapping.base_dn)) {
            let text = format!("{outside} is not below the base DN.");
            return Err(Error::new(Code::InvalidMapping, text).at(field));
        }
    }
    let out = |one: &&ScopeRef| mapping.exclude_people.contains(one);
    if let Some(both) = mapping.include_people.iter().find(out) {
        let name = both.dn.as_ref().map(ToString::to_string).unwrap_or_default();
        let text = format!("{name} is both added and left out.");
        return Err(Error::new(Code::InvalidMapping, text).at("include_people"));
    }
    Ok(())
}

fn base_error(error: Error, base: &Dn) -> Error {
    match error.code {
        Code::ScopeMissing => {
            Error::new(Code::BaseNotFound, format!("The base DN {base} does not exist."))
                .at("base_dn")
        }
        Code::WrongScope | Code::NoReadRights => error.at("base_dn"),
        _ => error,
    }
}

/// Whether no server of the account answered, or none lets the bind account in: that says nothing of a mapping.
fn is_out_of_reach(code: Code) -> bool {
    let not_let_in = [
        Code::WrongCredentials,
        Code::CredentialsExpired,
        Code::AccountLocked,
        Code::SecretMissing,
        Code::KeychainUnavailable,
        Code::KeychainLocked,
    ];
    code.passes_by_itself() || code.is_about_tls() || not_let_in.contains(&code)
}
