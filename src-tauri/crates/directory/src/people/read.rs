//! Streams the people of a mapping, page by page, and says whether that was everybody.

use crate::changes;
use crate::context::DirectoryContext;
use crate::people::convert::{self, Take};
use crate::people::enabled;
use crate::scope::browse;
use crate::scope::compile::{self, Part};
use crate::scope::membership;
use crate::search::run::{self, Query};
use connector_model::{Code, Dn, Error, Mapping, Person, ReadSummary, Reference, Result};
use std::time::Duration;
use tokio::sync::mpsc;

pub(crate) async fn read(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    pages: mpsc::Sender<Vec<Person>>,
) -> Result<ReadSummary> {
    let scope = compile::compile(context, mapping).await?;
    // One connection for the whole read: cookies of paged results belong to it, and so does the watermark.
    let mut lease = context.pool.lease(false).await?;
    let watermark = match changes::mark(lease.session()?, context, &mapping.base_dn).await {
        Err(error) if error.code == Code::ConnectionLost && lease.reused => {
            lease = context.pool.lease(true).await?;
            changes::mark(lease.session()?, context, &mapping.base_dn).await?
        }
        mark => mark?,
    };
    let members = if scope.groups.is_empty() {
        None
    } else {
        let groups = (&scope.groups[..], scope.nested);
        Some(membership::members(context, groups, Duration::ZERO).await?)
    };
    if members.as_ref().is_some_and(|m| m.is_empty()) && scope.included.people.is_empty() {
        let (incomplete, elsewhere) = (scope.missing, vec![]);
        return Ok(ReadSummary { read: 0, incomplete, elsewhere, watermark });
    }
    let (ruling, cut) = enabled::of_everybody(context, &mut lease, &scope).await?;
    let by_name = scope.included.people.clone();
    let take = Take { names: context.names.clone(), members, ruling, by_name };
    let (mut reader, people) = convert::start(context, &scope, take, pages);
    let attributes = context.names.person_attributes();
    let mut incomplete = scope.missing.clone().or(cut);
    let mut elsewhere: Vec<Reference> = vec![];
    for Part { base, filter, by_name } in scope.parts() {
        reader.by_name = by_name;
        let attributes = &attributes[..];
        let query = Query { base, scope: run::Scope::Subtree, filter, attributes };
        let end = run::stream(&mut lease, &query, context.limits, &mut reader).await;
        let end = end.map_err(|e| base_error(e, base, mapping))?;
        incomplete = incomplete.or(end.incomplete);
        elsewhere.extend(end.references.iter().map(|url| Reference::from_url(url)));
    }
    if incomplete.is_none() {
        lease.give_back();
    }
    drop(reader);
    let tally = people.await.map_err(|_| Error::of(Code::Internal))?;
    let incomplete = incomplete.or_else(|| tally.unreadable(context.names));
    Ok(ReadSummary { read: tally.read, incomplete, elsewhere, watermark })
}

/// A base that is gone is the mapping's base, or one of its units.
fn base_error(error: Error, base: &Dn, mapping: &Mapping) -> Error {
    match error.code {
        Code::BaseNotFound if base.key() != mapping.base_dn.key() => {
            Error::new(Code::ScopeMissing, format!("{base} {}", browse::GONE))
        }
        Code::BaseNotFound => Error::new(
            Code::BaseNotFound,
            format!("The base DN {base} does not exist, or the bind account cannot read it."),
        )
        .at("base_dn"),
        _ => error,
    }
}
