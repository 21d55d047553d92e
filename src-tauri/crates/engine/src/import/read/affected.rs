//! Reads only those whom a change affects, and plans as if everybody had been read.

use super::{Prepared, Reading};
use crate::blocking::blocking;
use crate::plan::content::{Content, key, user_name};
use crate::store::staging::area::Staging;
use connector_model::{Code, Error, History, Identity, Person, Result, UserName, Watermark};
use std::collections::{HashMap, HashSet};

/// People looked up at once.
const CHUNK: usize = 100;
/// How often whoever has a name is looked up, and then whoever has the name of those.
const ROUNDS: usize = 8;

impl Reading<'_> {
    /// Reads these people and plans for them; nobody else is looked at, except those who may now have a name that one
    /// of them gave up. `changes_unknown` where a server answers that does not stand where the changes were followed
    /// from: it need not know of them.
    pub async fn affected(&self, identities: &[Identity], since: &Watermark) -> Result<Prepared> {
        if !self.is_at(since).await? {
            return Err(Error::of(Code::ChangesUnknown));
        }
        let mut staging = Staging::create(self.store, self.mapping)?;
        let mut found = HashMap::new();
        staging = self.stage(staging, identities, &mut found).await?;
        let claimants = self.name_claimants(identities, &found).await?;
        staging = self.stage(staging, &claimants, &mut found).await?;
        // Whose name somebody has now may be gone, or have another one by now.
        for _ in 0..ROUNDS {
            let holders;
            (staging, holders) = blocking(move || {
                let holders = staging.holders()?;
                Ok((staging, holders))
            })
            .await?;
            if holders.is_empty() {
                break;
            }
            staging = self.stage(staging, &holders, &mut found).await?;
        }
        self.finish_read(staging, since, History::GoesOn, None).await
    }

    /// Reads people of these identities who are inside the mapping, and whose of them belong to an earlier one.
    async fn stage(
        &self,
        mut staging: Staging,
        identities: &[Identity],
        found: &mut HashMap<Identity, [i64; 2]>,
    ) -> Result<Staging> {
        for chunk in identities.chunks(CHUNK) {
            let mut claims = vec![];
            for other in &self.earlier {
                claims
                    .push((other.name.clone(), self.directory.find_in_scope(other, chunk).await?));
            }
            let people = self.directory.find_in_scope(self.mapping, chunk).await?;
            found.extend(people.iter().map(|person| (person.identity.clone(), self.keys(person))));
            let chunk = chunk.to_vec();
            staging = blocking(move || {
                staging.only(&chunk)?;
                for (name, people) in claims {
                    staging.claim(&people, &name)?;
                }
                staging.add(people)?;
                Ok(staging)
            })
            .await?;
        }
        Ok(staging)
    }

    fn keys(&self, person: &Person) -> [i64; 2] {
        let name = user_name(person, self.mapping.name_from).unwrap_or_default();
        [key(name), key(person.email.as_deref().unwrap_or_default())]
    }

    /// Others in the mapping whose user name or e-mail address was taken by one of these people and no longer is.
    async fn name_claimants(
        &self,
        identities: &[Identity],
        found: &HashMap<Identity, [i64; 2]>,
    ) -> Result<Vec<Identity>> {
        let (store, affected) = (self.store.clone(), identities.to_vec());
        let known = blocking(move || store.active_of(&affected)).await?;
        let affected: HashSet<&Identity> = identities.iter().collect();
        let mut claimants = vec![];
        for person in known {
            let Content { user_name, email, .. } = &person.content;
            let now = found.get(&person.identity);
            for (at, given_up) in [user_name, email].into_iter().enumerate() {
                if now.is_some_and(|now| now[at] == key(given_up)) {
                    continue;
                }
                let Ok(name) = given_up.parse::<UserName>() else { continue };
                let named = self.directory.find_in_mapping(self.mapping, &name).await?;
                let others = named.into_iter().map(|one| one.person.identity);
                claimants.extend(others.filter(|identity| !affected.contains(identity)));
            }
        }
        claimants.sort_unstable();
        claimants.dedup();
        Ok(claimants)
    }
}
