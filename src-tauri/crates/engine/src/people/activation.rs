//! Mass deployment: whether a person exists, and under which mapping they may be created.

use crate::people::sign_in;
use crate::plan::content::{Content, user_name};
use crate::ports::Directories;
use connector_model::{CloudPerson, Result, Settings, UserName};
use serde::Serialize;
use std::sync::Arc;

/// Answer to `people.find`.
#[derive(Debug, Clone)]
pub struct FindAnswer {
    /// How it ended.
    pub outcome: FindOutcome,
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
    /// No mapping for mass deployment covers the person.
    NotInScope,
}

/// Looks the person up in the mappings that allow mass deployment, in order.
pub(crate) async fn find(
    settings: &Settings,
    directories: &dyn Directories,
    user: &UserName,
) -> Result<FindAnswer> {
    let only = |outcome| FindAnswer { outcome, person: None, mapping: None };
    let hit = sign_in::first_match(settings, directories, user, |mapping| mapping.mass_deployment)
        .await?;
    let Some((mapping, people, _)) = hit else {
        let exists =
            sign_in::exists(settings, directories, user).await.map_err(|(_, error)| error)?;
        return Ok(only(if exists { FindOutcome::NotInScope } else { FindOutcome::UserNotFound }));
    };
    let [person] = people.as_slice() else {
        // Two people of one name: nobody is activated by chance.
        return Ok(only(FindOutcome::UserNotFound));
    };
    let outcome = if person.disabled {
        FindOutcome::UserDisabled
    } else if person.email.is_none() || user_name(person, mapping.name_from).is_none() {
        FindOutcome::UserHasNoEmail
    } else {
        FindOutcome::Found
    };
    let content = Content::of(person.clone(), mapping.name_from);
    let shared = Arc::new(mapping.clone());
    Ok(FindAnswer {
        outcome,
        person: (outcome == FindOutcome::Found)
            .then(|| content.to_cloud(&person.identity, &shared)),
        mapping: Some(mapping.name.clone()),
    })
}
