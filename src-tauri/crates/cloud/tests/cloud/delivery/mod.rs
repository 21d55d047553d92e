//! People delivered by SCIM, what a service may limit, and what its answers are worth.

mod batches;
mod bulk_answers;
mod doubt;
mod generated;
mod limits;
mod lists;
mod proof;
mod searches;
mod throttling;
mod trouble;
mod ways;
