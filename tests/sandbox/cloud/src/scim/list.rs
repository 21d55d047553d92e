//! Lists and searches (RFC 7644, sections 3.4.2 and 3.4.3), and how answers are written.

use super::discovery::MAX_RESULTS;
use super::error::{ScimError, ScimResult};
use super::filter::Filter;
use super::projection::Projection;
use super::schema::path::AttributePath;
use super::user;
use crate::state::Cloud;
use crate::store::{PeopleQuery, StoredPerson};
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::{HeaderValue, header, request::Parts};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Content type of everything the service answers.
pub const TYPE: &str = "application/scim+json";

/// The parameters of a list, as they are in an address.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListQuery {
    filter: Option<String>,
    sort_by: Option<String>,
    sort_order: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
    attributes: Option<String>,
    excluded_attributes: Option<String>,
}

/// The same in the body of `.search`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SearchRequest {
    filter: Option<String>,
    sort_by: Option<String>,
    sort_order: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
    attributes: Vec<String>,
    excluded_attributes: Vec<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for ListQuery {
    type Rejection = ScimError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ScimError> {
        match Query::<Self>::from_request_parts(parts, state).await {
            Ok(Query(query)) => Ok(query),
            Err(_) => Err(ScimError::bad("invalidValue", "A parameter cannot be understood.")),
        }
    }
}

impl ListQuery {
    /// Which attributes are wanted.
    pub fn projection(&self) -> Projection {
        Projection::of(self.attributes.as_deref(), self.excluded_attributes.as_deref())
    }

    /// What to look for; the start index (from 1) and the query.
    pub fn people(&self) -> ScimResult<(usize, PeopleQuery)> {
        let filter = self.filter.as_deref().filter(|f| !f.trim().is_empty());
        let by = self.sort_by.as_deref().map(|by| {
            AttributePath::parse(by)
                .ok_or_else(|| ScimError::bad("invalidPath", "sortBy names no attribute."))
        });
        let down = self.sort_order.as_deref().is_some_and(|o| o.eq_ignore_ascii_case("descending"));
        let start = usize::try_from(self.start_index.unwrap_or(1)).unwrap_or(1).max(1);
        let count = self.count.map_or(100, |count| usize::try_from(count).unwrap_or(0));
        let query = PeopleQuery {
            filter: filter.map(Filter::parse).transpose()?,
            sort: by.transpose()?.map(|by| (by, down)),
            offset: start - 1,
            limit: count.min(MAX_RESULTS),
        };
        Ok((start, query))
    }
}

/// `GET /Users`.
pub async fn by_address(State(cloud): State<Arc<Cloud>>, query: ListQuery) -> ScimResult<Response> {
    search(&cloud, &query, &query.projection()).await
}

/// `POST /Users/.search` and `POST /.search`.
pub async fn by_body(State(cloud): State<Arc<Cloud>>, body: Bytes) -> ScimResult<Response> {
    let request: SearchRequest = serde_json::from_slice(&body)
        .map_err(|_| ScimError::bad("invalidSyntax", "The body is not a SearchRequest."))?;
    let projection = Projection::of(
        request.attributes.iter().map(String::as_str),
        request.excluded_attributes.iter().map(String::as_str),
    );
    let query = ListQuery {
        filter: request.filter,
        sort_by: request.sort_by,
        sort_order: request.sort_order,
        start_index: request.start_index,
        count: request.count,
        ..ListQuery::default()
    };
    search(&cloud, &query, &projection).await
}

async fn search(cloud: &Cloud, query: &ListQuery, projection: &Projection) -> ScimResult<Response> {
    let (start, people) = query.people()?;
    let address = cloud.users_address();
    let page = cloud.store.search(people, address.clone()).await?;
    let resources = page
        .people
        .iter()
        .map(|stored| present(stored, &address, projection))
        .collect::<ScimResult<Vec<_>>>()?;
    Ok(json(&json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": page.total,
        "startIndex": start,
        "itemsPerPage": resources.len(),
        "Resources": resources,
    })))
}

/// A stored person as the client wants to see them.
pub fn present(stored: &StoredPerson, address: &str, projection: &Projection) -> ScimResult<Value> {
    let document = serde_json::from_str(&stored.document)
        .map_err(|_| ScimError::new(500, "A stored user cannot be read."))?;
    Ok(Value::Object(projection.apply(user::resource(document, stored, address))))
}

/// JSON with SCIM's content type.
pub fn json(body: &Value) -> Response {
    text(body.to_string())
}

/// Text that is JSON already.
pub fn text(body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(TYPE))], body).into_response()
}
