//! From a mapping to what is searched: bases, a filter, and members where the server cannot filter by group.

use crate::context::DirectoryContext;
use crate::scope::browse;
use crate::scope::chosen;
use crate::scope::criteria;
use crate::scope::membership;
use crate::search::entry::Entry;
use connector_model::{Code, Dn, Error, Filter, Mapping, Result, ScopeRef};

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
        all.push(any_group(context, mapping, &groups).await?);
        groups.clear();
    }
    let missing = no_unit.or(no_group);
    let nested = mapping.nested_groups;
    Ok(Scope { bases: collapse(bases), filter: Filter::and(all), groups, nested, missing })
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
    mapping: &Mapping,
    groups: &[Dn],
) -> Result<Filter> {
    let root = context.root.bases.first().unwrap_or(&mapping.base_dn);
    let mut any = vec![];
    for group in groups {
        any.push(membership::ad_filter(context, group, root, mapping.nested_groups).await?);
    }
    Ok(Filter::or(any))
}

/// Units or groups of a mapping.
pub(crate) struct Chosen {
    /// Where they are now.
    pub there: Vec<Dn>,
    /// The first that is gone.
    pub missing: Option<Error>,
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
