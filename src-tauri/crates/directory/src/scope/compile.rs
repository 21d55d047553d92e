//! From a mapping to what is searched: bases, a filter, and members where the server cannot filter by group.

use crate::context::DirectoryContext;
use crate::people::named::{self, by_identities};
use crate::scope::browse;
use crate::scope::chosen;
use crate::scope::criteria;
use crate::scope::group_proof;
use crate::scope::membership;
use crate::search::entry::Entry;
use connector_model::{Code, Dn, Error, Filter, Identity, Mapping, Result, ScopeRef};
use std::collections::HashSet;

/// People by name who are asked for together.
const TOGETHER: usize = 100;

/// A mapping made ready for one directory.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// Sub-trees to read, none inside another.
    pub bases: Vec<Dn>,
    /// Who is read of them.
    pub filter: Filter,
    /// Groups to check afterwards, on servers that cannot filter by group.
    pub groups: Vec<Dn>,
    /// Whether members of groups inside them belong as well.
    pub nested: bool,
    /// A unit or group that is gone, while others are there.
    pub missing: Option<Error>,
    /// Who is left out, whatever else is said of them.
    pub excluded: Excluded,
    /// Who belongs without the criteria.
    pub included: Included,
}

/// People who belong to a mapping by name, wherever they are below its base.
#[derive(Debug, Clone)]
pub(crate) struct Included {
    pub base: Dn,
    /// What an entry has to be.
    pub filter: Filter,
    pub people: HashSet<Identity>,
    /// All of them, some at a time.
    pub filters: Vec<Filter>,
}

/// One search of a mapping's people.
pub(crate) struct Part<'a> {
    pub base: &'a Dn,
    pub filter: &'a Filter,
    /// Only those who belong by name count of what it finds; of all others, everybody else.
    pub by_name: bool,
}

impl Scope {
    /// The searches that find everybody.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let by_name = self.included.filters.iter();
        self.by_criteria().chain(by_name.map(|filter| Part {
            base: &self.included.base,
            filter,
            by_name: true,
        }))
    }

    /// The searches that find some, whom their filter is still to select.
    pub fn parts_for_some(&self) -> impl Iterator<Item = Part<'_>> {
        let Included { base, filter, people, .. } = &self.included;
        let by_name = (!people.is_empty()).then_some(Part { base, filter, by_name: true });
        self.by_criteria().chain(by_name)
    }

    fn by_criteria(&self) -> impl Iterator<Item = Part<'_>> {
        self.bases.iter().map(|base| Part { base, filter: &self.filter, by_name: false })
    }
}

/// What leaves people out of a mapping.
#[derive(Debug, Clone, Default)]
pub(crate) struct Excluded {
    pub units: Chosen,
    pub groups: Chosen,
    /// Whether members of groups inside them are left out as well.
    pub nested: bool,
    pub people: HashSet<Identity>,
    /// Whether the members of the groups are known to be shown: not asked for again with each page of people.
    pub shown: bool,
}

impl Excluded {
    pub fn is_empty(&self) -> bool {
        self.units.is_empty() && self.groups.is_empty() && self.people.is_empty()
    }
}

/// Resolves units and groups by identity and builds the filter.
pub(crate) async fn compile(context: &DirectoryContext<'_>, mapping: &Mapping) -> Result<Scope> {
    let names = context.names;
    let (mut bases, no_unit) = resolve(context, &mapping.units, |_| Ok(())).await?;
    if bases.is_empty() {
        bases.push(mapping.base_dn.clone());
    }
    let mut all = vec![names.person_filter()];
    let schema = context.schema().await;
    all.extend(criteria::of(mapping, schema.as_deref())?.into_iter().map(|(_, filter)| filter));
    let (mut groups, no_group) = groups(context, mapping).await?;
    if names.is_ad && !groups.is_empty() {
        let root = context.root.bases.first().unwrap_or(&mapping.base_dn);
        all.push(any_group(context, (root, mapping.nested_groups), &groups).await?);
        groups.clear();
    }
    let missing = no_unit.or(no_group);
    let nested = mapping.nested_groups;
    let (excluded, included) =
        (surely_excluded(context, mapping).await?, included(context, mapping).await?);
    let by_name: Vec<Identity> = included.iter().cloned().collect();
    let chunk = |some| Some(Filter::selecting(by_identities(names, some)?, names.person_filter()));
    let included = Included {
        base: mapping.base_dn.clone(),
        filter: names.person_filter(),
        people: included,
        filters: by_name.chunks(TOGETHER).filter_map(chunk).collect(),
    };
    let (bases, filter) = (collapse(bases), Filter::and(all));
    Ok(Scope { bases, filter, groups, nested, missing, excluded, included })
}

/// What leaves people out. Without one of it nobody can be told to stay: then nobody is read.
async fn surely_excluded(context: &DirectoryContext<'_>, mapping: &Mapping) -> Result<Excluded> {
    let mut excluded = excluded(context, mapping).await?;
    for (chosen, field) in
        [(&excluded.units, "exclude_units"), (&excluded.groups, "exclude_groups")]
    {
        if let Some(error) = &chosen.missing {
            let action = format!(
                "Take it out of {field} of the mapping, or let the bind account read it. Until then nobody is imported or deactivated."
            );
            return Err(error.clone().with_action(action).at(field));
        }
    }
    let groups = &excluded.groups.there;
    if !groups.is_empty() && !group_proof::excluded_shown(context, groups, excluded.nested).await? {
        return Err(Error::new(
            Code::GroupNotListed,
            "The directory does not show the members of every group that the mapping leaves out.",
        )
        .with_action("Let the bind account read the members of these groups, or take them out of exclude_groups.")
        .at("exclude_groups"));
    }
    excluded.shown = true;
    Ok(excluded)
}

/// What leaves people out, as far as it is there.
pub(crate) async fn excluded(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
) -> Result<Excluded> {
    let is_ad = context.names.is_ad;
    let must_fit = |entry: &Entry| if is_ad { chosen::ad_group(entry) } else { Ok(()) };
    let mut people = HashSet::new();
    for person in &mapping.exclude_people {
        let found = named::identity(context, &mapping.base_dn, person).await;
        people.insert(found.map_err(|error| error.at("exclude_people"))?);
    }
    Ok(Excluded {
        units: chosen(context, &mapping.exclude_units).await?,
        groups: chosen_by(context, &mapping.exclude_groups, must_fit).await?,
        nested: mapping.nested_groups,
        people,
        shown: false,
    })
}

/// Who belongs by name.
pub(crate) async fn included(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
) -> Result<HashSet<Identity>> {
    let mut people = HashSet::new();
    for person in &mapping.include_people {
        let found = named::identity(context, &mapping.base_dn, person).await;
        people.insert(found.map_err(|error| error.at("include_people"))?);
    }
    Ok(people)
}

/// Where a mapping's groups are now; on AD also whether the server can filter by them.
pub(crate) async fn groups(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
) -> Result<(Vec<Dn>, Option<Error>)> {
    let is_ad = context.names.is_ad;
    let must_fit = |entry: &Entry| if is_ad { chosen::ad_group(entry) } else { Ok(()) };
    resolve(context, &mapping.groups, must_fit).await
}

/// AD: a filter that holds for the members of any of these groups.
pub(crate) async fn any_group(
    context: &DirectoryContext<'_>,
    (root, nested): (&Dn, bool),
    groups: &[Dn],
) -> Result<Filter> {
    let mut any = vec![];
    for group in groups {
        any.push(membership::ad_filter(context, group, root, nested).await?);
    }
    Ok(Filter::or(any))
}

/// Units or groups of a mapping.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chosen {
    /// Where they are now.
    pub there: Vec<Dn>,
    /// The first that is gone.
    pub missing: Option<Error>,
}

impl Chosen {
    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        self.there.is_empty() && self.missing.is_none()
    }
}

/// Where units or groups are now, and the first that is gone. With all of them gone nothing is left to read.
async fn resolve(
    context: &DirectoryContext<'_>,
    chosen: &[ScopeRef],
    must_fit: impl Fn(&Entry) -> Result<()>,
) -> Result<(Vec<Dn>, Option<Error>)> {
    match chosen_by(context, chosen, must_fit).await? {
        Chosen { missing: Some(error), there } if there.is_empty() => Err(error),
        Chosen { there, missing } => Ok((there, missing)),
    }
}

/// The same, and none of them there is no error.
pub(crate) async fn chosen(context: &DirectoryContext<'_>, chosen: &[ScopeRef]) -> Result<Chosen> {
    chosen_by(context, chosen, |_| Ok(())).await
}

async fn chosen_by(
    context: &DirectoryContext<'_>,
    chosen: &[ScopeRef],
    must_fit: impl Fn(&Entry) -> Result<()>,
) -> Result<Chosen> {
    let (mut there, mut missing) = (vec![], None);
    for scope in chosen {
        match browse::entry(context, scope).await {
            Ok(entry) => {
                must_fit(&entry)?;
                there.push(entry.dn);
            }
            Err(error) if error.code == Code::ScopeMissing => missing = missing.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    Ok(Chosen { there, missing })
}

/// Leaves out sub-trees that are inside another one, so that nobody is read twice.
fn collapse(bases: Vec<Dn>) -> Vec<Dn> {
    let mut kept: Vec<Dn> = vec![];
    for base in bases {
        if kept.iter().any(|k| base.is_under(k)) {
            continue;
        }
        kept.retain(|k| !k.is_under(&base));
        kept.push(base);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_sub_trees_are_left_out() {
        let dn = |text: &str| text.parse::<Dn>().unwrap();
        let kept = collapse(vec![
            dn("OU=a,OU=b,DC=x"),
            dn("ou=B,dc=x"),
            dn("OU=c,OU=b,DC=x"),
            dn("OU=d,DC=x"),
        ]);
        assert_eq!(kept, [dn("ou=B,dc=x"), dn("OU=d,DC=x")]);
    }
}
