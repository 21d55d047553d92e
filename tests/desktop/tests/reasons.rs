//! Why somebody is not in the cloud, or cannot sign in: the true reason within three actions from any screen, and by one
//! command, against a real domain controller.

use desktop::prepared::{prepare, run};
use desktop::{Desk, Hands, Way};
use journeys::connector::Answer;
use journeys::process::wait_for;
use journeys::{Cloud, journey};
use serde_json::{Value, json};
use servers::{SambaAd, company, samba_people};
use std::time::Duration;

/// Somebody with whom something is not right.
struct Odd {
    user: String,
    /// How the window and the command say they stand; nothing where nobody has that name.
    standing: Option<&'static str>,
    /// The true reason, as people read it.
    why: Vec<&'static str>,
}

/// Six with a reason of their own, and one whom the cloud refuses.
fn odd_people(refused: &str, duplicate: &str) -> Vec<Odd> {
    let odd = |user: &str, standing, why: &[&'static str]| Odd {
        user: user.to_owned(),
        standing,
        why: why.to_vec(),
    };
    vec![
        odd("disabled", Some("skipped"), &["Disabled in the directory."]),
        odd("nomail1", Some("skipped"), &["Has no e-mail address in the directory."]),
        odd(duplicate, Some("skipped"), &["Has the same e-mail address as CN=dup"]),
        odd("u0000002", Some("not_covered"), &["OU=dept02", "outside the mapping's"]),
        odd("locked", Some("active"), &["Account locked"]),
        odd("nobody.at.all", None, &["Nobody is named \"nobody.at.all\" in any directory"]),
        odd(refused, Some("refused"), &["The cloud refused this person the last time:"]),
    ]
}

/// What the preview says of one person.
fn planned(desk: &Desk, dn: &str) -> Value {
    let preview = Answer::of(desk.command_line(&["--json", "preview", "People"]), "").ok().json();
    let people = preview["people"].as_array().unwrap();
    people.iter().find(|one| one["dn"] == dn).unwrap_or_else(|| panic!("no {dn}")).clone()
}

fn explained_by_one_command(desk: &Desk, odd: &Odd) {
    let told = Answer::of(desk.command_line(&["--json", "explain", &odd.user]), "").json();
    let standing = told["people"][0]["standing"].as_str();
    assert_eq!(standing, odd.standing, "{}: {told}", odd.user);
    let printed = Answer::of(desk.command_line(&["explain", &odd.user]), "").out;
    for why in &odd.why {
        assert!(printed.contains(why), "{}: {printed}", odd.user);
    }
}

/// The three actions: Ctrl+K, a name, Enter. They begin on `screen`.
async fn explained_in_the_window(hands: &Hands, screen: &str, odd: &Odd) {
    hands.trigger(screen).await;
    let there =
        format!("return document.querySelector('main h1')?.textContent === {}", json!(screen));
    hands.until(screen, &there).await;
    hands.with_control("k").await;
    hands.keys(&odd.user).await;
    let first = "const one = document.querySelector('.header [role=listbox] [role=option]'); return one !== null && document.activeElement?.getAttribute('aria-activedescendant') === one.id";
    hands.until("something found", first).await;
    hands.enter().await;
    let drawer = "document.querySelector('[role=dialog]')?.innerText ?? ''";
    for why in &odd.why {
        hands
            .until(
                &format!("{}: \"{why}\" beside {screen}", odd.user),
                &format!("return ({drawer}).includes({})", json!(why)),
            )
            .await;
    }
    hands.picture(&format!("reason-{}", odd.user)).await;
    hands.trigger("Close").await;
    hands.until("the list", "return document.querySelector('[role=dialog]') === null").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_true_reason_is_three_actions_or_one_command_away() {
    let server = SambaAd::start().unwrap();
    let (company, cloud) = (company::samba(&server), Cloud::start());
    let desk = Desk::with_screen("1440x900");
    prepare(&desk, &company, &cloud);
    let units = json!([samba_people::QUIRKS_DN, format!("OU=dept01,{}", samba_people::PEOPLE_DN)]);
    let file = desk.user_folder().join("people.toml");
    let mapping = journey::mapping("People", &company.base_dn, &format!("units = {units}"));
    std::fs::write(&file, mapping).unwrap();
    run(&desk, &["mapping", "apply", &file.to_string_lossy()], "");
    // Somebody in the cloud has a name that belongs to one of them.
    let taken = planned(&desk, &samba_people::person_dn(21))["user_name"].clone();
    let user = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": taken,
        "externalId": "somebody-else", "active": true, "emails": [{ "value": "other@elsewhere.example", "primary": true }] });
    let (status, answer) = cloud.scim("POST", "Users", Some(user));
    assert_eq!(status, 201, "{answer}");

    let hands = Hands::open(&desk, Way::Mouse).await;
    wait_for("the session", Duration::from_secs(60), || cloud.connected().then_some(()));
    let record: Value = cloud.sync("People");
    assert_eq!(record["refused"], json!(1), "{record}");
    assert_eq!(cloud.sign_in("locked", samba_people::PASSWORD).1, "locked");
    // Of two with one address the first is imported; which one that is, the directory's identities decide.
    let is_out = |name: &&str| {
        let dn = format!("CN={name},{}", samba_people::QUIRKS_DN);
        planned(&desk, &dn)["reason_kind"] == "same_email"
    };
    let duplicate = ["dup1", "dup2"].into_iter().find(is_out).unwrap();
    let screens =
        ["Overview", "People", "Imports", "Sign-ins", "Mappings", "Diagnostics", "Settings"];
    for (odd, screen) in odd_people(taken.as_str().unwrap(), duplicate).iter().zip(screens) {
        explained_by_one_command(&desk, odd);
        explained_in_the_window(&hands, screen, odd).await;
    }
    hands.close().await;
}
