//! `insync-connector`: the headless engine, and every use case from a terminal.

mod arguments;
mod commands;
mod completed;
mod control_arguments;
#[cfg(test)]
mod documented;
mod output;
mod secret_input;
mod threads;
mod told_arguments;
mod update_arguments;

use arguments::Arguments;
use clap::{CommandFactory, Parser};
use connector_model::{Code, Error, Result, io_reason};
use mimalloc::MiMalloc;
use output::Printer;
use std::process::ExitCode;
use zeroizing_alloc::ZeroAlloc;

/// Wipes what is freed: a password leaves no copy in the buffers of the libraries that it went through.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<MiMalloc> = ZeroAlloc(MiMalloc);

/// Wrong usage ends with exit code 2, after `--json` with a document; a call for help with its text.
fn ended(wrong: &clap::Error) -> ! {
    let mut words = std::env::args_os().skip(1).take_while(|word| word != "--");
    if wrong.use_stderr() && words.any(|word| word == "--json") {
        Printer::new(true).document(&output::usage(wrong));
    }
    wrong.exit()
}

/// The exit code of what was done; an error is told.
fn exit(printer: &Printer, outcome: Result<bool>) -> ExitCode {
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            printer.error(&error);
            ExitCode::FAILURE
        }
    }
}

fn main() -> ExitCode {
    connector_api::without_core_dumps();
    completed::answer(Arguments::command);
    let arguments = Arguments::try_parse().unwrap_or_else(|wrong| ended(&wrong));
    let printer = Printer::new(arguments.json);
    #[cfg(windows)]
    if let arguments::Command::Run { as_service: true } = arguments.command {
        return exit(&printer, commands::serve(arguments.home).map(|()| true));
    }
    #[cfg(windows)]
    if let arguments::Command::Update(update_arguments::Update::Serve) = arguments.command {
        let served = connector_api::update::serve(env!("CARGO_PKG_VERSION"));
        return exit(&printer, served.map(|()| true));
    }
    let outcome = run(arguments, printer.clone());
    exit(&printer, outcome)
}

fn run(arguments: Arguments, printer: Printer) -> Result<bool> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| {
        let text = format!("The program cannot start its threads: {}.", io_reason(&error));
        Error::new(Code::Internal, text)
    })?;
    // On a worker, beside the connections that it waits for: no thread is woken for every message.
    let work = runtime.spawn(async move { Box::pin(commands::run(arguments, &printer)).await });
    let outcome = runtime.block_on(work).unwrap_or_else(|_| Err(Error::of(Code::Internal)));
    threads::end(runtime);
    outcome
}
