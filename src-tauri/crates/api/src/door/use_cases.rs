//! The use cases by name: each can be called here, by the window's page, and over the local socket of a service.

use crate::door::{Door, taken};
use crate::{
    About, AccountAdded, AccountPatch, AccountView, CloudAddress, CloudView, CompiledFilter,
    Connector, FilterRequest, Found, Imported, JournalEntry, JournalQuery, Migrated, NewAccount,
    PeopleCount, Probe, ProxyChoice, RegisterCloud, RegisterScim, ServerAddress,
    ServerCertificates, SettingsPatch, SettingsView, SignInAnswer, UpdateView,
};
use connector_model::{
    BrowseQuery, Check, Code, Error, HandedOver, HostPort, Mapping, Node, Result,
};
use serde_json::{Value, json};

macro_rules! use_cases {
    (|$it:ident| $($name:ident($($value:ident: $kind:ty),*) -> $answer:ty { $work:expr })+) => {
        /// Names of all use cases that [`Door::call`] knows.
        pub const USE_CASES: &[&str] = &[$(stringify!($name)),+];

        impl Door {
            $(#[doc = concat!("The use case `", stringify!($name), "`, here or in the service.")]
            pub async fn $name(&self, $($value: $kind),*) -> Result<$answer> {
                match self {
                    Self::Own($it) => $work,
                    Self::Service(service) => {
                        service.ask(stringify!($name), json!({ $(stringify!($value): $value),* })).await
                    }
                }
            })+
        }

        impl Connector {
            #[allow(unused_mut, unused_variables, reason = "use cases without values")]
            pub(crate) async fn use_case(&self, name: &str, mut values: Value) -> Result<Value> {
                let $it = self;
                match name {
                    $(stringify!($name) => {
                        $(let $value: $kind = taken(&mut values, stringify!($value))?;)*
                        let answer: Result<$answer> = $work;
                        Ok(json!(answer?))
                    })+
                    _ => Err(Error::of(Code::UnknownMethod)),
                }
            }
        }
    };
}

use_cases! { |it|
    about(own_engine: bool) -> About { it.about(own_engine).await }
    found() -> Found { it.found() }
    take_over(file: HandedOver) -> Migrated { it.take_over(&file.0).await }
    checks() -> Vec<Check> { it.check().await }
    cloud() -> Option<CloudView> { it.cloud() }
    check_cloud(address: CloudAddress) -> Vec<Check> { it.check_cloud(address).await }
    register_cloud(request: RegisterCloud) -> CloudView { it.register(request).await }
    register_scim(request: RegisterScim) -> CloudView { it.register_scim(request).await }
    purge() -> () { it.purge().await }
    unregister(forget: bool) -> () { it.unregister(forget).await }
    change_proxy(proxy: Option<ProxyChoice>) -> Option<CloudView> { it.change_proxy(proxy).await }
    accounts() -> Vec<AccountView> { it.accounts() }
    account(name: String) -> AccountView { it.account(&name) }
    add_account(account: NewAccount) -> AccountAdded { it.add_account(account).await }
    change_account(name: String, patch: AccountPatch) -> AccountView { it.change_account(&name, patch).await }
    test_account(name: String) -> Vec<Check> { it.test_account(&name).await }
    set_account_password(name: String, password: HandedOver) -> () { it.set_account_password(&name, password.0).await }
    remove_account(name: String) -> () { it.remove_account(&name).await }
    account_certificates(name: String) -> ServerCertificates { it.account_certificates(&name).await }
    server_certificates(request: ServerAddress) -> ServerCertificates { it.server_certificates(request).await }
    find_servers(domain: String) -> Vec<HostPort> { it.find_servers(&domain).await }
    probe_server(request: ServerAddress) -> Probe { it.probe_server(request).await }
    browse_bases(account: Option<String>) -> Vec<Node> { it.browse_bases(account.as_deref()).await }
    browse_units(account: Option<String>, query: BrowseQuery) -> Vec<Node> { it.browse_units(account.as_deref(), &query).await }
    browse_groups(account: Option<String>, query: BrowseQuery) -> Vec<Node> { it.browse_groups(account.as_deref(), &query).await }
    mappings() -> Vec<Mapping> { it.mappings() }
    mapping(name: String) -> Mapping { it.mapping(&name) }
    apply_mapping(text: String) -> Mapping { it.apply_mapping(&text).await }
    check_mapping(text: String) -> Mapping { it.check_mapping(&text).await }
    put_mapping(mapping: Mapping) -> Mapping { it.put_mapping(mapping).await }
    remove_mapping(name: String) -> () { it.remove_mapping(&name).await }
    move_mapping(name: String, position: usize) -> Vec<Mapping> { it.move_mapping(&name, position).await }
    mappings_text() -> String { it.export_mappings() }
    compile_filter(request: FilterRequest) -> CompiledFilter { it.compile_filter(&request) }
    count_people(mapping: Mapping) -> PeopleCount { it.count_people(&mapping).await }
    sign_in(user: String, password: HandedOver) -> SignInAnswer { it.sign_in(&user.parse()?, &password.0).await }
    journal(query: JournalQuery) -> Vec<JournalEntry> { it.journal(&query) }
    settings() -> SettingsView { it.rules() }
    settings_text() -> String { it.export_settings().await }
    import_settings(text: String, replace: bool) -> Imported { it.import_settings(&text, replace).await }
    change_settings(patch: SettingsPatch) -> SettingsView { it.change_rules(patch).await }
    draft() -> Option<Value> { Ok(it.draft()) }
    save_draft(draft: Value) -> () { it.save_draft(&draft) }
    clear_draft() -> () { it.clear_draft() }
    update() -> UpdateView { it.update().await }
    check_update() -> UpdateView { it.check_update().await }
    install_update() -> UpdateView { it.install_update().await }
    diagnose() -> Value { it.diagnose().await }
    support_bundle() -> String { it.support_bundle().await }
}
