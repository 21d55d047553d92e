//! Filters as they are entered: what the directory can decide for nobody is refused.

use crate::context::DirectoryContext;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::Attribute;
use connector_model::{Code, Dn, Error, Filter, Result};

/// Refuses a filter that asks for an attribute that the server does not know, or that the server decides for nobody below
/// `base`. What cannot be found out is no reason to refuse.
pub(crate) async fn check(
    context: &DirectoryContext<'_>,
    base: &Dn,
    filter: &Filter,
) -> Result<()> {
    if let Some(unknown) = unknown(context, base, filter).await? {
        return Err(Error::new(
            Code::InvalidFilter,
            format!("The directory knows no attribute \"{unknown}\"."),
        )
        .with_action(
            "Check the spelling. Nobody can be judged by an attribute that does not exist.",
        ));
    }
    if !context.three_valued().await? {
        return Ok(());
    }
    let people = context.names.person_filter();
    for half in [filter.clone(), Filter::negate(filter.clone())] {
        if anybody(context, base, Filter::And(vec![people.clone(), half])).await? != Some(false) {
            return Ok(());
        }
    }
    if anybody(context, base, people).await? != Some(true) {
        return Ok(());
    }
    let text = format!("The directory cannot decide the filter {filter} for anybody below {base}.");
    Err(Error::new(Code::InvalidFilter, text).with_action(
        "Use comparisons and values that the attributes allow, and let the bind account read these attributes.",
    ))
}

/// An attribute that is not in the schema, unless the server decides about it all the same.
async fn unknown<'a>(
    context: &DirectoryContext<'_>,
    base: &Dn,
    filter: &'a Filter,
) -> Result<Option<&'a str>> {
    let Some(schema) = context.schema().await else { return Ok(None) };
    for name in filter.attributes() {
        if schema.knows(name) {
            continue;
        }
        if !context.three_valued().await? {
            return Ok(Some(name));
        }
        let present = Filter::Present(name.parse::<Attribute>()?);
        let either = Filter::Or(vec![present.clone(), Filter::negate(present)]);
        let query = Query { base, scope: Scope::Base, filter: &either, attributes: &["1.1"] };
        let found = run::collect(context.pool, &query, 1, context.limits.operation).await;
        if found.is_ok_and(|found| found.entries.is_empty()) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Whether there is anybody; `None` where the server does not say.
async fn anybody(
    context: &DirectoryContext<'_>,
    base: &Dn,
    filter: Filter,
) -> Result<Option<bool>> {
    let query = Query { base, scope: Scope::Subtree, filter: &filter, attributes: &["1.1"] };
    match run::collect(context.pool, &query, 1, context.limits.operation).await {
        Ok(found) if found.entries.is_empty() && found.cut => Ok(None),
        Ok(found) => Ok(Some(!found.entries.is_empty())),
        Err(error) if error.code == Code::InvalidFilter => Err(error),
        Err(_) => Ok(None),
    }
}
