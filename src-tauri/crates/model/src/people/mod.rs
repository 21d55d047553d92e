//! People: who they are, what is read of them, and what becomes of their sign-ins.

pub mod guess_limit;
pub mod identity;
pub mod outcome;
pub mod person;
pub mod user_name;
pub mod verdict;
