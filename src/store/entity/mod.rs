//! The rows of each table, as [`Tx::insert`](crate::store::Tx) stores them and a plain find reads them.
//! Private to `store`: no other layer can name a table. No rule lives here.
//!
//! Columns are those of `migration`; choices are the names `domain` spells, and lists are JSON text.

pub mod catalogue;
pub mod development;
pub mod gaps;
pub mod organisation;
pub mod platform;
pub mod profile_content;
pub mod profiles;
pub mod question_sets;
pub mod questions;
pub mod ratings;
pub mod rounds;
#[cfg(test)]
mod tests;
