//! The way through the wizard, from a fresh machine to a finished import, as an administrator goes it.

use crate::{Hands, Way};
use journeys::{Cloud, Company};

/// What the mapping takes.
pub struct Scope<'a> {
    /// Units to open, from the top, and the last one to tick.
    pub units: &'a [&'a str],
    /// A group to tick, by the words of its line.
    pub group: Option<(&'a str, &'a str)>,
}

/// All five steps, where the connector runs as a program.
pub async fn finish(hands: &Hands, company: &Company, cloud: &Cloud, scope: &Scope<'_>) {
    until_finish(hands, company, cloud, scope).await;
    hands.choose("Only when I start it").await;
    end(hands).await;
}

/// All five steps, where a service runs the connector: when it starts is not asked.
pub async fn finish_with_service(
    hands: &Hands,
    company: &Company,
    cloud: &Cloud,
    scope: &Scope<'_>,
) {
    until_finish(hands, company, cloud, scope).await;
    hands.see("It starts with the computer, even if nobody is signed in").await;
    end(hands).await;
}

async fn until_finish(hands: &Hands, company: &Company, cloud: &Cloud, scope: &Scope<'_>) {
    hands.see("Step 1 of 5").await;
    register(hands, cloud).await;
    server(hands, company).await;
    credentials(hands, company).await;
    mapping(hands, scope).await;
    hands.press("Next").await;
    hands.see("Show").await;
    hands.picture("wizard-4-preview").await;
    hands.press("Next").await;
    hands.choose("Now").await;
}

async fn end(hands: &Hands) {
    hands.picture("wizard-5-finish").await;
    hands.press("Finish").await;
    hands
        .until("the overview", "return document.querySelector('h1')?.textContent === 'Overview'")
        .await;
}

/// Step 1: a wrong key first, then the right one.
pub async fn register(hands: &Hands, cloud: &Cloud) {
    let ca = std::fs::read_to_string(&cloud.ca).expect("the CA of the cloud");
    hands.choose("Other address").await;
    hands.type_into("Address", &cloud.url).await;
    hands.press("Check the connection").await;
    hands.see("which this computer does not trust").await;
    hands.type_into("CA certificate of the cloud (PEM)", ca.trim()).await;
    hands.press("Check the connection").await;
    hands.see("certificate verified").await;
    hands.type_into("Registration key", "not-a-key").await;
    hands.press("Register and continue").await;
    hands
        .until(
            "the error at its field",
            "return document.querySelector('[aria-invalid=true]')?.type === 'password'",
        )
        .await;
    hands.type_into("Registration key", &cloud.registration_key()).await;
    hands.picture("wizard-1-cloud").await;
    hands.press("Register and continue").await;
    hands.see("Step 2 of 5").await;
}

/// Step 2: the server shows its certificates, and the company CA is trusted after a look at it.
pub async fn server(hands: &Hands, company: &Company) {
    hands.type_into("Servers", &company.server).await;
    hands.press("Check the server").await;
    hands.see("SHA-256").await;
    hands.picture("wizard-2-untrusted").await;
    if hands.way == Way::Mouse {
        hands.press("Trust this company CA").await;
    } else {
        // As where the server does not show its CA.
        let ca = std::fs::read_to_string(&company.ca).expect("the company CA");
        hands.press("Company CA").await;
        hands.type_into("CA certificate (PEM)", ca.trim()).await;
        hands.press("Check the server").await;
    }
    hands.see("The chain is trusted").await;
}

/// Step 2, below: a wrong password first, then the right one.
pub async fn credentials(hands: &Hands, company: &Company) {
    hands.type_into("Bind name", &company.bind_name).await;
    hands.type_into("Password", "wrong-one").await;
    hands.press("Connect and continue").await;
    hands
        .until(
            "the error at its field",
            "return document.querySelector('[aria-invalid=true]')?.type === 'password'",
        )
        .await;
    hands.type_into("Password", &company.bind_password).await;
    hands.picture("wizard-2-directory").await;
    hands.press("Connect and continue").await;
    hands.see("Step 3 of 5").await;
}

/// Step 3: by OU tree and group.
pub async fn mapping(hands: &Hands, scope: &Scope<'_>) {
    hands.type_into("Name", "Everyone").await;
    hands.see("people match").await;
    if let Some((last, above)) = scope.units.split_last() {
        for unit in above {
            hands.press(&format!("Expand {unit}")).await;
        }
        hands.choose(last).await;
    }
    if let Some((search, line)) = scope.group {
        hands.type_into("Search groups", search).await;
        hands.choose(line).await;
    }
    hands.see("people match").await;
    hands.picture("wizard-3-mapping").await;
}
