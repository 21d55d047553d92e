//! Two accounts may read the same directory. Whoever was read and belongs to a mapping of another account that comes first is
//! left to that one: without this, each import would take people from the other. The same where the first mapping is of this
//! account and cannot tell whether somebody still belongs to it.

use crate::blocking::blocking;
use crate::engine::Engine;
use crate::plan::absence::{Elsewhere, OtherMapping};
use crate::ports::Directory;
use crate::store::staging::area::Staging;
use connector_model::settings::{Settings, same_name};
use connector_model::{Mapping, Result};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// People looked up at once.
const CHUNK: usize = 100;

impl Engine {
    /// All mappings but this one, and how their directories are asked.
    pub(crate) fn other_mappings(
        &self,
        settings: &Settings,
        mapping: &Mapping,
    ) -> Vec<OtherMapping> {
        let directories = self.config().1.directories;
        let has_own_identifier = |account: &str| {
            let account = settings.accounts.iter().find(|a| same_name(&a.name, account));
            account.is_some_and(|account| account.attributes.has_own_identifier())
        };
        let by_place = has_own_identifier(&mapping.account);
        let mut accounts: HashMap<&str, Arc<Elsewhere>> = HashMap::new();
        let mut comes_first = true;
        let mut others = vec![];
        for other in &settings.mappings {
            if same_name(&other.name, &mapping.name) {
                comes_first = false;
                continue;
            }
            let elsewhere = || {
                let elsewhere = accounts.entry(&other.account).or_insert_with(|| {
                    Arc::new(Elsewhere {
                        directory: directories.open(&other.account).ok(),
                        by_place: by_place || has_own_identifier(&other.account),
                        silent: AtomicBool::new(false),
                    })
                });
                elsewhere.clone()
            };
            let elsewhere = (!same_name(&other.account, &mapping.account)).then(elsewhere);
            others.push(OtherMapping { mapping: other.clone(), comes_first, elsewhere });
        }
        others
    }
}

/// Leaves people to the mappings that come first and have them, as far as the cloud knows, and from which they are not seen to
/// have gone: of another account, or of this one where that cannot be told.
pub(super) async fn claim(
    own: &dyn Directory,
    others: &[OtherMapping],
    mut staging: Staging,
) -> Result<Staging> {
    for other in others.iter().filter(|other| other.comes_first) {
        let mut after = String::new();
        loop {
            let (name, from) = (other.mapping.name.clone(), after);
            let people;
            (staging, people) = blocking(move || {
                let people = staging.people_of(&name, &from, CHUNK)?;
                Ok((staging, people))
            })
            .await?;
            let Some((last, _)) = people.last() else { break };
            after = last.to_string();
            // A look-up that fails proves nothing: nobody is taken from the first mapping for it.
            let members = other.keeps(own, &people).await.unwrap_or_default();
            let theirs = people.into_iter().map(|(identity, _)| identity);
            let theirs: Vec<_> = theirs
                .filter(|identity| {
                    members.as_ref().is_none_or(|members| members.contains(identity))
                })
                .collect();
            let name = other.mapping.name.clone();
            staging = blocking(move || {
                staging.leave_to(&theirs, &name)?;
                Ok(staging)
            })
            .await?;
        }
    }
    Ok(staging)
}
