//! Whom a mapping leaves out and adds by name: imports, look-ups, sign-ins and proofs say the same, and what the directory
//! does not tell lets nobody in and puts nobody out.

use connector_directory::{DirectoryClient, Limits};
use connector_model::{
    Code, Criterion, Dn, Error, Identity, Judgement, Mapping, PeopleSearch, Person, ScopeRef,
    Secret,
};
use sandbox_directory::{DirectoryOptions, DirectoryServer, Face};
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;
use tokio::sync::mpsc;

struct Company {
    server: DirectoryServer,
    client: DirectoryClient,
    face: Face,
}

impl Company {
    async fn start(face: Face) -> Self {
        let options = DirectoryOptions { face, people: 60, ..DirectoryOptions::default() };
        let server = DirectoryServer::start(options).await.unwrap();
        let (name, password) = face.reader();
        let json = serde_json::json!({ "name": "corp", "servers": [server.ldaps_addr()],
            "security": "ldaps", "ca_pem": server.ca_pem(), "bind_name": name });
        let account = serde_json::from_value(json).unwrap();
        // Members are asked for anew: the tests change them.
        let limits =
            Limits { members: Duration::ZERO, no_member: Duration::ZERO, ..Limits::default() };
        let client = DirectoryClient::new(account, Secret::new(password), limits).unwrap();
        Self { server, client, face }
    }

    fn group(&self, name: &str) -> String {
        let ou = if self.face == Face::ActiveDirectory { "OU" } else { "ou" };
        let cn = if self.face == Face::ActiveDirectory { "CN" } else { "cn" };
        format!("{cn}={name},{ou}=groups,{}", self.face.suffix())
    }

    fn mapping(&self, more: &str) -> Mapping {
        let base = self.face.suffix();
        toml::from_str(&format!("name='m'\naccount='corp'\nbase_dn='{base}'\n{more}")).unwrap()
    }

    async fn read(&self, mapping: &Mapping) -> Result<BTreeSet<String>, Error> {
        let (pages, mut arriving) = mpsc::channel::<Vec<Person>>(100);
        self.client.read_people(mapping, pages).await?;
        let mut all = vec![];
        while let Some(page) = arriving.recv().await {
            all.extend(page.into_iter().map(|person| person.login.unwrap()));
        }
        let once: BTreeSet<String> = all.iter().cloned().collect();
        assert_eq!(once.len(), all.len(), "somebody was read twice");
        Ok(once)
    }

    async fn person(&self, login: &str) -> Person {
        let base = Dn::from_server(self.face.suffix());
        self.client.find_anywhere(&base, &login.parse().unwrap()).await.unwrap().remove(0)
    }

    /// What every way of asking says of somebody: they have to agree.
    async fn judged(&self, mapping: &Mapping, login: &str) -> Judgement {
        let who = [self.person(login).await.identity];
        let judged = self.client.judge(mapping, &who).await.unwrap().remove(0).1;
        let read = self.read(mapping).await;
        let found = self.client.find_in_scope(mapping, &who).await;
        let named = self.client.find_in_mapping(mapping, &login.parse().unwrap()).await;
        if let (Ok(read), Ok(found), Ok(named)) = (read, found, named) {
            let all = [read.contains(login), !found.is_empty(), !named.is_empty()];
            assert_eq!(all, [judged == Judgement::Meets; 3], "{login}: {judged:?}");
        }
        judged
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_left_out_is_out_and_whoever_is_added_is_in_by_every_question() {
    for face in [Face::OpenLdap, Face::ActiveDirectory] {
        let company = Company::start(face).await;
        let all = company.read(&company.mapping("")).await.unwrap();
        let pilots = company.group("pilots");
        let members =
            company.read(&company.mapping(&format!("groups=['{pilots}']"))).await.unwrap();
        assert!(!members.is_empty() && members.contains("u0000003"), "{face:?}");

        let without = company.mapping(&format!("exclude_groups=['{pilots}']"));
        let left = company.read(&without).await.unwrap();
        assert_eq!(left, all.difference(&members).cloned().collect(), "{face:?}");
        let out = Judgement::Fails(Criterion::ExcludedGroups);
        assert_eq!(company.judged(&without, "u0000003").await, out);
        assert_eq!(company.judged(&without, "u0000033").await, Judgement::Meets);

        let nested = format!("exclude_groups=['{}']\nnested_groups=true", company.group("level1"));
        assert_eq!(company.judged(&company.mapping(&nested), "u0000021").await, out);
        assert_eq!(company.judged(&company.mapping(&nested), "u0000055").await, Judgement::Meets);

        let unit = company.person("u0000005").await.dn.parent().unwrap();
        let units = company.mapping(&format!("exclude_units=['{unit}']"));
        let out = Judgement::Fails(Criterion::ExcludedUnits);
        assert_eq!(company.judged(&units, "u0000005").await, out, "{face:?}");

        // One by one: by user name, by DN, by identity. Whoever is left out is out although they are added.
        let outsider = company.person("u0000033").await;
        let added = format!(
            "groups=['{pilots}']\ninclude_people=['u0000033', '{}']",
            company.person("u0000034").await.dn
        );
        assert_eq!(company.judged(&company.mapping(&added), "u0000033").await, Judgement::Meets);
        assert_eq!(company.judged(&company.mapping(&added), "u0000034").await, Judgement::Meets);
        assert_eq!(
            company.judged(&company.mapping(&added), "u0000035").await,
            Judgement::Fails(Criterion::Groups)
        );
        assert_eq!(company.read(&company.mapping(&added)).await.unwrap().len(), members.len() + 2);
        let member = format!("groups=['{pilots}']\ninclude_people=['u0000003']");
        assert_eq!(company.read(&company.mapping(&member)).await.unwrap(), members, "{face:?}");
        let both = format!("{added}\nexclude_people=['{}']", outsider.identity);
        let out = Judgement::Fails(Criterion::ExcludedPeople);
        assert_eq!(company.judged(&company.mapping(&both), "u0000033").await, out);
        let both = format!("{added}\nexclude_units=['{}']", outsider.dn.parent().unwrap());
        let out = Judgement::Fails(Criterion::ExcludedUnits);
        assert_eq!(company.judged(&company.mapping(&both), "u0000033").await, out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_out_and_cannot_be_told_lets_nobody_in_and_puts_nobody_out() {
    for face in [Face::OpenLdap, Face::ActiveDirectory] {
        let company = Company::start(face).await;
        // Gone: by identity it follows a new name, and without it nobody is read.
        let known = ScopeRef { identity: None, dn: Some(company.group("pilots").parse().unwrap()) };
        let node = company.client.chosen_group(&known).await.unwrap();
        let chosen =
            ScopeRef { identity: node.identity, dn: Some("CN=former,DC=x".parse().unwrap()) };
        let mut mapping = company.mapping("");
        mapping.exclude_groups = vec![chosen.clone()];
        let out = Judgement::Fails(Criterion::ExcludedGroups);
        assert_eq!(company.judged(&mapping, "u0000003").await, out);
        let gone = ScopeRef {
            identity: Some(Identity::from_text("0b0b0b0b-0000-4000-8000-0000000000ff")),
            ..chosen
        };
        for field in ["exclude_groups", "exclude_units"] {
            let mut mapping = company.mapping("");
            let list = if field == "exclude_groups" {
                &mut mapping.exclude_groups
            } else {
                &mut mapping.exclude_units
            };
            list.push(gone.clone());
            let error = company.read(&mapping).await.unwrap_err();
            assert_eq!((error.code, error.field.as_deref()), (Code::ScopeMissing, Some(field)));
            let judged = company.judged(&mapping, "u0000033").await;
            assert!(matches!(judged, Judgement::Undecided(_)), "{judged:?}");
            let name = "u0000033".parse().unwrap();
            assert!(company.client.find_in_mapping(&mapping, &name).await.is_err());
        }
        // One that has no members leaves nobody out.
        let empty = company.mapping(&format!("exclude_groups=['{}']", company.group("empty")));
        assert_eq!(company.judged(&empty, "u0000003").await, Judgement::Meets, "{face:?}");
        // Members that cannot be read.
        company.server.faults().set_two_valued(face == Face::ActiveDirectory);
        let groups: Vec<String> = company.server.modify(|tree| {
            let all = tree.iter().map(|e| e.dn.clone());
            all.filter(|dn| dn.to_lowercase().contains("ou=groups")).collect()
        });
        for group in groups {
            company.server.faults().hide(&group, "member");
        }
        let pilots = company.mapping(&format!("exclude_groups=['{}']", company.group("pilots")));
        let error = company.read(&pilots).await.unwrap_err();
        assert_eq!(
            (error.code, error.field.as_deref()),
            (Code::GroupNotListed, Some("exclude_groups"))
        );
        let undecided = Judgement::Undecided(Criterion::ExcludedGroups);
        assert_eq!(company.judged(&pilots, "u0000033").await, undecided, "{face:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_membership_on_active_directory_lets_nobody_in() {
    let company = Company::start(Face::ActiveDirectory).await;
    let pilots = company.mapping(&format!("exclude_groups=['{}']", company.group("pilots")));
    let member = company.person("u0000003").await;
    company.server.faults().set_two_valued(true);
    company.server.faults().hide(member.dn.as_str(), "memberOf");
    let undecided = Judgement::Undecided(Criterion::ExcludedGroups);
    assert_eq!(company.judged(&pilots, "u0000003").await, undecided);
    let primary = company.person("u0000034").await;
    company.server.faults().hide(primary.dn.as_str(), "primaryGroupID");
    assert_eq!(company.judged(&pilots, "u0000034").await, undecided);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_to_be_named_and_a_name_means_one_person() {
    let company = Company::start(Face::OpenLdap).await;
    let base = Dn::from_server(company.face.suffix());
    let one = company.person("u0000033").await;
    let named = |text: &str| {
        company.mapping(&format!("exclude_people=['{text}']")).exclude_people.remove(0)
    };
    for text in ["u0000033", one.email.as_deref().unwrap(), one.dn.as_str(), one.identity.as_str()]
    {
        let found = company.client.chosen_person(&base, &named(text)).await.unwrap();
        assert_eq!(
            found,
            ScopeRef { identity: Some(one.identity.clone()), dn: Some(one.dn.clone()) }
        );
    }
    for text in ["nobody", company.group("pilots").as_str()] {
        let error = company.client.chosen_person(&base, &named(text)).await.unwrap_err();
        assert_eq!(error.code, Code::ScopeMissing, "{text}");
    }
    let search = PeopleSearch { search: Some("u000003".into()), ..PeopleSearch::default() };
    let found = company.client.search_people(&search).await.unwrap();
    assert_eq!(found.len(), 10);
    assert!(found.iter().all(|one| !one.name.is_empty() && one.user_name.is_some()));
    let chosen = Some(vec![one.identity.clone(), Identity::from_text("x")]);
    let search = PeopleSearch { chosen, ..PeopleSearch::default() };
    let found = company.client.search_people(&search).await.unwrap();
    assert_eq!((found.len(), &found[0].dn, &found[0].email), (1, &one.dn, &one.email));
}

/// A choice among some, from the digits of a number.
fn some<'a>(number: &mut usize, all: &[&'a String]) -> Vec<&'a String> {
    let chosen = all.iter().enumerate().filter(|(place, _)| *number >> place & 1 == 1);
    let chosen = chosen.map(|(_, one)| *one).collect();
    *number >>= all.len();
    chosen
}

/// Left out beats added, added beats the criteria, whatever the mapping.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_beats_what_is_added_and_that_the_criteria_in_any_mapping() {
    for face in [Face::OpenLdap, Face::ActiveDirectory] {
        let company = Company::start(face).await;
        let all = company.read(&company.mapping("")).await.unwrap();
        let unit = |login: &'static str| async {
            company.person(login).await.dn.parent().unwrap().to_string()
        };
        let units = [unit("u0000005").await, unit("u0000006").await];
        let groups = [company.group("pilots"), company.group("level1")];
        let people = ["u0000003", "u0000005", "u0000033"].map(str::to_owned);
        let (units, groups) = (units.each_ref(), groups.each_ref());
        let people = people.each_ref();
        let mut members: HashMap<&String, BTreeSet<String>> = HashMap::new();
        for (kind, list) in [("units", units), ("groups", groups)] {
            for one in list {
                let mapping = company.mapping(&format!("{kind}=['{one}']"));
                members.insert(one, company.read(&mapping).await.unwrap());
            }
        }
        let of = |chosen: &[&String]| -> BTreeSet<String> {
            chosen.iter().flat_map(|one| members[one].iter().cloned()).collect()
        };
        let who: Vec<Identity> = {
            let mut who = vec![];
            for login in &all {
                who.push(company.person(login).await.identity);
            }
            who
        };
        for seed in 0..16usize {
            let mut number = seed.wrapping_mul(2_654_435_761) >> 7;
            let (u, g) = (some(&mut number, &units), some(&mut number, &groups));
            let (no_u, no_g) = (some(&mut number, &units[..1]), some(&mut number, &groups));
            let (add, out) = (some(&mut number, &people), some(&mut number, &people));
            let text = format!(
                "units={u:?}\ngroups={g:?}\nexclude_units={no_u:?}\nexclude_groups={no_g:?}\n\
                 include_people={add:?}\nexclude_people={out:?}"
            );
            let mut expected = all.clone();
            for list in [&u, &g].into_iter().filter(|list| !list.is_empty()) {
                expected = expected.intersection(&of(list)).cloned().collect();
            }
            expected.extend(add.into_iter().cloned());
            let gone: BTreeSet<String> =
                of(&no_u).into_iter().chain(of(&no_g)).chain(out.into_iter().cloned()).collect();
            expected.retain(|login| !gone.contains(login));
            let mapping = company.mapping(&text);
            assert_eq!(company.read(&mapping).await.unwrap(), expected, "{text}");
            let judged = company.client.judge(&mapping, &who).await.unwrap();
            let met = judged.iter().filter(|(_, judgement)| *judgement == Judgement::Meets);
            let met: BTreeSet<String> = met.map(|(p, _)| p.login.clone().unwrap()).collect();
            assert_eq!(met, expected, "{text}");
            assert!(judged.iter().all(|(_, j)| !matches!(j, Judgement::Undecided(_))), "{text}");
        }
    }
}
