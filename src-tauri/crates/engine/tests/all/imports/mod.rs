//! Who is imported, when, and who is not made inactive.

mod changes;
mod import;
mod losses;
mod made_anew;
mod proof;
mod refusals;
mod returned;
mod schedule;
mod several;
mod shared_identity;
mod undecided;
