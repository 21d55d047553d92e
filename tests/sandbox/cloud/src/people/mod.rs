//! What people do and what becomes of them: sign-in, activation, deletion after the retention.

pub mod activation;
pub mod attempts;
pub mod retention;
pub mod sealing;
pub mod sign_in_endpoint;
pub mod throttle;
