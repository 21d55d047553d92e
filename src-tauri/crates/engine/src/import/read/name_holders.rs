//! People of other mappings who have a name or an address in the cloud that somebody wants, and who give it up themselves:
//! the import of their own mapping is still to come. Without this look, two who exchange names over two mappings would wait
//! for each other for ever.

use crate::blocking::blocking;
use crate::plan::absence::OtherMapping;
use crate::plan::content::{key, user_name};
use crate::ports::Directory;
use crate::store::staging::area::Staging;
use crate::store::staging::new_names::NewNames;
use connector_model::{Enabled, Identity, Judgement, Mapping, Person, Result};

/// People looked up at once.
const CHUNK: usize = 100;
/// How often whoever has a name is looked up, and then whoever has the name that those are to have.
const ROUNDS: usize = 8;

/// Marks whose name somebody else has, after a look at what those of other mappings are to have.
pub(crate) async fn mark(
    directory: &dyn Directory,
    others: &[OtherMapping],
    mut staging: Staging,
) -> Result<Staging> {
    let rounds = if others.is_empty() { 0 } else { ROUNDS };
    // Whoever has the name that one of them is to have may give it up too.
    for round in 0..rounds {
        let held;
        (staging, held) = blocking(move || {
            let held = staging.names_held_elsewhere(round > 0)?;
            Ok((staging, held))
        })
        .await?;
        if held.is_empty() {
            break;
        }
        let new = look_up(directory, others, &held).await;
        staging = blocking(move || {
            staging.note_new_names(&held, &new)?;
            Ok(staging)
        })
        .await?;
    }
    blocking(move || {
        staging.find_kept_names()?;
        staging.mark_duplicates()?;
        Ok(staging)
    })
    .await
}

/// What they are to have. Who cannot be looked up keeps what they have.
async fn look_up(
    directory: &dyn Directory,
    others: &[OtherMapping],
    held: &[Identity],
) -> Vec<NewNames> {
    let mut new = vec![];
    for other in others {
        for chunk in held.chunks(CHUNK) {
            let seen = other.judge(directory, chunk).await.ok().flatten().unwrap_or_default();
            let names = |(person, judged)| names(&other.mapping, &person, judged);
            new.extend(seen.into_iter().filter_map(names));
        }
    }
    new
}

/// The names of somebody whom the other mapping is going to update.
fn names(mapping: &Mapping, person: &Person, judged: Judgement) -> Option<NewNames> {
    let updated = judged == Judgement::Meets && person.enabled == Enabled::Yes;
    let name =
        user_name(person, mapping.name_from).filter(|_| updated && person.email.is_some())?;
    Some(NewNames {
        identity: person.identity.clone(),
        user_key: key(name),
        email_keys: person.emails().map(|email| key(email)).collect(),
    })
}
