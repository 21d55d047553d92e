//! Who of some people belongs to a mapping, criterion by criterion. Only the server's own word counts: it names somebody for
//! a criterion, or against it; for whom it does neither, that criterion is undecided (RFC 4511, 4.5.1.7).

pub(crate) mod left_out;

use crate::context::DirectoryContext;
use crate::people::enabled;
use crate::people::named::{self, by_identities};
use crate::people::person_entry;
use crate::people::shown::Shown;
use crate::scope::compile::{self, Chosen};
use crate::scope::{criteria, group_proof, membership};
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::Attribute;
use connector_model::{
    Criterion, Dn, Enabled, Filter, Identity, Judgement, Mapping, Person, Result,
};
use std::collections::{HashMap, HashSet};

/// Those of these identities (at most 100) who can be seen anywhere, each with what is known.
pub(crate) async fn judge(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    identities: &[Identity],
) -> Result<Vec<(Person, Judgement)>> {
    let mut bases = context.root.bases.clone();
    if !bases.iter().any(|base| mapping.base_dn.is_under(base)) {
        bases.push(mapping.base_dn.clone());
    }
    let entries = named::identities(context, &bases, identities).await?;
    let people = named::people_of(context, &entries)?;
    let judged = people.into_iter().map(|person| (person, Judgement::Meets)).collect();
    let mut court = Court {
        context,
        bases,
        entries,
        judged,
        shown: Shown::default(),
        included: HashSet::new(),
    };
    if !court.judged.is_empty() {
        court.hear(mapping).await?;
    }
    Ok(court.judged)
}

struct Court<'a> {
    context: &'a DirectoryContext<'a>,
    /// Where people are looked for.
    bases: Vec<Dn>,
    entries: Vec<Entry>,
    /// Who they are, in the same order, and what is known so far.
    judged: Vec<(Person, Judgement)>,
    shown: Shown,
    /// Who needs none of the criteria that are heard now.
    included: HashSet<Identity>,
}

impl Court<'_> {
    async fn hear(&mut self, mapping: &Mapping) -> Result<()> {
        let context = self.context;
        self.filter(Criterion::Person, &context.names.person_filter(), true).await?;
        self.place(Criterion::Base, std::slice::from_ref(&mapping.base_dn), true);
        self.exclude(&compile::excluded(context, mapping).await?).await?;
        self.included = compile::included(context, mapping).await?;
        if !mapping.units.is_empty() {
            let Chosen { there, missing } = compile::chosen(context, &mapping.units).await?;
            self.place(Criterion::Units, &there, missing.is_none());
        }
        if !mapping.groups.is_empty() {
            let Chosen { there, missing } = compile::chosen(context, &mapping.groups).await?;
            self.groups(mapping, &there, missing.is_none()).await?;
        }
        let schema = context.schema().await;
        for (criterion, filter) in criteria::of(mapping, schema.as_deref())? {
            self.filter(criterion, &filter, true).await?;
        }
        self.included.clear();
        self.enabled().await
    }

    /// Whom no criterion was seen to fail for.
    fn open(&self) -> Vec<Identity> {
        let open = self.judged.iter().filter(|(_, j)| !matches!(j, Judgement::Fails(_)));
        open.map(|(person, _)| person.identity.clone()).collect()
    }

    /// Notes what a criterion says of those who are open and not among `met`.
    fn note(&mut self, criterion: Criterion, met: &HashSet<Identity>, failed: &HashSet<Identity>) {
        for (person, judgement) in &mut self.judged {
            if matches!(judgement, Judgement::Fails(_)) || met.contains(&person.identity) {
                continue;
            }
            if self.included.contains(&person.identity) {
                continue;
            }
            if failed.contains(&person.identity) {
                *judgement = Judgement::Fails(criterion);
            } else if *judgement == Judgement::Meets {
                *judgement = Judgement::Undecided(criterion);
            }
        }
    }

    /// `sure`: whoever does not meet it has failed.
    fn place(&mut self, criterion: Criterion, tops: &[Dn], sure: bool) {
        let (met, failed) = self.inside(tops, sure);
        self.note(criterion, &met, &failed);
    }

    /// Who is below one of these, and who is surely not.
    fn inside(&self, tops: &[Dn], sure: bool) -> (HashSet<Identity>, HashSet<Identity>) {
        let (mut met, mut failed) = (HashSet::new(), HashSet::new());
        for (person, _) in &self.judged {
            if tops.iter().any(|top| person.dn.is_under(top)) {
                met.insert(person.identity.clone());
            } else if sure && person.dn.rdns().is_ok() && tops.iter().all(|top| top.rdns().is_ok())
            {
                failed.insert(person.identity.clone());
            }
        }
        (met, failed)
    }

    async fn filter(&mut self, criterion: Criterion, filter: &Filter, sure: bool) -> Result<()> {
        let open = self.open();
        let met = self.those(&open, filter).await?;
        let rest: Vec<Identity> = open.into_iter().filter(|i| !met.contains(i)).collect();
        let failed = if sure { self.seen_to_fail(rest, filter).await? } else { HashSet::new() };
        self.note(criterion, &met, &failed);
        Ok(())
    }

    async fn groups(&mut self, mapping: &Mapping, groups: &[Dn], sure: bool) -> Result<()> {
        let nested = mapping.nested_groups;
        let sure = sure && group_proof::members_shown(self.context, groups, nested).await?;
        let (met, failed) = self.members(groups, nested, sure).await?;
        self.note(Criterion::Groups, &met, &failed);
        Ok(())
    }

    /// Who is a member of one of these groups, and who is surely not.
    async fn members(
        &mut self,
        groups: &[Dn],
        nested: bool,
        sure: bool,
    ) -> Result<(HashSet<Identity>, HashSet<Identity>)> {
        let context = self.context;
        if context.names.is_ad {
            return self.ad_members(groups, nested, sure).await;
        }
        let names = context.names;
        let members =
            membership::members(context, (groups, nested), context.limits.no_member).await?;
        let (mut met, mut failed) = (HashSet::new(), HashSet::new());
        for (entry, (person, _)) in self.entries.iter().zip(&self.judged) {
            if members.contains(entry, names) {
                met.insert(person.identity.clone());
            } else if sure {
                failed.insert(person.identity.clone());
            }
        }
        // By a value that is not seen somebody may be a member all the same.
        for name in members.counting(names) {
            let unseen = |entry: &&Entry| entry.texts(name).next().is_none();
            let unseen = self.entries.iter().filter(unseen);
            let unseen: Vec<Identity> =
                unseen.filter_map(|entry| person_entry::identity(entry, names)).collect();
            let present = Filter::Present(name.parse::<Attribute>()?);
            let none = self.seen_to_fail(unseen.clone(), &present).await?;
            failed.retain(|who| !unseen.contains(who) || none.contains(who));
        }
        Ok((met, failed))
    }

    /// AD: whoever is no member by their own entry is none either by the groups, which show their members; and the primary
    /// group, which names nobody, is another one.
    async fn ad_members(
        &self,
        groups: &[Dn],
        nested: bool,
        sure: bool,
    ) -> Result<(HashSet<Identity>, HashSet<Identity>)> {
        let context = self.context;
        let Some(root) = self.bases.first().filter(|_| !groups.is_empty()) else {
            return Ok((HashSet::new(), HashSet::new()));
        };
        let filter = compile::any_group(context, (root, nested), groups).await?;
        let open = self.open();
        let met = self.those(&open, &filter).await?;
        let rest: Vec<Identity> = open.into_iter().filter(|who| !met.contains(who)).collect();
        let mut failed = HashSet::new();
        if sure && !rest.is_empty() {
            let all = group_proof::inside(context, groups, nested).await?;
            let primary = group_proof::primary_groups(&filter);
            if primary.len() >= all.len() {
                let fails = Filter::or(primary).seen_to_fail(&|_| false);
                failed = self.those(&rest, &fails).await?;
            }
            let rest: HashSet<Identity> = rest.into_iter().collect();
            let rest = self.judged.iter().map(|(p, _)| p).filter(|p| rest.contains(&p.identity));
            for named in group_proof::named(context, rest, &all).await? {
                failed.remove(&named);
            }
        }
        Ok((met, failed))
    }

    /// Whether the account's rule decides; which way it does is no reason to be outside.
    async fn enabled(&mut self) -> Result<()> {
        let open = self.open();
        let Some(wanted) = by_identities(self.context.names, &open) else { return Ok(()) };
        let mut people: Vec<Person> =
            self.judged.iter().map(|(person, _)| person.clone()).collect();
        let mut decided = HashSet::new();
        for base in &self.bases {
            enabled::of_some(self.context, base, &wanted, &mut people).await?;
            let sure = people.iter().filter(|person| person.enabled != Enabled::Undecided);
            decided.extend(sure.map(|person| person.identity.clone()));
        }
        self.note(Criterion::Enabled, &decided, &HashSet::new());
        Ok(())
    }

    /// Whom the server names for a filter.
    async fn those(&self, identities: &[Identity], filter: &Filter) -> Result<HashSet<Identity>> {
        let context = self.context;
        let mut found = HashSet::new();
        let Some(wanted) = by_identities(context.names, identities) else { return Ok(found) };
        let filter = Filter::selecting(wanted, filter.clone());
        let attributes = [context.names.unique_id.as_str()];
        for base in &self.bases {
            let query =
                Query { base, scope: Scope::Subtree, filter: &filter, attributes: &attributes };
            let limit = identities.len() * 2 + 10;
            let answer =
                run::collect(context.pool, &query, limit, context.limits.operation).await?;
            let identity = |entry| person_entry::identity(entry, context.names);
            found.extend(answer.entries.iter().filter_map(identity));
        }
        Ok(found)
    }

    /// Whom the server names against a filter. One that counts what it hides as none is believed where a value can be seen,
    /// or where it shows values of others beside the person.
    async fn seen_to_fail(
        &mut self,
        rest: Vec<Identity>,
        filter: &Filter,
    ) -> Result<HashSet<Identity>> {
        if rest.is_empty() {
            return Ok(HashSet::new());
        }
        let context = self.context;
        if !context.hides_as_none().await? {
            return self.those(&rest, &Filter::negate(filter.clone())).await;
        }
        let mut beside: HashMap<Option<Dn>, Vec<Identity>> = HashMap::new();
        for (person, _) in self.judged.iter().filter(|(person, _)| rest.contains(&person.identity))
        {
            beside.entry(person.dn.parent()).or_default().push(person.identity.clone());
        }
        let mut failed = HashSet::new();
        for (container, people) in beside {
            let mut absent = HashSet::new();
            for name in filter.attributes() {
                if self.shown.by_others(context, container.as_ref(), name).await? {
                    absent.insert(name.to_ascii_lowercase());
                }
            }
            let fails = filter.seen_to_fail(&|name| absent.contains(&name.to_ascii_lowercase()));
            failed.extend(self.those(&people, &fails).await?);
        }
        Ok(failed)
    }
}
