//! Every screen on the real engine, in two sizes and two languages: everything can be read to its end, the focus and the
//! title follow, and whoever reads German reads no English, also where something has failed. `SHOTS` keeps pictures.

use desktop::prepared::{prepare, run};
use desktop::walk::{SCREENS, english, faults, go, resize, speak};
use desktop::{Desk, Hands, Way};
use journeys::process::wait_for;
use journeys::{Cloud, Company, SampleCompany, journey};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

const SIZES: [(u32, u32); 2] = [(1440, 900), (1024, 700)];
const PATIENCE: Duration = Duration::from_secs(60);

/// A registered connector on which things have happened: imports, sign-ins, look-ups of a mass deployment, and a list of
/// people that waits.
fn lived_in(desk: &Desk, company: &Company, cloud: &Cloud) {
    apply(desk, company, "mass_deployment = true");
    cloud.sync("People");
    let (user, password) = &company.right;
    for _ in 0..12 {
        assert_eq!(cloud.sign_in(user, password).1, "ok");
    }
    cloud.sign_in(user, "not-the-password");
    for (user, password, _, outside) in &company.refused {
        assert_eq!(cloud.sign_in(user, password).1, *outside);
    }
    journey::activate(cloud, company);
    apply(desk, company, "mass_deployment = true\ncountry = \"DE\"");
    let record = cloud.sync("People");
    assert!(record["awaiting_approval"][0]["people"].as_u64().is_some_and(|n| n > 100), "{record}");
}

fn apply(desk: &Desk, company: &Company, more: &str) {
    let file = desk.user_folder().join("people.toml");
    std::fs::write(&file, journey::mapping("People", &company.base_dn, more)).unwrap();
    run(desk, &["mapping", "apply", &file.to_string_lossy()], "");
}

/// Every address that leads to a screen or to a part of one.
fn addresses(desk: &Desk, user: &str) -> Vec<(String, String)> {
    let runs: Value = serde_json::from_str(&run(desk, &["--json", "imports"], "")).unwrap();
    let newest = runs[0]["id"].to_string();
    let parts = [
        ("import", format!("imports/{newest}")),
        ("approval", "imports/waiting/People/deactivate".to_owned()),
        ("person", format!("people/{user}")),
        ("mapping", "mappings/People".to_owned()),
    ];
    let screens = SCREENS.iter().map(|name| ((*name).to_owned(), (*name).to_owned()));
    screens.chain(parts.map(|(name, address)| (name.to_owned(), address))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_of_the_real_engine_can_be_read_in_two_sizes_and_languages() {
    let sample = SampleCompany::start("ad", 2_000);
    let (cloud, desk) = (Cloud::start(), Desk::with_screen("1480x980"));
    prepare(&desk, &sample.company, &cloud);
    let hands = Hands::open(&desk, Way::Mouse).await;
    wait_for("the session", PATIENCE, || cloud.connected().then_some(()));
    lived_in(&desk, &sample.company, &cloud);
    let user = sample.company.right.0.rsplit('\\').next().unwrap().to_owned();
    let addresses = addresses(&desk, &user);
    let mut found = vec![];
    for language in ["en", "de"] {
        speak(&hands, language).await;
        assert_eq!(
            english(&hands).await.is_empty(),
            language == "de",
            "English is found where it is"
        );
        for (width, height) in SIZES {
            resize(&desk, &hands, width, height).await;
            let mut titles = BTreeSet::new();
            for (name, address) in &addresses {
                go(&hands, address).await;
                hands.picture(&format!("{language}-{width}-{name}")).await;
                let here = format!("{language} {width} {name}");
                found.extend(faults(&hands, language).await.iter().map(|f| format!("{here}: {f}")));
                if SCREENS.contains(&name.as_str()) {
                    titles.insert(hands.ask("return document.title", vec![]).await.to_string());
                }
            }
            assert_eq!(
                titles.len(),
                SCREENS.len(),
                "each screen has a title of its own: {titles:?}"
            );
        }
    }
    // The directory is gone: alerts, errors and checks say so in German as well.
    drop(sample);
    for _ in 0..2 {
        cloud.admin("POST", "mappings/People/sync", Some(json!({})));
    }
    for name in ["overview", "accounts", "imports", "mappings", "diagnostics"] {
        go(&hands, name).await;
        if name == "diagnostics" {
            hands.trigger("Prüfungen starten").await;
            hands.see("fehlgeschlagen").await;
        }
        hands.picture(&format!("de-away-{name}")).await;
        found.extend(english(&hands).await.iter().map(|f| format!("away {name}: {f}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    hands.close().await;
}
