//! Whole use cases against the sample company: one program, so that it is linked once.

mod crash;
mod door {
    mod command_line;
    mod copied;
    mod group_member;
    mod machine;
    mod one_engine;
    mod shells;
}
mod explain;
mod failures;
mod imports {
    mod approvals;
    mod week;
}
mod main_job;
mod mappings {
    mod criteria;
    mod hostile_cloud;
}
mod migrate;
mod secrets;
mod service;
mod several;
mod transfer;
mod updates;
