//! One file for each group of commands. `Ok(false)` means: done, and the answer is no.

mod account;
mod browse;
mod certificates;
mod control;
mod manual;
mod mapping;
mod migrate;
mod moving;
mod people;
mod register;
mod service;
mod told;
mod update;

#[cfg(windows)]
pub use service::serve;

use crate::arguments::{Arguments, Command};
use crate::completed;
use crate::output::Printer;
use crate::told_arguments::Imports;
use crate::update_arguments::Update;
use connector_api::{Door, HostKind};
use connector_model::Result;

pub async fn run(arguments: Arguments, printer: &Printer) -> Result<bool> {
    match &arguments.command {
        Command::Completions { shell } => {
            printer.raw(&completed::script(&shell.to_string()));
            return Ok(true);
        }
        Command::Man { dir } => return manual::print(printer, dir.as_deref()),
        _ => {}
    }
    // The engine is its home's own; everything else goes through the door.
    match &arguments.command {
        Command::Run { .. } => return service::run(arguments.home).await,
        Command::Service(command) => return service::manage(printer, command),
        Command::Update(Update::Apply) => return update::apply(printer, arguments.home),
        _ => {}
    }
    if let Command::Status = &arguments.command {
        return service::status(arguments.home, printer).await;
    }
    let door = Door::open(arguments.home, HostKind::Command).await?;
    let done = through(&door, arguments.command, printer).await;
    door.close().await;
    done
}

async fn through(door: &Door, command: Command, printer: &Printer) -> Result<bool> {
    match command {
        Command::Register(register) => register::register(door, printer, register).await,
        Command::Unregister { forget, here } => {
            register::unregister(door, printer, forget, here).await
        }
        Command::Purge { .. } => register::purge(door, printer).await,
        Command::Account(command) => account::run(door, printer, command).await,
        Command::Browse(command) => browse::run(door, printer, command).await,
        Command::Mapping(command) => mapping::run(door, printer, command).await,
        Command::Preview { name, full, proposed } => {
            people::preview(door, printer, name.as_deref(), full, proposed).await
        }
        Command::Sync { name, approve, accept_directory } => {
            people::sync(door, printer, name, approve, accept_directory).await
        }
        Command::Cancel { name } => control::cancel(door, printer, name.as_deref()).await,
        Command::Pause => control::pause(door, printer, true).await,
        Command::Resume => control::pause(door, printer, false).await,
        Command::Settings(command) => control::settings(door, printer, command).await,
        Command::SignIn { user, password } => {
            people::sign_in(door, printer, &user, password.password_stdin).await
        }
        Command::Check => service::check(door, printer).await,
        Command::Journal { kind, limit } => service::journal(door, printer, kind, limit).await,
        Command::Explain { user } => told::explain::run(door, printer, &user).await,
        Command::Imports { command: None, limit } => {
            told::imports::list(door, printer, limit).await
        }
        Command::Imports { command: Some(Imports::Show(asked)), .. } => {
            told::imports::show(door, printer, asked).await
        }
        Command::Imports { command: Some(Imports::Waiting { mapping, kind }), .. } => {
            told::imports::waiting(door, printer, mapping, &kind).await
        }
        Command::Migrate { file, blank_password } => {
            migrate::run(door, printer, file, blank_password).await
        }
        Command::Update(command) => update::run(door, printer, &command).await,
        Command::Diagnose { zip } => service::diagnose(door, printer, zip.as_deref()).await,
        Command::Completions { .. }
        | Command::Man { .. }
        | Command::Run { .. }
        | Command::Status
        | Command::Service(_) => Ok(true),
    }
}
