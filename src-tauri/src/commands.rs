//! What the page asks. A use case goes through the door by its name; the commands here are those that need the window: work
//! that the page follows or calls off, files for the person in front of it, and the program itself.

use crate::app::App;
use crate::start::{AtLogOn, Start};
use connector_api::{
    Caller, Input, JournalQuery, Migrated, PreviewHandle, RowQuery, Rows, RunPeopleQuery, Saved,
    USE_CASES,
};
use connector_model::{ApprovalKind, Mapping, Result};
use connector_texts::{Language, Texts};
use serde_json::Value;
use std::path::PathBuf;
use tauri::ipc::{Channel, Invoke, InvokeBody, InvokeError};
use tauri::{AppHandle, Manager, State, command, generate_handler};

type Shared<'a> = State<'a, App>;

macro_rules! window_commands {
    ($($name:ident),+ $(,)?) => {
        fn own() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            generate_handler![$($name),+]
        }
    };
}
include!("window_commands.rs");

/// Answers everything that the page may ask.
pub fn all() -> impl Fn(Invoke) -> bool {
    let own = own();
    move |invoke| {
        let asked = invoke.message.command();
        let is_use_case =
            USE_CASES.iter().any(|known| known.caller == Caller::page && known.name == asked);
        if is_use_case { use_case(invoke) } else { own(invoke) }
    }
}

/// Long work carries a ticket, by which the page may call it off.
fn use_case(invoke: Invoke) -> bool {
    let Invoke { message, resolver, .. } = invoke;
    let handle = message.webview_ref().app_handle().clone();
    let name = message.command().to_owned();
    let values = match message.payload() {
        InvokeBody::Json(values) => values.clone(),
        InvokeBody::Raw(_) => Value::Null,
    };
    resolver.respond_async(async move {
        let app = handle.state::<App>();
        // Long work is in the status while it goes on, and what it changed afterwards.
        app.look.notify_one();
        let ticket = values["ticket"].as_str().map(str::to_owned);
        let work = Box::pin(async { app.door().await?.call(&name, values).await });
        let answer = match ticket {
            Some(ticket) => app.tickets.run(&ticket, work).await,
            None => work.await,
        };
        app.look.notify_one();
        answer.map_err(InvokeError::from)
    });
    true
}

#[command]
async fn migrate(app: Shared<'_>, file: PathBuf, blank_password: bool) -> Result<Migrated> {
    app.door().await?.migrate(&file, blank_password).await
}

#[command]
async fn export_settings(app: Shared<'_>) -> Result<Saved> {
    app.door().await?.export_settings().await
}

#[command]
async fn export_mappings(app: Shared<'_>) -> Result<Saved> {
    app.door().await?.export_mappings().await
}

#[command]
async fn open_preview(
    app: Shared<'_>,
    mapping: Input<Mapping>,
    ticket: String,
    progress: Channel<u64>,
) -> Result<PreviewHandle> {
    let read = move |people| drop(progress.send(people));
    let mapping = mapping.get()?;
    let work = async { app.previews.run(&app.door().await?, &mapping, read).await };
    app.tickets.run(&ticket, work).await
}

#[command]
async fn cancel(app: Shared<'_>, ticket: String) -> Result<()> {
    app.tickets.cancel(&ticket);
    Ok(())
}

#[command]
async fn preview_rows(app: Shared<'_>, id: String, query: Input<RowQuery>) -> Result<Rows> {
    app.previews.rows(&id, query.get()?).await
}

#[command]
async fn export_preview(app: Shared<'_>, id: String) -> Result<Saved> {
    let texts = Texts::of(Language::of_system());
    app.previews.export(&id, |person| texts.reason(person)).await
}

#[command]
async fn close_preview(app: Shared<'_>, id: String) -> Result<()> {
    app.previews.close(&id);
    Ok(())
}

#[command]
async fn export_journal(app: Shared<'_>, query: Input<JournalQuery>) -> Result<Saved> {
    app.door().await?.export_journal(query.get()?).await
}

#[command]
async fn export_import_people(
    app: Shared<'_>,
    run: i64,
    query: Input<RunPeopleQuery>,
) -> Result<Saved> {
    let texts = Texts::of(Language::of_system());
    let door = app.door().await?;
    door.export_import_people(run, query.get()?, |person| texts.reason(person)).await
}

#[command]
async fn export_awaiting_people(
    app: Shared<'_>,
    mapping: String,
    kind: Input<ApprovalKind>,
    query: Input<RunPeopleQuery>,
) -> Result<Saved> {
    let texts = Texts::of(Language::of_system());
    let (door, which) = (app.door().await?, (mapping, kind.get()?));
    door.export_awaiting_people(which, query.get()?, |person| texts.reason(person)).await
}

#[command]
async fn starts(app: Shared<'_>, handle: AppHandle) -> Result<Start> {
    Start::of(&app.door().await?, &handle.state::<AtLogOn>())
}

#[command]
async fn start_with(handle: AppHandle, start: Input<Start>) -> Result<()> {
    start.get()?.set(&handle.state::<AtLogOn>())
}

#[command]
async fn save_support_bundle(app: Shared<'_>) -> Result<Saved> {
    app.door().await?.save_support_bundle().await
}

#[command]
async fn quit(handle: AppHandle) -> Result<()> {
    handle.exit(0);
    Ok(())
}
