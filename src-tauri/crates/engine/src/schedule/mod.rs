//! When imports run without anybody asking: at their time, after a change, and only where they are this connector's.

pub(crate) mod again;
pub(crate) mod assignments;
pub(crate) mod compare;
pub(crate) mod due;
pub(crate) mod follow;
pub(crate) mod missed_changes;
pub(crate) mod timetable;
