//! The sample company: units, groups and people, the same at every start.

mod active_directory;
mod names;
mod open_ldap;

use super::Face;
use super::tree::{Entry, Tree};
use sha2::{Digest, Sha256};

/// Where the server describes its attributes.
pub(super) const SUBSCHEMA: &str = "cn=Subschema";

/// Units, groups without members and the account that reads.
pub(super) fn skeleton(face: Face) -> Tree {
    match face {
        Face::OpenLdap => open_ldap::skeleton(),
        Face::ActiveDirectory => active_directory::skeleton(),
    }
}

/// People and their groups.
pub(super) fn fill(face: Face, people: usize, tree: &mut Tree) {
    match face {
        Face::OpenLdap => open_ldap::fill(people, tree),
        Face::ActiveDirectory => active_directory::fill(people, tree),
    }
}

/// What the server says about itself.
pub(super) fn root_dse(face: Face) -> Entry {
    match face {
        Face::OpenLdap => open_ldap::root_dse(),
        Face::ActiveDirectory => active_directory::root_dse(),
    }
}

/// Where AD sends a client that searches from the domain's root.
pub(super) fn side_partitions() -> Vec<String> {
    let suffix = Face::ActiveDirectory.suffix();
    vec![
        format!("ldap://ForestDnsZones.corp.example.com/DC=ForestDnsZones,{suffix}"),
        format!("ldap://DomainDnsZones.corp.example.com/DC=DomainDnsZones,{suffix}"),
        format!("ldap://corp.example.com/CN=Configuration,{suffix}"),
    ]
}

/// 16 bytes that are always the same for one name.
fn guid(seed: &str) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(seed.as_bytes())[..16]);
    bytes
}

/// A UUID as text that is always the same for one name.
pub(super) fn uuid_text(seed: &str) -> String {
    uuid::Builder::from_random_bytes(guid(seed)).into_uuid().to_string()
}
