//! What is known of attributes: how values compare, what is operational, what the global catalog holds.

use super::tree::Tree;
use connector_model::Dn;

/// How the values of an attribute compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Text,
    Dn,
    Integer,
    Binary,
}

pub(super) fn syntax(name: &str) -> Syntax {
    match name.to_ascii_lowercase().as_str() {
        "member" | "memberof" | "uniquemember" | "manager" | "objectcategory"
        | "distinguishedname" => Syntax::Dn,
        "objectguid" | "objectsid" | "logonhours" | "userpassword" => Syntax::Binary,
        "useraccountcontrol"
        | "primarygroupid"
        | "accountexpires"
        | "pwdlastset"
        | "usnchanged"
        | "grouptype"
        | "samaccounttype"
        | "uidnumber"
        | "gidnumber"
        | "msds-user-account-control-computed" => Syntax::Integer,
        _ => Syntax::Text,
    }
}

/// The form in which two equal values are the same bytes.
pub(super) fn normal(name: &str, value: &[u8]) -> Vec<u8> {
    match syntax(name) {
        Syntax::Binary => value.to_vec(),
        Syntax::Integer => String::from_utf8_lossy(value).trim().as_bytes().to_vec(),
        Syntax::Dn => match String::from_utf8_lossy(value).into_owned() {
            text if text.contains('=') => Dn::from_server(text).key().into_bytes(),
            text => text.to_lowercase().into_bytes(),
        },
        Syntax::Text => match std::str::from_utf8(value) {
            Ok(text) => text
                .to_lowercase()
                .split(' ')
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
                .into_bytes(),
            Err(_) => value.to_vec(),
        },
    }
}

/// Attributes that the server knows although no entry may have them.
pub(super) fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 20] = [
        "objectclass",
        "ref",
        "member",
        "uniquemember",
        "memberuid",
        "memberof",
        "co",
        "departmentnumber",
        "employeetype",
        "isdeleted",
        "modifytimestamp",
        "nsaccountlock",
        "ou",
        "cn",
        "o",
        "showinadvancedviewonly",
        "usnchanged",
        "displayname",
        "uidnumber",
        "title",
    ];
    KNOWN.contains(&name)
}

/// The subschema (RFC 4512, 4.2) of what a directory holds; object identifiers are made up.
pub(super) fn describe(tree: &Tree) -> Vec<Vec<u8>> {
    let names = tree.attribute_names().iter().filter(|name| !name.contains(';'));
    let line = |(at, name): (usize, &String)| format!("( 1.1.{at} NAME '{name}' )").into_bytes();
    names.enumerate().map(line).collect()
}

/// Attributes that can be searched without looking at every entry.
pub(super) const INDEXED: [&str; 10] = [
    "uid",
    "mail",
    "samaccountname",
    "userprincipalname",
    "entryuuid",
    "objectguid",
    "member",
    "uniquemember",
    "memberof",
    "primarygroupid",
];

/// Sent only when asked for by name or by `+`, as slapd does.
pub(super) fn is_operational(name: &str) -> bool {
    [
        "entryuuid",
        "entrycsn",
        "modifytimestamp",
        "createtimestamp",
        "memberof",
        "structuralobjectclass",
    ]
    .contains(&name.to_ascii_lowercase().as_str())
}

/// The partial attribute set: what a global catalog knows of every domain.
pub(super) fn in_global_catalog(name: &str) -> bool {
    let known = [
        "objectclass",
        "objectcategory",
        "objectguid",
        "objectsid",
        "cn",
        "ou",
        "name",
        "samaccountname",
        "userprincipalname",
        "displayname",
        "givenname",
        "sn",
        "mail",
        "useraccountcontrol",
        "primarygroupid",
        "member",
        "grouptype",
        "samaccounttype",
        "usnchanged",
        "distinguishedname",
        "dc",
        "ncname",
        "dnsroot",
        "systemflags",
    ];
    let base = name.split(';').next().unwrap_or(name).to_ascii_lowercase();
    known.contains(&base.as_str())
}
