// The one list of what can be asked: name, values, answer, what is reported meanwhile, who may call it. Everything else comes
// from it: the method of the door, the local socket's dispatch, the window's permissions (build.rs reads this file too), and the
// page's TypeScript. `page`: the page of the window as well; `program`: only command line, window program and tray.
use_cases! { |it, reports|
    page about() -> About { Ok(it.about()) }
    page found() -> Found { it.found() }
    page status() -> Status { it.status().await }
    page pause() -> () { it.pause() }
    page resume() -> () { it.resume() }
    program take_over(file: SentSecret) -> Migrated { it.take_over_legacy(&file.0).await }
    page checks() -> Vec<Check> { it.check().await }
    page cloud() -> Option<CloudView> { it.cloud() }
    page check_cloud(address: CloudAddress) -> Vec<Check> { it.check_cloud(address).await }
    page offered_proxy(url: String) -> Option<OfferedProxy> { Ok(it.offered_proxy(&url)) }
    page register_cloud(request: RegisterCloud) -> CloudView { it.register(request).await }
    page register_scim(request: RegisterScim) -> CloudView { it.register_scim(request).await }
    page change_token(token: SentSecret) -> CloudView { it.change_token(token.0).await }
    page unregister(forget: bool) -> () { it.unregister(forget).await }
    program leave_here() -> () { it.leave_here().await }
    program purge() -> () { it.purge().await }
    page change_proxy(proxy: Option<ProxyChoice>) -> Option<CloudView> { it.change_proxy(proxy).await }
    page accounts() -> Vec<AccountView> { it.accounts() }
    program account(name: String) -> AccountView { it.account(&name) }
    page add_account(account: NewAccount) -> AccountAdded { it.add_account(account).await }
    page change_account(name: String, patch: AccountPatch) -> AccountView { it.change_account(&name, patch).await }
    page test_account(name: String) -> Vec<Check> { it.test_account(&name).await }
    page set_account_password(name: String, password: SentSecret) -> () { it.set_account_password(&name, password.0).await }
    page remove_account(name: String) -> () { it.remove_account(&name).await }
    page account_certificates(name: String) -> ServerCertificates { it.account_certificates(&name).await }
    program server_certificates(request: ServerAddress) -> ServerCertificates { it.server_certificates(request).await }
    page find_servers(domain: String) -> Vec<HostPort> { it.find_servers(&domain).await }
    page probe_server(request: ServerAddress) -> Probe { it.probe_server(request).await }
    page browse_bases(account: Option<String>) -> Vec<Node> { it.browse_bases(account.as_deref()).await }
    page browse_units(account: Option<String>, query: BrowseQuery) -> Vec<Node> { it.browse_units(account.as_deref(), &query).await }
    page browse_groups(account: Option<String>, query: BrowseQuery) -> Vec<Node> { it.browse_groups(account.as_deref(), &query).await }
    page browse_people(account: Option<String>, query: PeopleSearch) -> Vec<FoundPerson> { it.browse_people(account.as_deref(), &query).await }
    page mappings() -> Vec<Mapping> { it.mappings() }
    program mapping(name: String) -> Mapping { it.mapping(&name) }
    program apply_mapping(text: String) -> CheckedMapping { it.apply_mapping(&text).await }
    program check_mapping(text: String) -> Mapping { it.check_mapping(&text).await }
    page put_mapping(mapping: Mapping, fresh: bool) -> CheckedMapping { it.put_mapping(mapping, fresh).await }
    page remove_mapping(name: String) -> () { it.remove_mapping(&name).await }
    program deactivate_left_behind(mapping: String, approve: Option<String>) -> Deactivation { it.deactivate_left_behind(mapping, approve).await }
    page move_mapping(name: String, position: usize) -> Vec<Mapping> { it.move_mapping(&name, position).await }
    program mappings_text() -> String { it.mappings_text() }
    page compile_filter(request: FilterRequest) -> CompiledFilter { it.compile_filter(&request) }
    page count_people(mapping: Mapping) -> PeopleCount { it.count_people(&mapping).await }
    page proposals() -> Vec<Proposal> { it.proposals() }
    page approve_proposal(name: String, hash: String) -> CheckedMapping { it.approve_proposal(&name, &hash).await }
    page reject_proposal(name: String) -> () { it.reject_proposal(&name).await }
    program preview(mapping: Mapping, people: bool) -> Preview, reports PreviewReport { it.preview(&mapping, people, reports).await }
    page import(name: Option<String>, approve: Vec<String>, accept: bool) -> Vec<ImportRecord>, reports ImportProgress { it.import(name, Consent::to_lists(approve).and_to_the_directory(accept), reports).await }
    page cancel_import(name: Option<String>) -> () { it.cancel_import(name.as_deref()) }
    page sign_in(user: String, password: SentSecret) -> SignInAnswer { it.sign_in(&user.parse()?, &password.0).await }
    page imports(query: ImportsQuery) -> Vec<ImportRun> { it.imports(query).await }
    page import_run(run: i64) -> ImportRun { it.import_run(run).await }
    page import_people(run: i64, query: RunPeopleQuery) -> RunPeople { it.import_people(run, query).await }
    page awaiting_people(mapping: String, kind: ApprovalKind, query: RunPeopleQuery) -> AwaitingPeople { it.awaiting_people(mapping, kind, query).await }
    page people(query: PeopleQuery) -> PeoplePage { it.people(query).await }
    page explain(user: String) -> Explanation { it.explain(&user).await }
    page sign_ins(query: SignInsQuery) -> SignInsPage { it.sign_ins(query).await }
    page activations(query: SignInsQuery) -> SignInsPage { it.activations(query).await }
    page history(days: u32) -> History { it.history(days).await }
    page journal(query: JournalQuery) -> Vec<JournalEntry> { it.journal(query).await }
    page settings() -> SettingsView { it.rules() }
    page change_settings(patch: SettingsPatch) -> SettingsView { it.change_rules(patch).await }
    program settings_text() -> String { it.export_settings().await }
    page import_settings(text: String, replace: bool) -> Imported { it.import_settings(&text, replace).await }
    page draft() -> Option<Value> { Ok(it.draft()) }
    page save_draft(draft: Value) -> () { it.save_draft(&draft) }
    page clear_draft() -> () { it.clear_draft() }
    page update() -> UpdateView { Ok(it.updates().view()) }
    page check_update() -> UpdateView { it.updates().check().await }
    page install_update() -> UpdateView { it.updates().install("administrator").await }
    program diagnose() -> Value { it.diagnose().await }
    program support_bundle() -> String { it.support_bundle().await }
}
