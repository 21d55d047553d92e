//! `POST /v1/sign-in`: a person's password goes, sealed, to a connector and nowhere else.

use super::sealing::{self, Binding};
use crate::clock;
use crate::connectors::dispatch::{self, AnswerKind, Limits};
use crate::http::metrics::Counter;
use crate::http::problem::Problem;
use crate::scim::filter::Filter;
use crate::state::Cloud;
use crate::store::{PeopleQuery, StoredPerson};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use connector_model::{Secret, SignInOutcome, UserName};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;
use zeroize::Zeroize;

#[derive(Deserialize)]
struct Request {
    user: String,
    password: String,
}

/// `POST /v1/sign-in {user, password}`.
pub async fn sign_in(State(cloud): State<Arc<Cloud>>, body: Bytes) -> Result<Response, Problem> {
    let request = serde_json::from_slice::<Request>(&body);
    if let Ok(mut bytes) = body.try_into_mut() {
        bytes.as_mut().zeroize();
    }
    let request = request.map_err(|_| Problem::invalid("The body needs user and password."))?;
    let password = Secret::from(request.password);
    let outcome = decide(&cloud, &request.user, &password).await;
    cloud.metrics.add(Counter::SignIns, outcome.as_str(), 1);
    Ok(answer(outcome))
}

async fn decide(cloud: &Cloud, user: &str, password: &Secret) -> SignInOutcome {
    let Ok(name) = user.parse::<UserName>() else { return SignInOutcome::UnknownUser };
    if password.expose().len() > sealing::MAX_PASSWORD {
        return SignInOutcome::WrongPassword;
    }
    let key = name.budget_key();
    if !cloud.throttle.allows(&key, Instant::now()) {
        return SignInOutcome::Throttled;
    }
    let outcome = ask(cloud, user, password).await;
    match outcome {
        SignInOutcome::Ok => cloud.throttle.succeeded(&key),
        SignInOutcome::DirectoryUnavailable | SignInOutcome::ExpiredRequest => {}
        _ => cloud.throttle.failed(&key, Instant::now()),
    }
    outcome
}

async fn ask(cloud: &Cloud, user: &str, password: &Secret) -> SignInOutcome {
    let within = cloud.answer_within;
    let expires_ms = cloud.clock.now_ms() + i64::try_from(within.as_millis()).unwrap_or(30_000);
    let expires = clock::rfc3339_seconds(expires_ms + 999);
    let limits =
        Limits { deadline: tokio::time::Instant::now() + within, patience: cloud.patience };
    let answer = dispatch::ask(
        cloud.router(),
        "people.authenticate",
        limits,
        |route| {
            let request_id = uuid::Uuid::new_v4().to_string();
            let connector_id = &route.connector_id;
            let binding =
                Binding { connector_id, request_id: &request_id, expires: &expires, user };
            let sealed = sealing::seal(&route.sealing_key, binding, password)?;
            Some(json!({
                "request_id": request_id,
                "user": user,
                "sealed": sealed.sealed,
                "encapsulated": sealed.encapsulated,
                "expires": expires,
            }))
        },
        |answer| match outcome_of(answer) {
            SignInOutcome::UnknownUser | SignInOutcome::NotInScope => AnswerKind::NotHere,
            SignInOutcome::DirectoryUnavailable => AnswerKind::Unavailable,
            _ => AnswerKind::Final,
        },
    );
    let Some(answer) = answer.await else { return SignInOutcome::DirectoryUnavailable };
    match outcome_of(&answer) {
        SignInOutcome::Ok => admitted(cloud, answer["identity"].as_str()).await,
        refused => refused,
    }
}

/// Whom a right password lets in: the user of the identity that the connector names, and never one whom the cloud finds
/// by the typed name. Somebody who is inactive here stays outside; somebody new may come in before their import.
async fn admitted(cloud: &Cloud, identity: Option<&str>) -> SignInOutcome {
    let Some(identity) = identity.filter(|identity| !identity.is_empty()) else {
        return SignInOutcome::DirectoryUnavailable;
    };
    let Ok(filter) = Filter::parse(&format!("externalId eq {}", json!(identity))) else {
        return SignInOutcome::DirectoryUnavailable;
    };
    let query = PeopleQuery { filter: Some(filter), limit: 2, ..PeopleQuery::default() };
    let Ok(page) = cloud.store.search(query, cloud.users_address()).await else {
        return SignInOutcome::DirectoryUnavailable;
    };
    let active = |person: &StoredPerson| {
        let document = serde_json::from_str::<Value>(&person.document);
        document.is_ok_and(|document| document["active"] != false)
    };
    match page.people.as_slice() {
        [] => SignInOutcome::Ok,
        [one] if active(one) => SignInOutcome::Ok,
        _ => SignInOutcome::Disabled,
    }
}

/// What a connector said; what cannot be understood is no sign-in.
fn outcome_of(answer: &Value) -> SignInOutcome {
    serde_json::from_value(answer["outcome"].clone()).unwrap_or(SignInOutcome::DirectoryUnavailable)
}

/// Tells the person only what they can act on.
fn answer(outcome: SignInOutcome) -> Response {
    let outside = outcome.outside();
    let status = match outside {
        "ok" => StatusCode::OK,
        "locked" | "password_expired" | "must_change_password" => StatusCode::FORBIDDEN,
        "throttled" => StatusCode::TOO_MANY_REQUESTS,
        "directory_unavailable" | "expired_request" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNAUTHORIZED,
    };
    let mut response = (status, Json(json!({ "outcome": outside }))).into_response();
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}
