//! A group in a group that cannot be seen may have anybody: nobody is proven to have left.

use crate::faults::Imported;
use serde_json::json;
use servers::{Slapd, SlapdOptions, company, ldapmodify, ldif};

const PEOPLE: usize = 40;

fn group(name: &str) -> String {
    format!("cn={name},ou=crews,{}", ldif::BASE_DN)
}

fn edit(server: &Slapd, text: &str) {
    ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
}

fn make(server: &Slapd, name: &str, members: impl Iterator<Item = String>) {
    let members: Vec<String> = members.map(|dn| format!("member: {dn}\n")).collect();
    edit(
        server,
        &format!(
            "dn: {}\nchangetype: add\nobjectClass: groupOfNames\ncn: {name}\n{}",
            group(name),
            members.concat()
        ),
    );
}

#[test]
fn a_group_in_a_group_is_out_of_sight_unreadable_or_named_and_not_there() {
    let options = SlapdOptions { people: PEOPLE, quirks: false, ..SlapdOptions::default() };
    let mut server = Slapd::start(&options).unwrap();
    edit(
        &server,
        &format!(
            "dn: ou=crews,{}\nchangetype: add\nobjectClass: organizationalUnit\nou: crews\n",
            ldif::BASE_DN
        ),
    );
    make(&server, "crew", (11..14).map(ldif::person_dn));
    // Of somebody who was deleted the server still has the name; that is no group out of sight.
    let gone = format!("uid=gone,ou=dept01,ou=people,{}", ldif::BASE_DN);
    make(&server, "top", (1..11).map(ldif::person_dn).chain([group("crew"), gone]));
    let scope = format!("groups = [\"{}\"]\nnested_groups = true", group("top"));
    let site = Imported::of(&company::slapd(&server, PEOPLE), &scope);
    assert_eq!(site.before, 13);

    let first = "access to attrs=userPassword";
    let crew = group("crew");
    for hidden in [
        format!("access to dn.exact=\"{crew}\" by * none\n"),
        format!("access to dn.exact=\"{crew}\" attrs=member by * search\n"),
        format!("access to dn.exact=\"{crew}\" attrs=member by * none\n"),
    ] {
        server.reconfigure(|conf| conf.replacen(first, &format!("{hidden}{first}"), 1)).unwrap();
        site.assert_held(3, "undecided", "groups");
        server.reconfigure(|conf| conf.replacen(&hidden, "", 1)).unwrap();
        assert_eq!(site.sync()["counts"]["unchanged"], json!(13));
    }
    // As a server leaves it that does not follow names, when the inner group is renamed.
    let ghost = group("ghost");
    let top = format!("dn: {}\nchangetype: modify\n", group("top"));
    edit(
        &server,
        &format!("{top}delete: member\nmember: {crew}\n-\nadd: member\nmember: {ghost}\n"),
    );
    site.assert_held(3, "undecided", "groups");
    // Once nothing unseen is named any more, whoever left has left.
    let ninth = ldif::person_dn(9);
    edit(&server, &format!("{top}delete: member\nmember: {ghost}\nmember: {ninth}\n"));
    let record = site.sync();
    assert_eq!((&record["counts"]["preserve"], &record["counts"]["hold"]), (&json!(4), &json!(0)));
}
