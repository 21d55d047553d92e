//! What the administrator decided: shown, changed, and taken to another computer.

pub(crate) mod rules;
pub(crate) mod transfer;
pub(crate) mod transfer_file;
mod wizard_draft;
