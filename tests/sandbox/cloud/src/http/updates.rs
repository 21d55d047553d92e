//! Updates of the connector: plain files of the folder `updates`, which somebody else fills.

use super::problem::Problem;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::path::PathBuf;
use std::sync::Arc;

/// `/updates/NAME`, without folders in between.
pub(super) fn routes(folder: PathBuf) -> Router {
    Router::new().route("/updates/{name}", get(file)).with_state(Arc::new(folder))
}

async fn file(
    State(folder): State<Arc<PathBuf>>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let nothing = || Problem::not_found("There is no such file.");
    if !is_plain(&name) {
        return Err(nothing());
    }
    let path = folder.join(name);
    let kind = tokio::fs::symlink_metadata(&path).await.map_err(|_| nothing())?;
    if !kind.is_file() {
        return Err(nothing());
    }
    let content = tokio::fs::read(path).await.map_err(|_| nothing())?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], content).into_response())
}

/// A name that leads nowhere else.
fn is_plain(name: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '~');
    name.chars().all(fine) && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for good in ["connector.json", "connector.json.minisig", "a_1.0~rc1+b_amd64.deb"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in ["..", ".", "../admin-token", "a/b", "a\\b", ".hidden", "a\0b", "C:x"] {
            assert!(!is_plain(bad), "{bad}");
        }
    }
}
