//! A screen for one Windows, and hands on its keyboard. What is on it is read from the memory of the X server.

use journeys::process::{Running, wait_for};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest wait for a page of a setup to come, files and services included.
const PATIENCE: Duration = Duration::from_secs(90);
/// A key that nobody was ready for is pressed again after this.
const AGAIN: Duration = Duration::from_secs(4);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(150);
/// Fewer bytes than a page changes, and more than a caret.
const SMALL: usize = 400;

/// A screen of 800 × 600 with a window manager.
pub struct Screen {
    display: String,
    folder: TempDir,
    _manager: Running,
    _server: Running,
}

/// What a page of the setup can be told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// The picture beside the first and the last page.
    Blue,
    /// Why the setup stops.
    Red,
}

impl Colour {
    /// Blue, green, red and nothing, as the server keeps them.
    fn is(self, pixel: &[u8]) -> bool {
        let [blue, green, red, _] = pixel else { return false };
        match self {
            Self::Blue => *red < 0x40 && (0x40..0x98).contains(green) && *blue > 0x80,
            Self::Red => (*red, *green, *blue) == (0xA4, 0x26, 0x2C),
        }
    }

    /// Pixels that only such a page has.
    fn enough(self) -> usize {
        match self {
            Self::Blue => 10_000,
            Self::Red => 100,
        }
    }
}

impl Screen {
    /// Puts it up.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("screen-").expect("a temporary folder");
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "800x600x24"]);
        server.arg("-fbdir").arg(folder.path()).stderr(Stdio::null());
        let (server, number) = Running::start(server, "Xvfb");
        let display = format!(":{}", number.trim());
        let mut manager = Command::new("openbox");
        manager.env("DISPLAY", &display).stderr(Stdio::null());
        let manager = Running::start_quiet(manager, "openbox");
        Self { display, folder, _manager: manager, _server: server }
    }

    /// Its name for programs.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Waits for a window whose title has these words.
    pub fn see(&self, title: &str) {
        self.until(title, title, |windows| windows > 0);
    }

    /// Waits for something of that colour.
    pub fn see_colour(&self, colour: Colour) {
        let seen = || self.pixels().chunks_exact(4).filter(|pixel| colour.is(pixel)).count();
        wait_for("a page of that colour", PATIENCE, || (seen() > colour.enough()).then_some(()));
        self.still();
    }

    /// Presses keys once, where the picture may change little.
    pub fn choose(&self, keys: &str) {
        self.still();
        self.hands(&["key", keys]);
        self.still();
    }

    /// Presses keys until the picture has changed and stands still again.
    pub fn press(&self, keys: &str) {
        let before = self.still();
        self.press_until(keys, || differ(&before, &self.pixels()));
        self.still();
    }

    /// Presses keys until there is a window of that title less.
    pub fn answer(&self, title: &str, keys: &str) {
        let before = self.windows(title);
        self.press_until(keys, || self.windows(title) < before);
        self.still();
    }

    fn press_until(&self, keys: &str, done: impl Fn() -> bool) {
        let begun = Instant::now();
        loop {
            self.hands(&["key", keys]);
            let pressed = Instant::now();
            while pressed.elapsed() < AGAIN {
                std::thread::sleep(LOOK);
                if done() {
                    return;
                }
            }
            assert!(begun.elapsed() < PATIENCE, "{keys} changes nothing");
        }
    }

    fn until(&self, what: &str, title: &str, seen: impl Fn(usize) -> bool) {
        wait_for(what, PATIENCE, || seen(self.windows(title)).then_some(()));
        self.still();
    }

    /// How many windows with these words in their title can be seen.
    fn windows(&self, title: &str) -> usize {
        self.hands(&["search", "--onlyvisible", "--name", title]).lines().count()
    }

    /// Keeps a picture where `SHOTS` names a folder.
    pub fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("SHOTS").map(PathBuf::from) else { return };
        self.still();
        let _ = fs::copy(self.memory(), folder.join(format!("{name}.xwd")));
    }

    fn hands(&self, args: &[&str]) -> String {
        let mut command = Command::new("xdotool");
        let done = command.env("DISPLAY", &self.display).args(args).output().expect("xdotool runs");
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// Waits until nothing moves; what is to be seen then.
    fn still(&self) -> Vec<u8> {
        let begun = Instant::now();
        let mut last = self.pixels();
        let mut since = Instant::now();
        while since.elapsed() < LOOK * 4 {
            assert!(begun.elapsed() < PATIENCE, "the screen never stands still");
            std::thread::sleep(LOOK);
            let now = self.pixels();
            if differ(&last, &now) {
                since = Instant::now();
            }
            last = now;
        }
        last
    }

    fn pixels(&self) -> Vec<u8> {
        fs::read(self.memory()).expect("the memory of the screen")
    }

    fn memory(&self) -> PathBuf {
        self.folder.path().join("Xvfb_screen0")
    }
}

impl Default for Screen {
    fn default() -> Self {
        Self::new()
    }
}

fn differ(one: &[u8], other: &[u8]) -> bool {
    one.len() != other.len() || one.iter().zip(other).filter(|(a, b)| a != b).count() > SMALL
}
