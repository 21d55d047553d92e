//! What is told of people and sign-ins: lists, one person, counts for charts.

pub(crate) mod hours;
mod look;
mod one_person;
mod people;
mod sign_ins;
