//! Who signs in, and who is found.

mod answers;
mod budget;
mod names;
mod sign_in;
