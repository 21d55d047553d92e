//! `insync-sandbox`: a sample company in one program.

mod command_line;
mod sample_company;

use clap::Parser;
use command_line::{Command, CommandLine};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let line = CommandLine::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(&line.log))
        .with_writer(std::io::stderr)
        .init();
    let result = match line.command {
        Command::Directory(command) => sample_company::directory(command).await,
        Command::Cloud(command) => sample_company::cloud(command).await,
        Command::All(command) => sample_company::all(command).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the sandbox could not start");
            ExitCode::FAILURE
        }
    }
}
