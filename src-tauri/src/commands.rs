//! What the page asks. A use case goes through the door by its name; the commands here are those that need the window: work
//! that the page follows or calls off, files for the person in front of it, and the program itself.

use crate::app::App;
use crate::start::Start;
use connector_api::{
    About, Input, JournalQuery, Migrated, PeopleCount, PreviewHandle, RowQuery, Rows, Saved,
    Status, USE_CASES,
};
use connector_model::{Mapping, Result};
use connector_texts::{Language, Texts};
use serde_json::Value;
use std::path::PathBuf;
use tauri::ipc::{Channel, Invoke, InvokeBody, InvokeError};
use tauri::{AppHandle, Manager, State, command, generate_handler};

type Shared<'a> = State<'a, App>;

/// Answers everything that the page may ask.
pub fn all() -> impl Fn(Invoke) -> bool {
    let own: fn(Invoke) -> bool = generate_handler![
        about,
        cancel,
        cancel_sync,
        close_preview,
        count_people,
        diagnose,
        export_journal,
        export_mappings,
        export_preview,
        export_settings,
        migrate,
        pause,
        preview,
        preview_rows,
        quit,
        resume,
        start_with,
        starts,
        status,
        sync,
    ];
    move |invoke| {
        let asked = invoke.message.command();
        let is_own = OWN.contains(&asked);
        if !is_own && USE_CASES.contains(&asked) { use_case(invoke) } else { own(invoke) }
    }
}

/// Names of use cases that have a command of their own here.
const OWN: &[&str] = &["about", "count_people", "diagnose"];

fn use_case(invoke: Invoke) -> bool {
    let Invoke { message, resolver, .. } = invoke;
    let door = message.webview_ref().state::<App>().door.clone();
    let name = message.command().to_owned();
    let values = match message.payload() {
        InvokeBody::Json(values) => values.clone(),
        InvokeBody::Raw(_) => Value::Null,
    };
    resolver
        .respond_async(async move { door.call(&name, values).await.map_err(InvokeError::from) });
    true
}

#[command]
async fn status(app: Shared<'_>) -> Result<Status> {
    app.door.status().await
}

#[command]
async fn about(app: Shared<'_>) -> Result<About> {
    app.door.about(app.engine.is_ours()).await
}

#[command]
async fn migrate(app: Shared<'_>, file: PathBuf, blank_password: bool) -> Result<Migrated> {
    app.door.migrate(&file, blank_password).await
}

#[command]
async fn export_settings(app: Shared<'_>) -> Result<Saved> {
    app.door.export_settings().await
}

#[command]
async fn export_mappings(app: Shared<'_>) -> Result<Saved> {
    app.door.export_mappings().await
}

#[command]
async fn count_people(
    app: Shared<'_>,
    mapping: Input<Mapping>,
    ticket: String,
) -> Result<PeopleCount> {
    app.tickets.run(&ticket, app.door.count_people(mapping.get()?)).await
}

#[command]
async fn preview(
    app: Shared<'_>,
    mapping: Input<Mapping>,
    ticket: String,
    progress: Channel<u64>,
) -> Result<PreviewHandle> {
    let read = move |people| drop(progress.send(people));
    app.tickets.run(&ticket, app.previews.run(&app.door, &mapping.get()?, read)).await
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
async fn sync(app: Shared<'_>, name: Option<String>, approve: Option<String>) -> Result<()> {
    app.look.notify_one();
    app.door.sync(name.as_deref(), approve.as_deref(), |_| {}).await.map(drop)
}

#[command]
async fn cancel_sync(app: Shared<'_>, name: Option<String>) -> Result<()> {
    app.told(app.door.cancel_sync(name.as_deref())).await
}

#[command]
async fn pause(app: Shared<'_>) -> Result<()> {
    app.told(app.door.pause()).await
}

#[command]
async fn resume(app: Shared<'_>) -> Result<()> {
    app.told(app.door.resume()).await
}

#[command]
async fn export_journal(app: Shared<'_>, query: Input<JournalQuery>) -> Result<Saved> {
    app.door.export_journal(query.get()?).await
}

#[command]
async fn starts(app: Shared<'_>, handle: AppHandle) -> Result<Start> {
    Start::of(&app.door, &handle)
}

#[command]
async fn start_with(handle: AppHandle, start: Input<Start>) -> Result<()> {
    start.get()?.set(&handle)
}

#[command]
async fn diagnose(app: Shared<'_>) -> Result<Saved> {
    app.door.diagnose_saved().await
}

#[command]
async fn quit(handle: AppHandle) -> Result<()> {
    handle.exit(0);
    Ok(())
}
