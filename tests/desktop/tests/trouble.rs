//! Cloud and directory die in the middle of a step: the window says so at its place, and goes on without a restart.

use desktop::wizard::Scope;
use desktop::wizard::{credentials, mapping, register, server};
use desktop::{Desk, Hands, Way};
use journeys::Cloud;
use servers::{Slapd, SlapdOptions, company};

#[tokio::test(flavor = "multi_thread")]
async fn what_dies_in_the_middle_of_a_step_is_shown_and_recovered_from() {
    let options = SlapdOptions { people: 400, quirks: false, ..SlapdOptions::default() };
    let mut directory = Slapd::start(&options).unwrap();
    let company = company::slapd(&directory, 400);
    let mut cloud = Cloud::start();
    let desk = Desk::new();
    // The keyboard run pastes the CA, as where the server does not show it.
    let hands = Hands::open(&desk, Way::Keyboard).await;

    // The cloud is gone while it is checked, and back again.
    cloud.kill9();
    hands.choose("Other address").await;
    hands.type_into("Address", &cloud.url).await;
    hands.press("Check the connection").await;
    hands.see("Check the host and the port").await;
    cloud.restart();
    register(&hands, &cloud).await;

    // The directory is gone while it is looked at.
    directory.kill9();
    hands.type_into("Servers", &company.server).await;
    hands.press("Check the server").await;
    hands.see("Check the host and the port").await;
    directory.restart().unwrap();
    server(&hands, &company).await;

    // The directory is gone while somebody chooses: the tree says so, and is there again when asked again.
    credentials(&hands, &company).await;
    directory.kill9();
    hands.press("Back").await;
    hands.press("Next").await;
    hands.see("Check the host and the port").await;
    directory.restart().unwrap();
    hands.press("Back").await;
    hands.press("Next").await;
    mapping(&hands, &Scope { units: &[], group: None }).await;

    // The directory is gone during the preview.
    directory.kill9();
    hands.press("Next").await;
    hands.see("Check the host and the port").await;
    directory.restart().unwrap();
    hands.press("Run the preview").await;
    hands.see("Show").await;
    hands.press("Next").await;

    // The cloud is gone when the first import begins: the overview tells, and goes on when it is back.
    cloud.kill9();
    hands.choose("Now").await;
    hands.choose("Only when I start it").await;
    hands.press("Finish").await;
    hands.see("Not connected to the cloud").await;
    cloud.restart();
    hands.until("the session", "return !document.body.innerText.includes('Not connected')").await;
    hands.see("Connected.").await;
    hands.until("the button", "return [...document.querySelectorAll('button')].some((b) => b.textContent === 'Import now' && !b.disabled)").await;
    hands.press("Import now").await;
    hands.see("400 people imported").await;
    assert_eq!(cloud.users().len(), 400);
    hands.close().await;
}
