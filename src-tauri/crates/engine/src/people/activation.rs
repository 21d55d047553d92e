//! Mass deployment: whether a person exists, and under which mapping they may be created.

use crate::people::namesakes::{self, Meant};
use crate::people::sign_in;
use crate::plan::content::{Content, key, prefer_email, user_name};
use crate::ports::Directories;
use crate::store::Store;
use connector_model::{CloudPerson, Enabled, Identity, Mapping, Result, Settings, UserName};
use serde::Serialize;
use std::sync::Arc;

/// Answer to `people.find`.
#[derive(Debug, Clone)]
pub struct FindAnswer {
    /// How it ended.
    pub outcome: FindOutcome,
    /// Who it was about, also where they are refused; for the journal alone.
    pub identity: Option<Identity>,
    /// The person, when found.
    pub person: Option<CloudPerson>,
    /// The mapping that covers the person.
    pub mapping: Option<String>,
}

/// How a look-up for mass deployment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindOutcome {
    /// Exists, is enabled, has an e-mail address and is covered.
    Found,
    /// Nobody has that name.
    UserNotFound,
    /// Disabled in the directory.
    UserDisabled,
    /// Has no e-mail address or no user name.
    UserHasNoEmail,
    /// No mapping for mass deployment covers the person, as far as the directory says.
    NotInScope,
}

/// Looks the person up in all mappings; one that allows mass deployment must cover them.
pub(crate) async fn find(
    settings: &Settings,
    directories: &dyn Directories,
    store: &Store,
    user: &UserName,
) -> Result<FindAnswer> {
    let of = |outcome, identity| FindAnswer { outcome, identity, person: None, mapping: None };
    let only = |outcome| of(outcome, None);
    let allows = |mapping: &Mapping| mapping.mass_deployment;
    let meant = namesakes::meant(settings, directories, store, user, allows).await;
    let one = match meant.map_err(|(_, error)| error)? {
        Meant::One(one) if one.mapping.mass_deployment => one,
        Meant::One(one) | Meant::LeftOut(one) => {
            return Ok(of(FindOutcome::NotInScope, Some(one.person.identity)));
        }
        // Two people of one name: nobody is activated by chance.
        Meant::Several => return Ok(only(FindOutcome::UserNotFound)),
        Meant::Nobody => {
            let exists =
                sign_in::exists(settings, directories, user).await.map_err(|(_, error)| error)?;
            return Ok(only(if exists {
                FindOutcome::NotInScope
            } else {
                FindOutcome::UserNotFound
            }));
        }
    };
    let (person, mapping) = (&one.person, one.mapping);
    let outcome = if person.enabled == Enabled::No {
        FindOutcome::UserDisabled
    } else if person.enabled == Enabled::Undecided {
        // Nobody is created of whom the directory does not say that they are enabled.
        FindOutcome::NotInScope
    } else if person.email.is_none() || user_name(person, mapping.name_from).is_none() {
        FindOutcome::UserHasNoEmail
    } else {
        FindOutcome::Found
    };
    let mut person = person.clone();
    if let Some(known) = &one.known {
        prefer_email(&mut person, |email| key(email) == key(&known.email));
    }
    let identity = person.identity.clone();
    let content = Content::of(person, mapping.name_from);
    let shared = Arc::new(mapping.clone());
    Ok(FindAnswer {
        outcome,
        identity: Some(identity.clone()),
        person: (outcome == FindOutcome::Found).then(|| content.to_cloud(&identity, &shared)),
        mapping: Some(mapping.name.clone()),
    })
}
