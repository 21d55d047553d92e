//! Bulk requests (RFC 7644, section 3.7): many people in one request, judged one by one.

pub(crate) mod answers;
pub(crate) mod operation;
pub(crate) mod pack;
pub(crate) mod send;
