//! Pictures of a window as it is on the screen, from the screen's own memory: the driver's pictures need the page to be drawn
//! anew, and sometimes wait for that for ever.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Words of four bytes, the most significant first, at the beginning of a screen's memory (XWDFile.h): how long that beginning
/// is, the size, bytes of a line, and how many colours come before the pixels.
const HEADER_SIZE: usize = 0;
const WIDTH: usize = 4;
const HEIGHT: usize = 5;
const BYTES_PER_LINE: usize = 12;
const COLOURS: usize = 19;
/// Bytes of one colour.
const COLOUR: usize = 12;

/// A screen that keeps its pixels in a file.
pub(crate) struct Screen {
    /// The file.
    pub memory: PathBuf,
    /// Its name, for programs that ask for it.
    pub display: String,
}

/// Keeps a picture of the window, without its frame.
pub(crate) fn keep(of: &Screen, file: &Path) {
    let screen = std::fs::read(&of.memory).expect("the screen's memory");
    let word = |at: usize| {
        let bytes = screen[at * 4..at * 4 + 4].try_into().expect("four bytes");
        u32::from_be_bytes(bytes) as usize
    };
    let pixels = word(HEADER_SIZE) + word(COLOURS) * COLOUR;
    let [x, y, width, height] = place(&of.display);
    let (width, height) = (width.min(word(WIDTH) - x), height.min(word(HEIGHT) - y));
    let mut rgb = Vec::with_capacity(width * height * 3);
    for line in y..y + height {
        let begin = pixels + line * word(BYTES_PER_LINE) + x * 4;
        for pixel in screen[begin..begin + width * 4].chunks_exact(4) {
            rgb.extend([pixel[2], pixel[1], pixel[0]]);
        }
    }
    let out = std::fs::File::create(file).expect("a file for a picture");
    let mut encoder = png::Encoder::new(out, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a picture");
    writer.write_image_data(&rgb).expect("a picture is kept");
}

/// Where the window is on the screen, and how large.
fn place(display: &str) -> [usize; 4] {
    let told =
        Command::new("xwininfo").args(["-display", display, "-name", "inSync Connector"]).output();
    let told = String::from_utf8_lossy(&told.expect("xwininfo runs").stdout).into_owned();
    ["Absolute upper-left X:", "Absolute upper-left Y:", "Width:", "Height:"].map(|name| {
        let line = told.lines().find_map(|line| line.trim().strip_prefix(name));
        line.and_then(|number| number.trim().parse().ok())
            .unwrap_or_else(|| panic!("no {name} in {told}"))
    })
}
