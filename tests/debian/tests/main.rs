//! The packages in a bare Debian.

mod packages;
mod update;
mod upgrade;
