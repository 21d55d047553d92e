//! A panel that stands in for the desktop's own: it takes tray icons (StatusNotifierItem), reads their menus
//! (com.canonical.dbusmenu) and clicks in them.

use crate::Desk;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Proxy, interface};

/// Items by the name of their owner on the bus and their path.
type Items = Arc<Mutex<Vec<(String, String)>>>;

struct Watcher {
    items: Items,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    async fn register_status_notifier_item(
        &self,
        service: &str,
        #[zbus(header)] header: zbus::message::Header<'_>,
    ) {
        let owner = header.sender().map(ToString::to_string).unwrap_or_default();
        let path = if service.starts_with('/') { service } else { "/StatusNotifierItem" };
        if let Ok(mut items) = self.items.lock() {
            items.push((owner, path.to_owned()));
        }
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.items
            .lock()
            .map(|items| items.iter().map(|(owner, path)| format!("{owner}{path}")).collect())
            .unwrap_or_default()
    }
}

/// The pictures of the tray icon, in `icons/tray`.
const STATES: [&str; 4] = ["connected", "working", "attention", "disconnected"];

/// The picture in a PNG file, pixel by pixel; `None` while there is none or it is being written.
fn pixels(file: &Path) -> Option<Vec<u8>> {
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(file).ok()?));
    let mut reader = decoder.read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    reader.next_frame(&mut pixels).ok()?;
    Some(pixels)
}

/// How long is waited for the icon and what it shows.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks at it.
const PAUSE: Duration = Duration::from_millis(50);

/// The panel.
pub struct Panel {
    connection: Connection,
    items: Items,
}

/// One line of a menu: its number, its words, whether it can be chosen.
pub type Entry = (i32, String, bool);

type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl Panel {
    /// Puts a panel on the desk; do so before the program starts.
    pub async fn new(desk: &Desk) -> Self {
        let items = Items::default();
        let connection = zbus::connection::Builder::address(desk.bus().as_str())
            .and_then(|bus| {
                bus.serve_at("/StatusNotifierWatcher", Watcher { items: items.clone() })
            })
            .and_then(|bus| bus.name("org.kde.StatusNotifierWatcher"))
            .expect("a name on the bus")
            .build()
            .await
            .expect("a session bus");
        Self { connection, items }
    }

    /// Waits for the program's icon.
    pub async fn icon(&self) -> Icon<'_> {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.items.lock().ok().and_then(|items| items.first().cloned());
            if let Some((owner, path)) = found {
                return Icon { panel: self, owner, path };
            }
            assert!(Instant::now() < end, "no icon came to the panel");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// The program's icon in the panel.
pub struct Icon<'a> {
    panel: &'a Panel,
    owner: String,
    path: String,
}

impl Icon<'_> {
    /// The first line of the menu: the sentence.
    pub async fn sentence(&self) -> String {
        self.menu().await.first().map(|(_, words, _)| words.clone()).unwrap_or_default()
    }

    /// The state by the picture that is shown now.
    pub async fn state(&self) -> String {
        let item = self.proxy(&self.path, "org.kde.StatusNotifierItem").await;
        let picture: String = item.get_property("IconName").await.unwrap_or_default();
        let folder: String = item.get_property("IconThemePath").await.unwrap_or_default();
        let shown = [PathBuf::from(&picture), Path::new(&folder).join(format!("{picture}.png"))];
        let Some(shown) = shown.iter().find_map(|file| pixels(file)) else { return picture };
        let drawn = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../icons/tray");
        let is =
            |state: &&&str| pixels(&drawn.join(format!("{state}.png"))).as_ref() == Some(&shown);
        STATES.iter().find(is).map_or(picture, ToString::to_string)
    }

    /// Waits until state and sentence are these; the sentence may go on.
    pub async fn until(&self, state: &str, sentence: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let (shown, words) = (self.state().await, self.sentence().await);
            if shown == state && words.starts_with(sentence) {
                return;
            }
            let wanted = format!("\"{state}\", \"{sentence}\"");
            assert!(
                Instant::now() < end,
                "the icon tells \"{shown}\", \"{words}\" instead of {wanted}"
            );
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The lines of the menu, separators left out.
    pub async fn menu(&self) -> Vec<Entry> {
        let menu = self.proxy(&format!("{}/Menu", self.path), "com.canonical.dbusmenu").await;
        let (_, (_, _, lines)): (u32, Layout) = menu
            .call("GetLayout", &(0, -1, Vec::<String>::new()))
            .await
            .expect("the menu's layout");
        lines.into_iter().filter_map(entry).collect()
    }

    /// Waits until the menu has this line, and it can be chosen or not; gives its number. The picture, the sentence
    /// and the lines change one after the other, not at once.
    pub async fn until_line(&self, words: &str, can_be_chosen: bool) -> i32 {
        let end = Instant::now() + PATIENCE;
        loop {
            let menu = self.menu().await;
            let wanted = |(_, line, enabled): &&Entry| line == words && *enabled == can_be_chosen;
            if let Some((number, _, _)) = menu.iter().find(wanted) {
                return *number;
            }
            assert!(
                Instant::now() < end,
                "no line \"{words}\" that can be chosen: {can_be_chosen}, in {menu:?}"
            );
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Chooses a line of the menu, as soon as it can be chosen.
    pub async fn choose(&self, words: &str) {
        let number = self.until_line(words, true).await;
        let proxy = self.proxy(&format!("{}/Menu", self.path), "com.canonical.dbusmenu").await;
        let event = (number, "clicked", Value::from(0), 0u32);
        proxy.call::<_, _, ()>("Event", &event).await.expect("the line is chosen");
    }

    async fn proxy(&self, path: &str, interface: &str) -> Proxy<'static> {
        zbus::proxy::Builder::new(&self.panel.connection)
            .destination(self.owner.clone())
            .and_then(|proxy| proxy.path(path.to_owned()))
            .and_then(|proxy| proxy.interface(interface.to_owned()))
            .expect("names on the bus")
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .expect("the icon on the bus")
    }
}

fn entry(line: OwnedValue) -> Option<Entry> {
    let (number, values, _): Layout = line.try_into().ok()?;
    let label: String = values.get("label")?.try_clone().ok()?.try_into().ok()?;
    let enabled = values.get("enabled").is_none_or(|value| !matches!(**value, Value::Bool(false)));
    Some((number, label.replace('_', ""), enabled))
}
