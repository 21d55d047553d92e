//! `man` and `completions`: made of the definition of the command line.

use crate::arguments::Arguments;
use crate::output::Printer;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use connector_model::{Code, Error, Result, io_reason};
use serde_json::json;
use std::io::Write;
use std::path::Path;

const PROGRAM: &str = "insync-connector";

/// One page with everything, or a page for each command in a folder.
pub fn print(printer: &Printer, folder: Option<&Path>) -> Result<bool> {
    let Some(folder) = folder else {
        let page = whole();
        let page = page.map_err(|e| unwritten("The manual page cannot be created", &e))?;
        printer.raw(&String::from_utf8_lossy(&page));
        return Ok(true);
    };
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder));
    written.map_err(|e| unwritten("The manual pages cannot be written", &e).at("file"))?;
    printer.show(&json!({ "file": folder }), || {
        printer.texts().say("cli-written", &json!({ "file": folder }))
    });
    Ok(true)
}

fn unwritten(what: &str, error: &std::io::Error) -> Error {
    Error::new(Code::StorageFailed, format!("{what}: {}.", io_reason(error)))
}

/// The page of the program: its own options, then every command with its own.
fn whole() -> std::io::Result<Vec<u8>> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let page = Man::new(program.clone());
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    writeln!(text, ".SH COMMANDS")?;
    for command in program.get_subcommands() {
        told(command, PROGRAM, &mut text)?;
    }
    page.render_version_section(&mut text)?;
    Ok(text)
}

/// A command with what is below it, each as a section of its own.
fn told(command: &Command, above: &str, text: &mut Vec<u8>) -> std::io::Result<()> {
    if command.is_hide_set() {
        return Ok(());
    }
    let name = format!("{above} {}", command.get_name());
    let mut subcommands = command.get_subcommands().peekable();
    if subcommands.peek().is_none() || command.get_name() == "imports" {
        writeln!(text, ".SS \"{name}\"")?;
        let page = Man::new(command.clone());
        for section in [Man::render_synopsis_section, Man::render_description_section] {
            below(&page, section, text)?;
        }
        below(&page, Man::render_options_section, text)?;
    }
    subcommands.try_for_each(|command| told(command, &name, text))
}

type Render = fn(&Man, &mut dyn Write) -> std::io::Result<()>;

/// A section of a page as paragraphs of a larger one.
fn below(page: &Man, render: Render, text: &mut Vec<u8>) -> std::io::Result<()> {
    let mut section = Vec::new();
    render(page, &mut section)?;
    for line in String::from_utf8_lossy(&section).lines() {
        writeln!(text, "{}", if line.starts_with(".SH") { ".PP" } else { line })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command, with the words that lead to it.
    fn commands(command: &Command, above: &str, found: &mut Vec<(String, Command)>) {
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            let name = format!("{above}-{}", below.get_name());
            commands(below, &name, found);
            found.push((name, below.clone()));
        }
    }

    #[test]
    fn every_option_is_in_the_manual_and_in_the_page_of_its_command() {
        let folder = tempfile::tempdir().unwrap();
        clap_mangen::generate_to(Arguments::command(), folder.path()).unwrap();
        let whole = String::from_utf8(whole().unwrap()).unwrap();
        let mut program = Arguments::command().disable_help_subcommand(true);
        program.build();
        let mut all = vec![];
        commands(&program, PROGRAM, &mut all);
        assert!(all.len() > 50, "{} commands are few", all.len());
        for (name, command) in all {
            let page = std::fs::read_to_string(folder.path().join(format!("{name}.1"))).unwrap();
            for option in command.get_arguments().filter(|option| !option.is_hide_set()) {
                let Some(long) = option.get_long() else { continue };
                let said = format!("\\-\\-{}", long.replace('-', "\\-"));
                assert!(whole.contains(&said), "{long} of {name}");
                assert!(page.contains(&said), "{long} in {name}.1");
            }
        }
    }
}
