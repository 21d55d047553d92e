//! People delivered by SCIM, and what a service may limit.

mod batches;
mod limits;
