//! What the engine asks of the directory.

use super::{FaultyDirectory, container, far_url};
use async_trait::async_trait;
use connector_engine::ports::Directory;
use connector_model::{
    BindVerdict, BrowseQuery, Changes, Code, Dn, Error, Finding, FoundPerson, Identity, Judgement,
    Mapping, Named, Namesake, Node, Occupant, PeopleSearch, Person, ReadSummary, Result, Secret,
    UserName, Watermark,
};
use tokio::sync::mpsc;

#[async_trait]
impl Directory for FaultyDirectory {
    async fn bases(&self) -> Result<Vec<Node>> {
        Ok(vec![])
    }
    async fn units(&self, _: &BrowseQuery) -> Result<Vec<Node>> {
        Ok(vec![])
    }
    async fn groups(&self, _: &BrowseQuery) -> Result<Vec<Node>> {
        Ok(vec![])
    }
    async fn search_people(&self, _: &PeopleSearch) -> Result<Vec<FoundPerson>> {
        Ok(vec![])
    }
    async fn read_people(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<Person>>,
    ) -> Result<ReadSummary> {
        self.call().await?;
        let mut people =
            self.look_up(|state, person| state.judgement(mapping, person) == Judgement::Meets);
        let (faults, watermark, elsewhere) = {
            let state = self.state.lock().unwrap();
            (state.faults.clone(), state.watermark(), state.references())
        };
        let cut = faults.cut_after.filter(|cut| *cut < people.len());
        people.truncate(cut.unwrap_or(usize::MAX));
        let read = people.len() as u64;
        for page in people.chunks(5) {
            self.call().await?;
            pages.send(page.to_vec()).await.map_err(|_| Error::of(Code::Cancelled))?;
            if faults.read_fails {
                return Err(Error::of(Code::ConnectionLost));
            }
        }
        let incomplete = cut.map(|_| Error::of(Code::IncompleteRead));
        Ok(ReadSummary { read, incomplete, elsewhere, watermark })
    }
    async fn find_in_mapping(&self, mapping: &Mapping, user: &UserName) -> Result<Vec<Namesake>> {
        self.call().await?;
        let name = user.to_string().to_lowercase();
        let is = |known: &String| known.to_lowercase() == name;
        let found = self.look_up(|state, person| {
            let named = person.upn.iter().chain(person.emails()).any(is);
            named && state.judgement(mapping, person) == Judgement::Meets
        });
        let named = |person: Person| {
            let by_user_name = person.upn.as_ref().is_some_and(is);
            let named = if by_user_name { Named::ByUserName } else { Named::ByEmail };
            Namesake { person, named }
        };
        Ok(found.into_iter().map(named).collect())
    }
    async fn find_anywhere(&self, _: &Dn, _: &UserName) -> Result<Vec<Person>> {
        Ok(vec![])
    }
    async fn mark(&self, _: &Mapping) -> Result<Watermark> {
        Ok(self.state.lock().unwrap().watermark())
    }
    async fn follow(&self, _: &Mapping, _: Watermark, _: mpsc::Sender<Changes>) -> Result<()> {
        std::future::pending().await
    }
    async fn judge(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<(Person, Judgement)>> {
        self.call().await?;
        let state = self.state.lock().unwrap();
        if state.faults.proof_fails {
            return Err(Error::of(Code::Timeout));
        }
        let mut shown = state.shown();
        let seen = identities.iter().filter_map(|identity| shown.remove(identity.as_str()));
        let judged = |person: Person| {
            let judgement = state.judgement(mapping, &person);
            (person, judgement)
        };
        Ok(seen.map(judged).collect())
    }
    async fn who_is_at(&self, dn: &Dn) -> Result<Occupant> {
        self.call().await?;
        let state = self.state.lock().unwrap();
        let place = container(dn);
        if state.far.contains(&place) {
            return Ok(Occupant::OnOtherServer(far_url(&place)));
        }
        let there = state
            .held()
            .into_iter()
            .find(|(_, person)| person.dn.as_str().eq_ignore_ascii_case(dn.as_str()));
        Ok(match there {
            None => Occupant::Nobody,
            Some((id, _)) if state.faults.nameless.contains(&id) => Occupant::Unknown,
            Some((_, person)) => Occupant::Known(person.identity),
        })
    }
    async fn find_in_scope(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<Person>> {
        self.call().await?;
        Ok(self.look_up(|state, person| {
            identities.contains(&person.identity)
                && state.judgement(mapping, person) == Judgement::Meets
        }))
    }
    async fn tombstones(&self, identities: &[Identity]) -> Result<Vec<Identity>> {
        self.call().await?;
        let state = self.state.lock().unwrap();
        if !state.tombstones {
            return Ok(vec![]);
        }
        // The second server has not heard of what is not there yet.
        let gone = |identity: &&Identity| {
            let id = identity.as_str();
            !(state.people.contains_key(id) || state.is_old() && state.before.contains_key(id))
        };
        Ok(identities.iter().filter(gone).cloned().collect())
    }
    async fn has_people(&self, place: &Dn) -> Result<bool> {
        self.call().await?;
        Ok(!self
            .look_up(|_, person| container(&person.dn) == place.as_str().to_lowercase())
            .is_empty())
    }
    async fn odd_groups(&self, _: &Mapping) -> Result<Vec<Finding>> {
        Ok(vec![])
    }
    async fn verify_password(&self, _: &Dn, _: &Secret) -> Result<BindVerdict> {
        Err(Error::of(Code::DirectoryUnavailable))
    }
}
