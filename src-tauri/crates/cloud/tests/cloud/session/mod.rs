//! The session with the cloud: begun, loaded, ended and begun again.

mod basics;
mod endings;
mod load;
mod sign_in;
