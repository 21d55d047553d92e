//! Who this connector is: its keys, how it registers them, what it signs and what is sealed to it.

pub(crate) mod keys;
pub(crate) mod registration;
pub(crate) mod sealing;
pub(crate) mod signed_texts;
