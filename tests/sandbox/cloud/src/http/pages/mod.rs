//! What people see in a browser: the sign-in page and the console. Plain files, no remote content.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// `/`, `/console` and what they load.
pub(super) fn routes() -> Router {
    Router::new()
        .route("/", get(async || page(include_str!("sign_in.html"))))
        .route("/console", get(async || page(include_str!("console.html"))))
        .route("/assets/style.css", get(async || asset("text/css", include_str!("style.css"))))
        .route("/assets/sign_in.js", get(async || script(include_str!("sign_in.js"))))
        .route("/assets/console.js", get(async || script(include_str!("console.js"))))
        .route("/assets/icon.svg", get(async || asset("image/svg+xml", include_str!("icon.svg"))))
}

fn page(text: &'static str) -> Response {
    asset("text/html; charset=utf-8", text)
}

fn script(text: &'static str) -> Response {
    asset("text/javascript; charset=utf-8", text)
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let value = HeaderValue::from_static;
    let headers = [
        (header::CONTENT_TYPE, value(kind)),
        (header::CONTENT_SECURITY_POLICY, value(POLICY)),
        (header::CACHE_CONTROL, value("no-cache")),
        (header::REFERRER_POLICY, value("no-referrer")),
        (HeaderName::from_static("cross-origin-opener-policy"), value("same-origin")),
    ];
    (headers, text).into_response()
}
