//! What a server says about itself (RFC 4512, 5.1; MS-ADTS 3.1.1.3.2).

use crate::connection::pool::Pool;
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::{Code, Dn, Error, Filter, Result, ServerKind};
use std::time::Duration;

/// The parts of the rootDSE that matter here.
#[derive(Debug, Clone)]
pub(crate) struct RootDse {
    pub kind: ServerKind,
    /// Contexts that may hold people.
    pub bases: Vec<Dn>,
    /// Controls that the server knows.
    pub controls: Vec<String>,
    /// Where AD keeps what is of the whole forest (MS-ADTS 3.1.1.3.2.4).
    pub configuration: Option<Dn>,
    /// Where the server describes its attributes (RFC 4512, 5.1).
    pub subschema: Option<Dn>,
}

const ATTRIBUTES: &[&str] = &[
    "objectClass",
    "namingContexts",
    "defaultNamingContext",
    "rootDomainNamingContext",
    "configurationNamingContext",
    "supportedCapabilities",
    "supportedControl",
    "vendorName",
    "vendorVersion",
    "forestFunctionality",
    "nsslapd-version",
    "structuralObjectClass",
    "configContext",
    "subschemaSubentry",
];

/// `LDAP_CAP_ACTIVE_DIRECTORY_OID` (MS-ADTS 3.1.1.3.4.3.1).
const ACTIVE_DIRECTORY: &str = "1.2.840.113556.1.4.800";

pub(crate) async fn read(pool: &Pool, deadline: Duration) -> Result<RootDse> {
    let root = Dn::from_server("");
    let filter = Filter::present("objectClass");
    let query = Query { base: &root, scope: Scope::Base, filter: &filter, attributes: ATTRIBUTES };
    let found = run::collect(pool, &query, 1, deadline).await?;
    let entry = found.entries.into_iter().next().ok_or_else(|| {
        Error::new(
            Code::ProtocolViolation,
            "The server does not describe itself (it has no rootDSE).",
        )
    })?;
    let controls = entry.texts("supportedControl").collect();
    let subschema = entry.text("subschemaSubentry").map(Dn::from_server);
    let configuration = entry.text("configurationNamingContext").map(Dn::from_server);
    Ok(RootDse { kind: kind(&entry), bases: bases(&entry), controls, configuration, subschema })
}

fn kind(entry: &Entry) -> ServerKind {
    let vendor = entry.text("vendorName").unwrap_or_default().to_lowercase();
    let has_ad = entry.texts("supportedCapabilities").any(|oid| oid == ACTIVE_DIRECTORY);
    let open_ldap =
        entry.texts("objectClass").any(|class| class.eq_ignore_ascii_case("OpenLDAProotDSE"));
    if has_ad && vendor.contains("samba") {
        ServerKind::SambaAd
    } else if has_ad {
        ServerKind::ActiveDirectory
    } else if open_ldap || entry.text("configContext").is_some() {
        ServerKind::OpenLdap
    } else if vendor.contains("389")
        || entry.text("vendorVersion").is_some_and(|v| v.starts_with("389-"))
    {
        ServerKind::Ds389
    } else {
        ServerKind::Ldap
    }
}

fn bases(entry: &Entry) -> Vec<Dn> {
    let default = entry.text("defaultNamingContext").map(Dn::from_server);
    let side = |dn: &Dn| {
        let key = dn.key();
        [
            "cn=configuration",
            "cn=schema",
            "cn=config",
            "cn=monitor",
            "cn=changelog",
            "cn=accesslog",
            "o=netscaperoot",
            "dc=domaindnszones",
            "dc=forestdnszones",
        ]
        .iter()
        .any(|start| key.starts_with(start))
    };
    let mut bases: Vec<Dn> = default.into_iter().collect();
    for context in entry.texts("namingContexts").map(Dn::from_server) {
        if !context.is_root() && !side(&context) && bases.iter().all(|b| b.key() != context.key()) {
            bases.push(context);
        }
    }
    bases
}
