//! Names that a shell completes. They are read from the settings of the home: no engine, no keychain and no network is asked.

use clap::Command;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{CompleteEnv, Shells};
use connector_api::known_names;
use std::ffi::OsString;
use std::path::PathBuf;

/// The variable by which a shell's script asks.
const ASKS: &str = "INSYNC_CONNECTOR_COMPLETES";
const PROGRAM: &str = "insync-connector";
/// Completed names are words for bash, whatever is in them.
const BASH_WORDS: &str = r#"
_insync_connector_words() {
    _clap_complete_insync_connector "$@"
    local at
    for at in "${!COMPREPLY[@]}"; do
        printf -v "COMPREPLY[$at]" %q "${COMPREPLY[at]}"
    done
}
complete -o nospace -o bashdefault -F _insync_connector_words insync-connector
"#;
/// A function that zsh loads when it is first needed is at work already then.
const ZSH_AT_ONCE: &str = r#"
if [[ ${funcstack[1]} == _insync-connector ]]; then
    _clap_dynamic_completer_insync_connector "$@"
fi
"#;

/// Where a shell asks how a line goes on: answers, and ends.
pub fn answer(command: fn() -> Command) {
    CompleteEnv::with_factory(command).var(ASKS).complete();
}

/// What makes a shell ask.
pub fn script(shell: &str) -> String {
    let mut text = vec![];
    if let Some(shell) = Shells::builtins().completer(shell) {
        let _ = shell.write_registration(ASKS, PROGRAM, PROGRAM, PROGRAM, &mut text);
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    match shell {
        "bash" => text + BASH_WORDS,
        "zsh" => text + ZSH_AT_ONCE,
        _ => text,
    }
}

/// Names of the accounts.
pub fn accounts() -> Vec<CompletionCandidate> {
    known_names(home(std::env::args_os())).0.into_iter().map(CompletionCandidate::new).collect()
}

/// Names of the mappings.
pub fn mappings() -> Vec<CompletionCandidate> {
    known_names(home(std::env::args_os())).1.into_iter().map(CompletionCandidate::new).collect()
}

/// The home that the line names so far, else that of the environment.
fn home(mut words: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let mut named = None;
    while let Some(word) = words.next() {
        if word == "--home" {
            named = words.next();
        } else if let Some(after) = word.to_str().and_then(|word| word.strip_prefix("--home=")) {
            named = Some(after.into());
        }
    }
    let named = named.filter(|home| !home.is_empty());
    named.or_else(|| std::env::var_os("INSYNC_CONNECTOR_HOME")).map(PathBuf::from)
}
