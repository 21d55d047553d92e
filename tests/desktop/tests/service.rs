//! The window of a service: another account, another keychain, the same five steps. What is entered is the service's alone.
//! Needs the right to start programs under other accounts; `make test` says when it was left out for lack of it.

use desktop::wizard::{Scope, finish_with_service};
use desktop::{Desk, Hands, Way};
use journeys::service::{Account, ServiceHome, as_account, is_root};
use journeys::{Cloud, SampleCompany};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;
use zbus::zvariant::OwnedObjectPath;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_entered_in_the_window_is_the_services() {
    if !is_root() {
        return;
    }
    let (sample, cloud, host) =
        (SampleCompany::start("ad", 60), Cloud::start(), ServiceHome::new());
    let company = &sample.company;
    let service = host.account.clone();
    let engine = host.start();
    let desk = Desk::new().working_on(host.home());
    let hands = Hands::open(&desk, Way::Mouse).await;
    hands.see("The service runs the connector; this window shows it.").await;
    finish_with_service(&hands, company, &cloud, &Scope { units: &[], group: None }).await;
    hands.see("people imported").await;
    hands.picture("service-overview").await;
    assert!(cloud.users().len() >= 50);

    // An engine that hangs: the window says so, and shows nothing that may no longer hold.
    engine.signal("-STOP");
    // What is asked for beside the status may say so a moment earlier.
    let said = "const page = document.body.innerText;
        return page.includes('The connector runs, but it does not answer.') && !page.includes('people imported')";
    hands.until("that it does not answer, and nothing else", said).await;
    hands.picture("service-hangs").await;
    engine.signal("-CONT");
    hands.see("people imported").await;

    // The service uses what was entered, with the window and without it.
    let (user, password) = &company.right;
    assert_eq!(cloud.sign_in(user, password).1, "ok");
    hands.close().await;
    assert_eq!(cloud.sign_in(user, password).1, "ok");

    // Nothing went to the keychain of the window's account; what the service keeps, nobody else can read.
    assert_eq!(kept_in_the_keychain(&desk).await, 0);
    let member = Account(service.0 + 1, service.1 + 1, vec![service.1]);
    let stranger = Account(service.0 + 2, service.1 + 2, vec![]);
    let mut read_by_the_service = 0;
    for entry in fs::read_dir(host.home()).unwrap().flatten() {
        let found = entry.metadata().unwrap();
        if !found.is_file() || found.len() == 0 {
            continue;
        }
        assert_eq!(found.uid(), service.0, "{entry:?}");
        for (account, may) in [(&member, false), (&stranger, false), (&service, true)] {
            let read = as_account(account).arg("cat").arg(entry.path()).output().unwrap();
            assert_eq!(read.status.success(), may, "{entry:?} by {account:?}");
        }
        read_by_the_service += 1;
        let content = fs::read(entry.path()).unwrap();
        let secret = company.bind_password.as_bytes();
        assert!(!content.windows(secret.len()).any(|part| part == secret), "{entry:?}");
    }
    assert!(read_by_the_service >= 3, "settings, people, secrets");

    // No second engine for the home, by either account.
    assert_eq!(host.json(None, &["run"], "").error_code(), "service_forbidden");
    let mut second = host.command(Some(&service), &["--json", "run"]);
    second.env("CREDENTIALS_DIRECTORY", host.folder.path().join("credentials"));
    let second = second.output().unwrap();
    assert!(String::from_utf8_lossy(&second.stdout).contains("home_locked"), "{second:?}");
    assert_eq!(engine.stop(Duration::from_secs(20)), Some(0));
}

/// How many secrets the keychain of this desk has (the Secret Service's default collection).
async fn kept_in_the_keychain(desk: &Desk) -> usize {
    let bus = zbus::connection::Builder::address(desk.bus().as_str()).unwrap();
    let bus = bus.build().await.unwrap();
    let (name, path) = ("org.freedesktop.secrets", "/org/freedesktop/secrets/aliases/default");
    let collection = zbus::Proxy::new(&bus, name, path, "org.freedesktop.Secret.Collection");
    let items: Vec<OwnedObjectPath> =
        collection.await.unwrap().get_property("Items").await.unwrap();
    items.len()
}
