//! Browsing the directory, live through a connector.

use super::{Params, Shared, live};
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize, Serialize)]
pub(super) struct Browse {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
}

/// `GET /admin/v1/directory/bases|units|groups`: the nodes, as a list.
pub(super) async fn browse(
    State(cloud): Shared,
    Path(what): Path<String>,
    Params(browse): Params<Browse>,
) -> Result<Json<Value>, Problem> {
    let account = browse.account.as_deref();
    let (method, params) = match what.as_str() {
        "bases" => ("directory.bases", json!({ "account": account })),
        "units" => ("directory.units", json!(browse)),
        "groups" => ("directory.groups", json!(browse)),
        _ => return Err(Problem::not_found("There are bases, units and groups.")),
    };
    Ok(Json(live::ask(&cloud, account, method, &params).await?))
}
