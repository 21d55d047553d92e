//! What the table of use cases makes in this crate: a method of the door for each, and their dispatch by name.

use super::input::taken;
use super::reports::{Forwarding, unheard};
use crate::History;
use crate::door::Door;
use crate::host::Host;
use crate::{
    About, AccountAdded, AccountPatch, AccountView, AwaitingPeople, CheckedMapping, CloudAddress,
    CloudView, CompiledFilter, Deactivation, FilterRequest, Found, ImportProgress, ImportRecord,
    ImportRun, Imported, ImportsQuery, JournalEntry, JournalQuery, Migrated, NewAccount,
    OfferedProxy, PeopleCount, Preview, PreviewReport, Probe, Proposal, ProxyChoice, RegisterCloud,
    RegisterScim, RunPeople, RunPeopleQuery, ServerAddress, ServerCertificates, SettingsPatch,
    SettingsView, SignInAnswer, Status, UpdateView,
};
use connector_engine::Consent;
use connector_engine::told::{Explanation, PeoplePage, PeopleQuery, SignInsPage, SignInsQuery};
use connector_model::{
    ApprovalKind, BrowseQuery, Check, Code, Error, FoundPerson, HostPort, Mapping, Node,
    PeopleSearch, Result, SentSecret,
};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// A use case as front doors know it.
pub struct UseCase {
    /// Its name.
    pub name: &'static str,
    /// Who may call it.
    pub caller: Caller,
}

/// Who may call a use case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(non_camel_case_types, reason = "as the table says it")]
pub enum Caller {
    /// The page of the window, and every program.
    page,
    /// Programs of this machine: command line, window program, tray.
    program,
}

macro_rules! use_cases {
    (|$it:ident, $reports:ident| $($caller:ident $name:ident($($value:ident: $kind:ty),*) -> $answer:ty $(, reports $report:ty)? { $work:expr })+) => {
        /// Every use case, in the order of the table.
        pub const USE_CASES: &[UseCase] =
            &[$(UseCase { name: stringify!($name), caller: Caller::$caller }),+];

        impl Door {
            $(use_cases!(@door |$it, $reports| $name($($value: $kind),*) -> $answer, [$($report)?] { $work });)+
        }

        impl Host {
            /// A use case by its name, with its values as an object; what it reports goes to `told`.
            #[allow(unused_mut, unused_variables, reason = "use cases without values")]
            pub(crate) async fn call(
                &self,
                name: &str,
                mut values: Value,
                told: mpsc::Sender<Value>,
            ) -> Result<Value> {
                let $it = self;
                match name {
                    $(stringify!($name) => {
                        $(let $value: $kind = taken(&mut values, stringify!($value))?;)*
                        // Apart from the others: the largest of them would make every call as large.
                        let work = async { use_cases!(@run |$reports, told| [$($report)?] { $work }) };
                        let answer: Result<$answer> = Box::pin(work).await;
                        Ok(json!(answer?))
                    })+
                    _ => Err(Error::of(Code::UnknownMethod)),
                }
            }
        }
    };
    (@door |$it:ident, $reports:ident| $name:ident($($value:ident: $kind:ty),*) -> $answer:ty, [] { $work:expr }) => {
        #[doc = concat!("The use case `", stringify!($name), "`, here or there.")]
        pub fn $name(&self, $($value: $kind),*) -> BoxFuture<'_, Result<$answer>> {
            match self {
                Self::Here($it) => Box::pin(async move { $work }),
                Self::There(there) => {
                    let values = json!({ $(stringify!($value): $value),* });
                    Box::pin(there.ask(stringify!($name), values, unheard::<()>()))
                }
            }
        }
    };
    (@door |$it:ident, $reports:ident| $name:ident($($value:ident: $kind:ty),*) -> $answer:ty, [$report:ty] { $work:expr }) => {
        #[doc = concat!("The use case `", stringify!($name), "`, here or there.")]
        pub fn $name(&self, $($value: $kind,)* $reports: mpsc::Sender<$report>) -> BoxFuture<'_, Result<$answer>> {
            match self {
                Self::Here($it) => Box::pin(async move { $work }),
                Self::There(there) => {
                    let values = json!({ $(stringify!($value): $value),* });
                    Box::pin(there.ask(stringify!($name), values, $reports))
                }
            }
        }
    };
    (@run |$reports:ident, $told:ident| [] { $work:expr }) => { $work };
    (@run |$reports:ident, $told:ident| [$report:ty] { $work:expr }) => {{
        let ($reports, forwarding) = Forwarding::<$report>::to($told);
        let answer = $work;
        forwarding.end().await;
        answer
    }};
}

include!("table.rs");
