//! Follows the engine's status: to the window, to the tray, and to the desktop's notifications.

use crate::app::App;
use crate::tray::Tray;
use crate::window;
use connector_api::{Alert, AlertKind, Status, TrayView};
use connector_model::Error;
use connector_texts::{Language, Texts};
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_notification::NotificationExt;

/// Told to the page: the status, whenever it changed; nothing where it cannot be had, so that the page asks why.
const STATUS: &str = "status";
/// Between two looks while an import runs, and otherwise.
const BUSY: Duration = Duration::from_millis(400);
const CALM: Duration = Duration::from_millis(1500);

/// Follows until the program ends.
pub async fn follow(app: AppHandle, tray: Option<Tray>) {
    let state = app.state::<App>();
    let mut shown: Option<(Result<Status, Error>, bool)> = None;
    let mut told: Vec<Cause> = vec![];
    loop {
        let now = (status(&state).await, window::is_dark(&app));
        if shown.as_ref() != Some(&now) {
            let _ = app.emit(STATUS, now.0.as_ref().ok());
            if let Ok(status) = &now.0 {
                told = notify(&app, &status.alerts, &told);
            }
            if let Some(tray) = &tray {
                let view = match &now.0 {
                    Ok(status) => TrayView::of(status),
                    Err(error) => TrayView::failed(error),
                };
                tray.show(&view, now.1);
            }
        }
        let busy = now.0.as_ref().is_ok_and(|status| !status.importing.is_empty());
        shown = Some(now);
        let _ = tokio::time::timeout(if busy { BUSY } else { CALM }, state.look.notified()).await;
        // A moment for what was asked to begin, and no more than ten looks a second.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn status(app: &App) -> Result<Status, Error> {
    app.door().await?.status().await
}

/// What an alert is about: one notification for each, until it is over.
type Cause = (AlertKind, Option<String>);

fn notify(app: &AppHandle, alerts: &[Alert], told: &[Cause]) -> Vec<Cause> {
    let texts = Texts::of(Language::of_system());
    let cause = |alert: &Alert| (alert.kind, alert.account.clone());
    for alert in alerts.iter().filter(|alert| !told.contains(&cause(alert))) {
        let title = texts.text(match alert.kind {
            AlertKind::DatabaseLost => "alert-database_lost",
            AlertKind::DirectoryConnection => "alert-directory_connection",
            AlertKind::DirectoryAuthentication => "alert-directory_authentication",
            AlertKind::PeopleRefused => "alert-people_refused",
            AlertKind::GraceSignIns => "alert-grace_sign_ins",
            AlertKind::Storage => "alert-storage",
            AlertKind::Secrets => "alert-secrets",
            AlertKind::Identity => "alert-identity",
        });
        let error = Error::new(alert.code, &alert.message).with_action(&alert.action);
        let text = format!("{} {}", texts.message(&error), texts.action(&error));
        if let Err(error) = app.notification().builder().title(title).body(text).show() {
            tracing::warn!("no notification: {error}");
        }
    }
    alerts.iter().map(cause).collect()
}
