//! A walk through the screens of the window: each shown, looked over, and kept as a picture where that is asked for.

use crate::{Desk, Hands};
use serde_json::{Value, json};

/// The screens that the navigation leads to, as the address names them.
pub const SCREENS: [&str; 10] = [
    "overview",
    "people",
    "imports",
    "sign_ins",
    "mappings",
    "accounts",
    "activity",
    "diagnostics",
    "settings",
    "help",
];

/// Nothing is being loaded, and the heading is there.
const SETTLED: &str = "
    const busy = [...document.querySelectorAll('main [role=progressbar], main .fui-Skeleton')];
    return document.querySelector('main h1') !== null && !busy.some((one) => one.checkVisibility());
";

/// What is wider than its place, or cut off so that its end cannot be read.
const CUT_OFF: &str = r#"
    const main = document.querySelector("main");
    const wide = main.scrollWidth - main.clientWidth > 1 ? ["the screen itself"] : [];
    const parts = "button, label, h1, h2, h3, p, td, dd, dt, summary, .reason, option";
    const cut = [...document.querySelectorAll(["header", "nav", "main"].map((one) => `:is(${one}) :is(${parts})`).join(", "))];
    const is = (e) => getComputedStyle(e).overflow !== "visible" && e.checkVisibility() && e.scrollWidth - e.clientWidth > 1;
    return [...wide, ...cut.filter(is).map((e) => e.outerHTML.slice(0, 160))];
"#;

/// Lines with words that German has not: what can be read, and what is heard instead of it.
const ENGLISH: &str = r#"
    const words = /(^|[^\p{L}])(the|of|and|is|are|with|not|your|you|this|that|has|have|to|been|from|by|for|it)($|[^\p{L}])/iu;
    const heard = [...document.querySelectorAll("[aria-label], [title], [placeholder]")].filter((e) => e.checkVisibility());
    const names = heard.flatMap((e) => ["aria-label", "title", "placeholder"].map((name) => e.getAttribute(name) ?? ""));
    return [...document.body.innerText.split("\n"), ...names].filter((line) => words.test(line));
"#;

/// Makes the page, without the frame of the window, as large as this; the screen must have room for it.
pub async fn resize(desk: &Desk, hands: &Hands, width: u32, height: u32) {
    let name = "inSync Connector";
    for arguments in [["-b", "remove,fullscreen"], ["-b", "remove,maximized_vert,maximized_horz"]] {
        let _ = desk.command("wmctrl").args(["-r", name]).args(arguments).status();
    }
    let place = format!("0,0,0,{width},{height}");
    let done = desk.command("wmctrl").args(["-r", name, "-e", &place]).status();
    assert!(done.expect("wmctrl runs").success(), "no window {name}");
    let size = format!("return innerWidth === {width} && innerHeight === {height}");
    hands.until("the size", &size).await;
}

/// Shows the page anew, in that language, from its first screen on.
pub async fn speak(hands: &Hands, language: &str) {
    let script = format!("location.href = '/index.html?lang={language}#overview'; return true");
    hands.ask(&script, vec![]).await;
    let there = format!(
        "return location.search === '?lang={language}' && document.querySelector('main h1') !== null"
    );
    hands.until("the page", &there).await;
}

/// Goes to a screen, or a part of one, by its address, and waits until everything is there.
pub async fn go(hands: &Hands, address: &str) {
    hands.ask("location.hash = arguments[0]; return true", vec![json!(address)]).await;
    hands.until(address, SETTLED).await;
    // What slides or fades in has done so.
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    hands.until(address, SETTLED).await;
}

/// What nobody should find on a screen: lost focus, what was scrolled, what is cut off, English for whoever reads German.
pub async fn faults(hands: &Hands, language: &str) -> Vec<String> {
    let mut found = vec![];
    if hands.ask("return document.activeElement === document.body", vec![]).await == json!(true) {
        found.push("nothing has the focus".to_owned());
    }
    let scrolled = hands.ask("return document.querySelector('main').scrollTop", vec![]).await;
    if scrolled != json!(0) {
        found.push(format!("scrolled by {scrolled}"));
    }
    found.extend(texts(&hands.ask(CUT_OFF, vec![]).await).map(|cut| format!("cut off: {cut}")));
    if language == "de" {
        found.extend(english(hands).await);
    }
    found
}

/// Lines that are English.
pub async fn english(hands: &Hands) -> Vec<String> {
    texts(&hands.ask(ENGLISH, vec![]).await).map(|line| format!("English: {line}")).collect()
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
