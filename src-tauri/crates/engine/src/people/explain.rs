//! What is known of a typed name: in which directory, covered by which mapping or why by none, what imports did, what the
//! cloud has, and how the last sign-ins ended.

use crate::blocking::blocking;
use crate::engine::Engine;
use crate::plan::content::user_name;
use crate::plan::reasons;
use crate::ports::Directory;
use crate::state::told::{
    Budget, Coverage, ExplainedPerson, Explanation, ImportOfPerson, InCloud, NotAsked, SignInRow,
    Standing,
};
use crate::store::Store;
use connector_model::settings::{Settings, same_name};
use connector_model::{
    ApprovalList, Change, Criterion, Dn, Enabled, Error, GuessLimit, Identity, Judgement, Mapping,
    Person, PlannedPerson, Reason, Result, UserName,
};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// Imports and sign-ins that are told of one person.
const LAST: u8 = 10;
/// Imports of one person that are looked through for the newest of their own mapping.
const LOOKED_AT: u32 = 100;

impl Engine {
    /// What is known of a typed name, of everybody whom it may mean. Nothing is sent and nobody signs in.
    pub fn explain<'a>(&'a self, typed: &'a UserName) -> BoxFuture<'a, Result<Explanation>> {
        Box::pin(async move {
            let (settings, _) = self.config();
            let mut told = Explanation {
                user: typed.to_string(),
                people: vec![],
                not_in: vec![],
                not_asked: vec![],
            };
            for account in &settings.accounts {
                let mappings: Vec<&Mapping> = settings
                    .mappings
                    .iter()
                    .filter(|m| same_name(&m.account, &account.name))
                    .collect();
                match self.in_account(&account.name, &mappings, typed).await {
                    Err(error) => {
                        told.not_asked.push(NotAsked { account: account.name.clone(), error });
                    }
                    Ok(found) if found.is_empty() => told.not_in.push(account.name.clone()),
                    Ok(found) => told.people.extend(found),
                }
            }
            self.add_former(&settings, typed, &mut told).await?;
            Ok(told)
        })
    }

    /// Everybody of that name whom the directory shows.
    async fn in_account(
        &self,
        account: &str,
        mappings: &[&Mapping],
        typed: &UserName,
    ) -> Result<Vec<ExplainedPerson>> {
        let (_, directory) = self.directory(Some(account))?;
        let mut explained = vec![];
        for person in of_name(&*directory, mappings, typed).await? {
            explained.push(self.explained(account, mappings, &directory, person).await?);
        }
        Ok(explained)
    }

    async fn explained(
        &self,
        account: &str,
        mappings: &[&Mapping],
        directory: &Arc<dyn Directory>,
        person: Person,
    ) -> Result<ExplainedPerson> {
        let mut coverage = vec![];
        for mapping in mappings {
            let judged = directory.judge(mapping, std::slice::from_ref(&person.identity)).await?;
            let judged = judged.into_iter().next().map(|(_, judgement)| judgement);
            coverage.push(of_mapping(mapping, &person, judged));
        }
        let mapping = coverage.iter().find(|one| one.covered).map(|one| one.mapping.clone());
        let covering = mappings.iter().find(|m| Some(&m.name) == mapping.as_ref());
        let unfit = covering.and_then(|mapping| unfit(mapping, &person));
        let uncovered = coverage.iter().find_map(|one| one.reason.clone());
        let policy = directory.lockout_policy(&person.dn).await.unwrap_or_default();
        let (settings, ports) = self.config();
        let limit = GuessLimit::new(&settings.sign_in, policy);
        let now_ms = ports.clock.now_ms();
        let remembered =
            self.remembered(&person.identity, mapping.as_deref(), limit, now_ms).await?;
        let mut told = ExplainedPerson {
            account: account.to_owned(),
            identity: person.identity,
            dn: person.dn,
            in_directory: true,
            name: person.display_name,
            email: person.email,
            standing: Standing::NotCovered,
            reason: uncovered,
            waits: remembered.waits(),
            refused: remembered.refused.clone(),
            mapping,
            mappings: coverage,
            cloud: None,
            imports: vec![],
            sign_ins: vec![],
            budget: remembered.budget,
        };
        // Whoever left every mapping, and waits to be deactivated for it, stands on that list.
        if told.mapping.is_some() || told.waits.is_some() {
            (told.standing, told.reason) = remembered.standing(unfit);
        }
        remembered.into_person(&mut told);
        Ok(told)
    }

    /// Whom the cloud has by that name, and no directory shows any more.
    async fn add_former(
        &self,
        settings: &Settings,
        typed: &UserName,
        told: &mut Explanation,
    ) -> Result<()> {
        let (store, name) = (self.shared.store.clone(), typed.to_string());
        let known = blocking(move || store.of_name(&name)).await?;
        for (account, identity, dn) in known {
            if told.people.iter().any(|one| one.identity == identity) {
                continue;
            }
            let limit = GuessLimit::new(&settings.sign_in, None);
            let now_ms = self.config().1.clock.now_ms();
            let remembered = self.remembered(&identity, None, limit, now_ms).await?;
            let (standing, reason) = remembered.standing(None);
            let mut person = ExplainedPerson {
                account,
                identity,
                dn,
                in_directory: false,
                name: None,
                email: None,
                standing,
                reason,
                waits: remembered.waits(),
                refused: remembered.refused.clone(),
                mapping: None,
                mappings: vec![],
                cloud: None,
                imports: vec![],
                sign_ins: vec![],
                budget: remembered.budget,
            };
            remembered.into_person(&mut person);
            told.people.push(person);
        }
        Ok(())
    }

    async fn remembered(
        &self,
        identity: &Identity,
        covering: Option<&str>,
        limit: GuessLimit,
        now_ms: i64,
    ) -> Result<Remembered> {
        let (store, identity) = (self.shared.store.clone(), identity.clone());
        let covering = covering.map(str::to_owned);
        self.flush_journal().await;
        blocking(move || Remembered::read(&store, &identity, covering, (limit, now_ms))).await
    }
}

/// What the store says of somebody.
struct Remembered {
    cloud: Option<InCloud>,
    refused: Option<Error>,
    imports: Vec<ImportOfPerson>,
    /// What the newest import of their mapping did to them; other mappings only say whose they are.
    last: Option<(String, PlannedPerson)>,
    sign_ins: Vec<SignInRow>,
    budget: Budget,
}

impl Remembered {
    /// `covering`: the mapping that covers them now; else theirs is the one that the cloud has them of.
    fn read(
        store: &Store,
        identity: &Identity,
        covering: Option<String>,
        (limit, now_ms): (GuessLimit, i64),
    ) -> Result<Self> {
        let window = i64::try_from(limit.window_seconds).unwrap_or(i64::MAX / 2000) * 1000;
        let (wrong, newest) = store.wrong_since(identity, now_ms - window)?;
        let full = wrong >= limit.attempts;
        let cloud = store.in_cloud(identity)?;
        let theirs = covering.or_else(|| cloud.as_ref().map(|cloud| cloud.mapping.clone()));
        let mut imports = store.imports_of(identity, LOOKED_AT)?;
        let is_theirs = |row: &&ImportOfPerson| {
            theirs.as_ref().is_none_or(|mapping| same_name(mapping, &row.mapping))
        };
        let last = match imports.iter().find(is_theirs) {
            Some(row) if store.is_newest(&row.mapping, row.run)? => {
                Some((row.mapping.clone(), row.person.planned.clone()))
            }
            _ => None,
        };
        imports.truncate(LAST.into());
        Ok(Self {
            cloud,
            refused: store.last_refusal(identity)?.map(|last| last.error),
            imports,
            last,
            sign_ins: store.sign_ins_of(identity, LAST.into())?,
            budget: Budget {
                wrong,
                allowed: limit.attempts,
                held_until_ms: newest.filter(|_| full).map(|newest| newest + window),
            },
        })
    }

    /// How somebody stands whom a mapping covers, or whom the cloud has; `unfit`: what the directory says now.
    fn standing(&self, unfit: Option<Reason>) -> (Standing, Option<Reason>) {
        let last = self.last.as_ref().map(|(_, last)| last);
        if self.refused.is_some() {
            return (Standing::Refused, last.map(|last| last.reason.clone()));
        }
        if let Some(waiting) =
            last.filter(|last| last.change == Change::Hold && last.needs.is_some())
        {
            return (Standing::Waiting, Some(waiting.reason.clone()));
        }
        let active = self.cloud.as_ref().map(|cloud| cloud.active);
        if let Some(reason) = unfit {
            return (Standing::Skipped, Some(reason));
        }
        match (active, last) {
            (_, Some(last)) if last.change == Change::Skip => {
                (Standing::Skipped, Some(last.reason.clone()))
            }
            (Some(true), last) => (Standing::Active, last.map(|last| last.reason.clone())),
            (Some(false), _) => {
                let row =
                    self.imports.iter().find(|row| row.person.planned.change == Change::Preserve);
                (Standing::Inactive, row.map(|row| row.person.planned.reason.clone()))
            }
            (None, last) => (Standing::NotYet, last.map(|last| last.reason.clone())),
        }
    }

    /// The list that the newest import of their mapping put them on, and that nobody has approved yet.
    fn waits(&self) -> Option<ApprovalList> {
        let (mapping, last) = self.last.as_ref()?;
        let needs = last.needs.as_ref().filter(|_| last.change == Change::Hold)?;
        Some(ApprovalList {
            mapping: mapping.clone(),
            kind: needs.kind,
            people: needs.people,
            hash: needs.list.clone(),
        })
    }

    fn into_person(self, told: &mut ExplainedPerson) {
        told.name = told.name.take().or_else(|| self.value("display_name"));
        told.email = told.email.take().or_else(|| self.value("email"));
        (told.cloud, told.imports, told.sign_ins) = (self.cloud, self.imports, self.sign_ins);
    }

    fn value(&self, key: &str) -> Option<String> {
        self.cloud.as_ref().and_then(|cloud| cloud.values.get(key).cloned())
    }
}

/// Everybody of that name below the bases of the account, covered or not.
async fn of_name(
    directory: &dyn Directory,
    mappings: &[&Mapping],
    typed: &UserName,
) -> Result<Vec<Person>> {
    let mut found: Vec<Person> = vec![];
    let mut add = |people: Vec<Person>| {
        for person in people {
            if !found.iter().any(|known| known.identity == person.identity) {
                found.push(person);
            }
        }
    };
    let mut bases: Vec<Dn> = vec![];
    for mapping in mappings {
        if !bases.iter().any(|base| base.key() == mapping.base_dn.key()) {
            bases.push(mapping.base_dn.clone());
        }
        let named = directory.find_in_mapping(mapping, typed).await?;
        add(named.into_iter().map(|one| one.person).collect());
    }
    for node in directory.bases().await? {
        if !bases.iter().any(|base| base.key() == node.dn.key()) {
            bases.push(node.dn);
        }
    }
    for base in bases {
        add(directory.find_anywhere(&base, typed).await?);
    }
    Ok(found)
}

fn of_mapping(mapping: &Mapping, person: &Person, judged: Option<Judgement>) -> Coverage {
    let reason = match judged {
        Some(Judgement::Meets) => None,
        Some(Judgement::Fails(criterion)) => Some(reasons::left(criterion, person, mapping)),
        Some(Judgement::Undecided(criterion)) => Some(Reason::Undecided { criterion }),
        // Not seen from there at all.
        None => Some(reasons::left(Criterion::Base, person, mapping)),
    };
    Coverage { mapping: mapping.name.clone(), covered: reason.is_none(), reason }
}

/// What keeps somebody out whom a mapping covers, as the directory shows them now.
fn unfit(mapping: &Mapping, person: &Person) -> Option<Reason> {
    match person.enabled {
        Enabled::No => return Some(Reason::Disabled),
        Enabled::Undecided => return Some(Reason::Undecided { criterion: Criterion::Enabled }),
        Enabled::Yes => {}
    }
    match (&person.email, &person.unusable_email) {
        (None, Some(value)) => return Some(Reason::UnusableEmail { value: value.clone() }),
        (None, None) => return Some(Reason::NoEmail),
        (Some(_), _) => {}
    }
    user_name(person, mapping.name_from)
        .is_none()
        .then_some(Reason::NoUserName { name_from: mapping.name_from })
}
