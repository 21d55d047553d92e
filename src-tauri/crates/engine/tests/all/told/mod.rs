//! What is told afterwards: of imports, of people, of sign-ins.

mod damage;
mod explain;
mod rows;
