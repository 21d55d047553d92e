//! The commands of the window: one line each, to a use case. Whatever fails is the one error shape.

use crate::app::App;
use crate::start::Start;
use connector_api::{
    About, AccountAdded, AccountPatch, AccountView, CloudAddress, CloudView, CompiledFilter,
    FilterRequest, Found, Input, JournalEntry, JournalQuery, Migrated, NewAccount, PeopleCount,
    PreviewHandle, Probe, ProxyChoice, RegisterCloud, RegisterScim, RowQuery, Rows, Saved,
    ServerAddress, ServerCertificates, SettingsPatch, SettingsView, Status,
};
use connector_model::{BrowseQuery, Check, HostPort, Mapping, Node, Result, Secret};
use serde_json::Value;
use std::path::PathBuf;
use tauri::ipc::Channel;
use tauri::{AppHandle, State, command};

type Shared<'a> = State<'a, App>;

#[command]
pub async fn status(app: Shared<'_>) -> Result<Status> {
    app.connector.status().await
}

#[command]
pub async fn about(app: Shared<'_>) -> Result<About> {
    app.connector.about(app.engine.is_ours()).await
}

#[command]
pub async fn checks(app: Shared<'_>) -> Result<Vec<Check>> {
    app.connector.check().await
}

#[command]
pub async fn found(app: Shared<'_>) -> Result<Found> {
    app.connector.found()
}

#[command]
pub async fn migrate(app: Shared<'_>, file: PathBuf) -> Result<Migrated> {
    app.connector.migrate(&file).await
}

#[command]
pub async fn cloud(app: Shared<'_>) -> Result<Option<CloudView>> {
    app.connector.cloud()
}

#[command]
pub async fn check_cloud(app: Shared<'_>, address: Input<CloudAddress>) -> Result<Vec<Check>> {
    app.connector.check_cloud(address.get()?).await
}

#[command]
pub async fn register_cloud(app: Shared<'_>, request: Input<RegisterCloud>) -> Result<CloudView> {
    app.connector.register(request.get()?).await
}

#[command]
pub async fn register_scim(app: Shared<'_>, request: Input<RegisterScim>) -> Result<CloudView> {
    app.connector.register_scim(request.get()?).await
}

#[command]
pub async fn unregister(app: Shared<'_>, forget: bool) -> Result<()> {
    app.connector.unregister(forget).await
}

#[command]
pub async fn change_proxy(
    app: Shared<'_>,
    proxy: Input<Option<ProxyChoice>>,
) -> Result<Option<CloudView>> {
    app.connector.change_proxy(proxy.get()?).await
}

#[command]
pub async fn accounts(app: Shared<'_>) -> Result<Vec<AccountView>> {
    app.connector.accounts()
}

#[command]
pub async fn add_account(app: Shared<'_>, account: Input<NewAccount>) -> Result<AccountAdded> {
    app.connector.add_account(account.get()?).await
}

#[command]
pub async fn change_account(
    app: Shared<'_>,
    name: String,
    patch: Input<AccountPatch>,
) -> Result<AccountView> {
    app.connector.change_account(&name, patch.get()?).await
}

#[command]
pub async fn test_account(app: Shared<'_>, name: String) -> Result<Vec<Check>> {
    app.connector.test_account(&name).await
}

#[command]
pub async fn set_account_password(app: Shared<'_>, name: String, password: Secret) -> Result<()> {
    app.connector.set_account_password(&name, password).await
}

#[command]
pub async fn remove_account(app: Shared<'_>, name: String) -> Result<()> {
    app.connector.remove_account(&name).await
}

#[command]
pub async fn account_certificates(app: Shared<'_>, name: String) -> Result<ServerCertificates> {
    app.connector.account_certificates(&name).await
}

#[command]
pub async fn find_servers(app: Shared<'_>, domain: String) -> Result<Vec<HostPort>> {
    app.connector.find_servers(&domain).await
}

#[command]
pub async fn probe_server(app: Shared<'_>, request: Input<ServerAddress>) -> Result<Probe> {
    app.connector.probe_server(request.get()?).await
}

#[command]
pub async fn browse_bases(app: Shared<'_>, account: String) -> Result<Vec<Node>> {
    app.connector.browse_bases(Some(&account)).await
}

#[command]
pub async fn browse_units(
    app: Shared<'_>,
    account: String,
    query: Input<BrowseQuery>,
) -> Result<Vec<Node>> {
    app.connector.browse_units(Some(&account), &query.get()?).await
}

#[command]
pub async fn browse_groups(
    app: Shared<'_>,
    account: String,
    query: Input<BrowseQuery>,
) -> Result<Vec<Node>> {
    app.connector.browse_groups(Some(&account), &query.get()?).await
}

#[command]
pub async fn mappings(app: Shared<'_>) -> Result<Vec<Mapping>> {
    app.connector.mappings()
}

#[command]
pub async fn put_mapping(app: Shared<'_>, mapping: Input<Mapping>) -> Result<Mapping> {
    app.connector.put_mapping(mapping.get()?).await
}

#[command]
pub async fn remove_mapping(app: Shared<'_>, name: String) -> Result<()> {
    app.connector.remove_mapping(&name).await
}

#[command]
pub async fn move_mapping(app: Shared<'_>, name: String, position: usize) -> Result<Vec<Mapping>> {
    app.connector.move_mapping(&name, position).await
}

#[command]
pub async fn export_mappings(app: Shared<'_>) -> Result<Saved> {
    app.connector.save_mappings()
}

#[command]
pub async fn compile_filter(
    app: Shared<'_>,
    request: Input<FilterRequest>,
) -> Result<CompiledFilter> {
    app.connector.compile_filter(&request.get()?)
}

#[command]
pub async fn count_people(
    app: Shared<'_>,
    mapping: Input<Mapping>,
    ticket: String,
) -> Result<PeopleCount> {
    app.tickets.run(&ticket, app.connector.count_people(&mapping.get()?)).await
}

#[command]
pub async fn preview(
    app: Shared<'_>,
    mapping: Input<Mapping>,
    ticket: String,
    progress: Channel<u64>,
) -> Result<PreviewHandle> {
    let read = move |people| drop(progress.send(people));
    app.tickets.run(&ticket, app.previews.run(&app.connector, &mapping.get()?, read)).await
}

#[command]
pub async fn cancel(app: Shared<'_>, ticket: String) -> Result<()> {
    app.tickets.cancel(&ticket);
    Ok(())
}

#[command]
pub async fn preview_rows(app: Shared<'_>, id: String, query: Input<RowQuery>) -> Result<Rows> {
    app.previews.rows(&id, query.get()?).await
}

#[command]
pub async fn export_preview(app: Shared<'_>, id: String) -> Result<Saved> {
    app.previews.export(&id).await
}

#[command]
pub async fn close_preview(app: Shared<'_>, id: String) -> Result<()> {
    app.previews.close(&id);
    Ok(())
}

#[command]
pub async fn sync(app: Shared<'_>, name: Option<String>, approve: Option<String>) -> Result<()> {
    app.look.notify_one();
    app.connector.sync(name.as_deref(), approve.as_deref(), |_| {}).await.map(drop)
}

#[command]
pub async fn cancel_sync(app: Shared<'_>, name: Option<String>) -> Result<()> {
    app.told(app.connector.cancel_sync(name.as_deref())).await
}

#[command]
pub async fn pause(app: Shared<'_>) -> Result<()> {
    app.told(app.connector.pause()).await
}

#[command]
pub async fn resume(app: Shared<'_>) -> Result<()> {
    app.told(app.connector.resume()).await
}

#[command]
pub async fn journal(app: Shared<'_>, query: Input<JournalQuery>) -> Result<Vec<JournalEntry>> {
    app.connector.journal(&query.get()?)
}

#[command]
pub async fn export_journal(app: Shared<'_>, query: Input<JournalQuery>) -> Result<Saved> {
    app.connector.export_journal(&query.get()?)
}

#[command]
pub async fn settings(app: Shared<'_>) -> Result<SettingsView> {
    app.connector.rules()
}

#[command]
pub async fn change_settings(app: Shared<'_>, patch: Input<SettingsPatch>) -> Result<SettingsView> {
    app.connector.change_rules(patch.get()?).await
}

#[command]
pub async fn draft(app: Shared<'_>) -> Result<Option<Value>> {
    Ok(app.connector.draft())
}

#[command]
pub async fn save_draft(app: Shared<'_>, draft: Value) -> Result<()> {
    app.connector.save_draft(&draft)
}

#[command]
pub async fn clear_draft(app: Shared<'_>) -> Result<()> {
    app.connector.clear_draft()
}

#[command]
pub async fn starts(handle: AppHandle) -> Result<Start> {
    Start::of(&handle)
}

#[command]
pub async fn start_with(handle: AppHandle, start: Input<Start>) -> Result<()> {
    start.get()?.set(&handle)
}

#[command]
pub async fn diagnose(app: Shared<'_>) -> Result<Saved> {
    app.connector.diagnose_saved().await
}

#[command]
pub async fn quit(handle: AppHandle) -> Result<()> {
    handle.exit(0);
    Ok(())
}
