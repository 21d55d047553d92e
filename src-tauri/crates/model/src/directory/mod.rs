//! What a company's directory is, how it is reached, and how it is asked.

pub mod account;
pub mod attribute_type;
pub mod dn;
pub mod filter;
pub mod filter_proof;
pub mod filter_text;
pub mod judgement;
pub mod node;
pub mod reference;
pub mod watermark;
