//! Hands that work the window: with the mouse, or with the keyboard alone. What they look for is what people see: the
//! words on buttons and fields.

use crate::Desk;
use crate::memory::{pss_of, pss_of_tree};
use crate::picture::{self, Screen};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::{Client, ClientBuilder};
use journeys::process::{Running, program};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How the window is worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Clicks and types.
    Mouse,
    /// Tab, Space, Enter, arrows and letters; no pointer at all.
    Keyboard,
}

/// Longest wait for anything on the page.
const PATIENCE: Duration = Duration::from_secs(30);
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";

/// Finds what people see: a button by its words, a field by its label, a link in a list.
const FIND: &str = r#"
    const [kind, text] = arguments;
    const clean = (s) => (s ?? "").replace(/\s+/g, " ").trim();
    const named = (e) => e.getAttribute("aria-label") ?? clean(e.textContent);
    const shown = (e) => e.checkVisibility();
    const all = (q) => [...document.querySelectorAll(q)].filter(shown);
    if (kind === "button") return all("button, summary").find((b) => named(b) === text && !b.disabled) ?? null;
    if (kind === "active") return document.activeElement;
    const label = [...document.querySelectorAll("label")].find((l) => clean(l.textContent).replace(/ ?\*$/, "") === text);
    return label?.control ?? all("input, textarea").find((e) => e.getAttribute("aria-label") === text) ?? null;
"#;

/// The window under test.
pub struct Hands {
    /// The WebDriver session.
    pub client: Client,
    /// How it is worked.
    pub way: Way,
    driver: Running,
    screen: Screen,
}

impl Hands {
    /// Starts the program with its window.
    pub async fn open(desk: &Desk, way: Way) -> Self {
        let (driver, address) = desk.driver();
        let options = json!({ "binary": program("insync-connector-desktop"), "args": [] });
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("browserName".into(), json!("wry"));
        capabilities.insert("webkitgtk:browserOptions".into(), options);
        let http = hyper_util::client::legacy::connect::HttpConnector::new();
        let client = ClientBuilder::new(http)
            .capabilities(capabilities)
            .connect(&address)
            .await
            .expect("a session with the window");
        let hands = Self { client, way, driver, screen: desk.screen() };
        hands.until("the page", "return document.querySelector('h1') !== null").await;
        hands
    }

    /// Memory of the program and its web view, without the driver.
    pub fn memory(&self) -> f64 {
        let (all, _) = pss_of_tree(self.driver.id());
        all - pss_of(self.driver.id())
    }

    /// Presses the button of these words, once it can be pressed.
    pub async fn press(&self, words: &str) {
        match self.way {
            Way::Mouse => self.find("button", words).await.click().await.expect(words),
            Way::Keyboard => {
                self.tab_to("button", words).await;
                self.keys(ENTER).await;
            }
        }
    }

    /// Presses the button of these words without a pointer: WebKitGTK's driver waits for ever for a click on what moves away
    /// meanwhile, such as beside a list that is made anew.
    pub async fn trigger(&self, words: &str) {
        self.find("button", words).await;
        let script = format!("(() => {{ {FIND} }})().click(); return true");
        self.ask(&script, vec![json!("button"), json!(words)]).await;
    }

    /// Presses the button that ends the program: nobody is left to answer then.
    pub async fn press_to_end(&self, words: &str) {
        self.tab_to("button", words).await;
        if let Ok(active) = self.client.active_element().await {
            let _ = active.send_keys(ENTER).await;
        }
    }

    /// Replaces what is in the field of this label.
    pub async fn type_into(&self, label: &str, text: &str) {
        self.go_to(label).await;
        self.with_control("a").await;
        self.keys(&text.replace('\n', ENTER)).await;
        let script = format!("const e = (() => {{ {FIND} }})(); return e.value");
        let value = self.ask(&script, vec![json!("field"), json!(label)]).await;
        assert_eq!(value.as_str().map(str::len), Some(text.len()), "what stands in {label}");
    }

    /// Enter, where the focus is.
    pub async fn enter(&self) {
        self.keys(ENTER).await;
    }

    /// Ctrl and a letter, wherever the focus is.
    pub async fn with_control(&self, letter: &str) {
        self.keys(&format!("\u{e009}{letter}\u{e000}")).await;
    }

    /// Ticks a box or chooses one of several.
    pub async fn choose(&self, label: &str) {
        match self.way {
            Way::Mouse => self.find("field", label).await.click().await.expect(label),
            Way::Keyboard => {
                self.find("field", label).await;
                let kind = self
                    .ask(
                        &format!("const e = (() => {{ {FIND} }})(); return e.type"),
                        self.named(label),
                    )
                    .await;
                if kind == json!("radio") {
                    self.arrow_to(label).await;
                } else {
                    self.tab_to("field", label).await;
                    self.keys(" ").await;
                }
            }
        }
    }

    /// Waits until these words are on the page.
    pub async fn see(&self, words: &str) {
        let script = format!("return document.body.innerText.includes({})", json!(words));
        self.until(&format!("\"{words}\""), &script).await;
    }

    /// Everything that can be read on the page.
    pub async fn page(&self) -> String {
        let text = self.ask("return document.body.innerText", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a script says true.
    pub async fn until(&self, what: &str, script: &str) {
        let end = Instant::now() + PATIENCE;
        while self.ask(script, vec![]).await != json!(true) {
            assert!(
                Instant::now() < end,
                "{what} was not seen; the page says: {}",
                self.page().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Runs a script in the page.
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.expect("a script runs in the page")
    }

    /// Keeps a picture where `SHOTS` names a folder.
    pub async fn picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("SHOTS") {
            // What slides or fades in has done so.
            tokio::time::sleep(Duration::from_millis(400)).await;
            picture::keep(&self.screen, &std::path::Path::new(&folder).join(format!("{name}.png")));
        }
    }

    /// Closes the window; the program ends with the session.
    pub async fn close(self) {
        let _ = self.client.close().await;
    }

    async fn go_to(&self, label: &str) {
        match self.way {
            Way::Mouse => self.find("field", label).await.click().await.expect(label),
            Way::Keyboard => self.tab_to("field", label).await,
        }
    }

    async fn find(&self, kind: &str, words: &str) -> Element {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.ask(FIND, vec![json!(kind), json!(words)]).await;
            if let Some(id) =
                found.as_object().and_then(|o| o.values().next()).and_then(Value::as_str)
            {
                return Element::from_element_id(
                    self.client.clone(),
                    ElementRef::from(id.to_owned()),
                );
            }
            assert!(
                Instant::now() < end,
                "no {kind} \"{words}\"; the page says: {}",
                self.page().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Tab alone, until the focus is there.
    async fn tab_to(&self, kind: &str, words: &str) {
        self.find(kind, words).await;
        let here = format!("const e = (() => {{ {FIND} }})(); return e === document.activeElement");
        for _ in 0..250 {
            if self.ask(&here, vec![json!(kind), json!(words)]).await == json!(true) {
                return;
            }
            self.keys(TAB).await;
        }
        panic!("the focus never came to {kind} \"{words}\"");
    }

    /// Tab into the group, arrows to the choice.
    async fn arrow_to(&self, label: &str) {
        let group = format!(
            "const e = (() => {{ {FIND} }})(); return document.activeElement?.name === e.name"
        );
        let here = format!("const e = (() => {{ {FIND} }})(); return e.checked");
        for _ in 0..250 {
            if self.ask(&group, self.named(label)).await == json!(true) {
                break;
            }
            self.keys(TAB).await;
        }
        // Down to the last choice, then up again: where the arrows do not go round.
        for arrow in [DOWN, UP].iter().flat_map(|arrow| [arrow; 6]) {
            if self.ask(&here, self.named(label)).await == json!(true) {
                return;
            }
            self.keys(arrow).await;
        }
        panic!("\"{label}\" could not be chosen by arrows");
    }

    fn named(&self, label: &str) -> Vec<Value> {
        vec![json!("field"), json!(label)]
    }

    /// Types, where the focus is.
    pub async fn keys(&self, keys: &str) {
        let active = self.client.active_element().await.expect("something has the focus");
        active.send_keys(keys).await.expect("keys can be typed");
    }
}
