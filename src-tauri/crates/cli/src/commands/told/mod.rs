//! What is known afterwards: of somebody, and of past imports.

pub mod explain;
pub mod imports;
