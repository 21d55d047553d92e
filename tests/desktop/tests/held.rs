//! 1,313 people whom the directory lost wait for an approval: window, tray icon, command line, journal and cloud say that
//! number, show exactly those people, and take no approval of any other list.

use desktop::prepared::{prepare, run};
use desktop::{Desk, Hands, Panel, Way};
use fantoccini::wd::TimeoutConfiguration;
use journeys::Cloud;
use journeys::connector::Answer;
use journeys::process::wait_for;
use serde_json::{Value, json};
use servers::ldif::person_dn;
use servers::{Slapd, SlapdOptions, company, ldapmodify};
use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

const PEOPLE: usize = 1_980;
/// As many go as the window once called "0 people".
const GONE: usize = 1_313;
const PATIENCE: Duration = Duration::from_secs(60);

/// The user names in the grid, which tell people of one name apart, from the first row to the last, as somebody scrolls
/// through it.
const WHOLE_GRID: &str = r#"
    const done = arguments[arguments.length - 1];
    const grid = document.querySelector("main [role=grid]");
    const seen = new Set();
    const rows = () => [...grid.querySelectorAll("[role=row] > [role=gridcell]:first-child")];
    const look = () => {
      if (rows().some((cell) => cell.textContent.trim() === "…")) return setTimeout(look, 20);
      for (const cell of rows()) seen.add(cell.querySelector(".two-lines > :last-child").textContent.split(" · ")[0]);
      if (grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1) return done([...seen]);
      grid.scrollTop += grid.clientHeight - 100;
      setTimeout(look, 40);
    };
    look();
"#;

/// What the cloud says of an approval that names another list, asked through the door of the page.
const APPROVE_ANOTHER: &str = r#"
    const [hash, done] = arguments;
    const call = window.__TAURI_INTERNALS__.invoke("import", { name: "People", approve: [hash], accept: false });
    call.then(() => done("approved"), (error) => done(error.code));
"#;

struct Office {
    directory: Slapd,
    cloud: Cloud,
    desk: Desk,
}

impl Office {
    fn new() -> Self {
        let options = SlapdOptions { people: PEOPLE, quirks: false, ..SlapdOptions::default() };
        let directory = Slapd::start(&options).unwrap();
        Self { directory, cloud: Cloud::start(), desk: Desk::with_screen("1440x900") }
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let all = [&["--json"], arguments].concat();
        Answer::of(self.desk.command_line(&all), "").ok().json()
    }

    /// What a command prints for people.
    fn text(&self, arguments: &[&str]) -> String {
        run(&self.desk, arguments, "")
    }

    /// These people leave the directory at one time: nobody imports while they go.
    fn lose(&self, people: Range<usize>) {
        let delete = |number| format!("dn: {}\nchangetype: delete\n", person_dn(number));
        let ldif: Vec<String> = people.map(delete).collect();
        let (url, ca) = (self.directory.ldaps_url(), self.directory.ca_pem_path());
        self.text(&["pause"]);
        ldapmodify(&url, ca, self.directory.admin(), &ldif.join("\n")).unwrap();
        self.text(&["resume"]);
    }

    /// Waits for a list of so many people that waits, and gives it.
    fn list_of(&self, people: usize) -> Value {
        wait_for("the list", PATIENCE, || {
            let status = self.json(&["status"]);
            let waiting = status["awaiting_approval"].as_array().unwrap().clone();
            let [list] = &waiting[..] else { return None };
            (list["people"] == json!(people) && status["importing"] == json!([]))
                .then(|| list.clone())
        })
    }

    fn active(&self) -> BTreeSet<String> {
        let users = self.cloud.users();
        let active = users.iter().filter(|user| user["active"] == json!(true));
        active.map(|user| text(user, "userName")).collect()
    }
}

fn text(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_else(|| panic!("no {key}: {of}")).to_owned()
}

fn names(people: &Value) -> BTreeSet<String> {
    people.as_array().unwrap().iter().map(|one| text(one, "user_name")).collect()
}

/// Command line, journal and cloud, as values and as words; gives the user names on the list.
fn told_everywhere(office: &Office, list: &Value) -> BTreeSet<String> {
    let status = office.json(&["status"]);
    assert_eq!(status["awaiting_approval"], json!([list]));
    assert_eq!(status["headline"]["values"]["people"], json!(GONE));
    let runs = office.json(&["imports", "--limit", "1"]);
    assert_eq!(runs[0]["record"]["awaiting_approval"], json!([list]));
    let run = runs[0]["id"].to_string();
    let shown = office.json(&["imports", "show", &run, "--change", "hold"]);
    assert_eq!((&shown["total"], &shown["record"]["counts"]["hold"]), (&json!(GONE), &json!(GONE)));
    let waiting = office.json(&["imports", "waiting", "People"]);
    assert_eq!(&waiting["list"], list);
    assert_eq!(names(&waiting["people"]), names(&shown["people"]));
    let journal = office.json(&["journal", "--kind", "import", "--limit", "1"]);
    assert_eq!(journal[0]["detail"]["awaiting_approval"], json!([list]));
    let (_, told) = office.cloud.admin("GET", "imports?limit=1", None);
    assert_eq!(told["imports"][0]["awaiting_approval"], json!([list]), "{told}");
    let commands = [&["status"][..], &["journal", "--limit", "1"], &["imports", "show", &run]];
    for command in [&commands[..], &[&["imports", "waiting", "People"]]].concat() {
        let printed = office.text(command);
        assert!(printed.contains("1,313"), "{command:?}: {printed}");
    }
    let dns: BTreeSet<String> =
        waiting["people"].as_array().unwrap().iter().map(|one| text(one, "dn")).collect();
    assert_eq!(dns, (0..GONE).map(person_dn).collect(), "exactly those who went");
    names(&waiting["people"])
}

/// Waits for the screen of this title.
async fn arrive(hands: &Hands, title: &str) {
    let there =
        format!("return document.querySelector('main h1')?.textContent === {}", json!(title));
    hands.until(title, &there).await;
}

/// The grid on the screen has exactly these rows.
async fn shows_exactly(hands: &Hands, names: &BTreeSet<String>) {
    hands
        .until(
            "the grid",
            "return document.querySelector('main [role=grid] [role=gridcell]') !== null",
        )
        .await;
    let rows = "return document.querySelector('main [role=grid]').getAttribute('aria-rowcount')";
    assert_eq!(hands.ask(rows, vec![]).await, json!((GONE + 1).to_string()), "rows with the head");
    let seen = hands.client.execute_async(WHOLE_GRID, vec![]).await.unwrap();
    let seen: BTreeSet<String> =
        seen.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    assert_eq!(&seen, names);
}

/// The text of the first element that a selector finds.
async fn words_of(hands: &Hands, selector: &str) -> String {
    let script = format!("return document.querySelector({})?.textContent ?? ''", json!(selector));
    hands.ask(&script, vec![]).await.as_str().unwrap().to_owned()
}

/// Every screen says the number, and the list opens on exactly those people.
async fn seen_everywhere(hands: &Hands, listed: &BTreeSet<String>) {
    hands.trigger("Overview").await;
    arrive(hands, "Overview").await;
    hands.see("1,313 people of \"People\" wait for your approval to be deactivated").await;
    assert_eq!(words_of(hands, "nav button[aria-label=Imports] .nav-all").await, "1,313");
    hands
        .until(
            "the tile",
            "return [...document.querySelectorAll('.tile')].some((tile) => /Waiting for approval1,313/.test(tile.textContent))",
        )
        .await;
    hands.picture("held-overview").await;
    hands.trigger("People").await;
    arrive(hands, "People").await;
    hands.trigger("Waiting for approval1,313").await;
    hands.until("the filter", "return document.querySelector('main .spread [role=status]')?.textContent === '1,313 people'").await;
    hands.picture("held-people").await;
    hands.trigger("Mappings").await;
    arrive(hands, "Mappings").await;
    hands.see("1,313 people wait for approval").await;
    hands.trigger("Imports").await;
    arrive(hands, "Imports").await;
    hands.see("1,313 people would be deactivated (data preserved)").await;
    hands.picture("held-imports").await;
    hands.trigger("Review the list").await;
    arrive(hands, "Deactivate 1,313 people of People?").await;
    hands.picture("held-list").await;
    shows_exactly(hands, listed).await;
}

/// Another list, or another number, is no approval.
async fn takes_no_other(office: &Office, hands: &Hands, earlier: &str) {
    let before = office.active();
    let arguments = vec![json!(earlier)];
    let answer = hands.client.execute_async(APPROVE_ANOTHER, arguments).await.unwrap();
    assert_eq!(answer, json!("approval_stale"));
    let stale = office.desk.command_line(&["--json", "sync", "People", "--approve", earlier]);
    assert_eq!(Answer::of(stale, "").error_code(), "approval_stale");
    assert_eq!(office.active(), before);
    office.list_of(GONE);
    hands.trigger("Deactivate 1,313 people").await;
    hands.type_into("Type 1,313 to confirm", "1312").await;
    hands.enter().await;
    let can = "return document.querySelector('[role=alertdialog] [type=submit]').disabled";
    assert_eq!(hands.ask(can, vec![]).await, json!(true));
    assert_eq!(office.active(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_1313_is_one_number_everywhere_and_exactly_they_are_deactivated() {
    let office = Office::new();
    let panel = Panel::new(&office.desk).await;
    prepare(&office.desk, &company::slapd(&office.directory, PEOPLE), &office.cloud);
    let hands = Hands::open(&office.desk, Way::Mouse).await;
    let patience = TimeoutConfiguration::new(Some(Duration::from_secs(120)), None, None);
    hands.client.update_timeouts(patience).await.unwrap();
    wait_for("the session", PATIENCE, || office.cloud.connected().then_some(()));
    office.cloud.sync("People");
    let before = office.active();
    assert_eq!(before.len(), PEOPLE);

    // First a list of one person less, which an approval may name no longer.
    office.lose(0..GONE - 1);
    office.cloud.sync("People");
    let earlier = text(&office.list_of(GONE - 1), "hash");
    office.lose(GONE - 1..GONE);
    office.cloud.sync("People");
    let list = office.list_of(GONE);
    let listed = told_everywhere(&office, &list);
    let icon = panel.icon().await;
    icon.until("attention", "Connected. 1,313 people of \"People\" wait for your approval").await;
    seen_everywhere(&hands, &listed).await;
    assert_eq!(office.active(), before, "nobody before the approval");
    takes_no_other(&office, &hands, &earlier).await;

    hands.type_into("Type 1,313 to confirm", "1,313").await;
    hands.enter().await;
    hands.see("You approved the deactivation of 1,313 people. The import has ended.").await;
    assert_eq!(office.active(), before.difference(&listed).cloned().collect(), "exactly those");
    assert_eq!(office.json(&["status"])["awaiting_approval"], json!([]));
    hands.trigger("Show what it did").await;
    hands.see("The deactivation of 1,313 people was approved for this import.").await;
    hands.picture("held-done").await;
    assert_eq!(words_of(&hands, "nav button[aria-label=Imports] .nav-all").await, "");
    icon.until("connected", "Connected. 667 people imported.").await;
    hands.close().await;
}
