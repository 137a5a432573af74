//! What a file of a role profile may say, and that writing and reading lose nothing.

mod refusals;
mod schema;
mod stable;
