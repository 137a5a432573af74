//! What the matrix promises: its cells are F1's, its counts are of what is seen, and it holds until
//! the instant it names.

mod cut;
mod promises;
mod teams;
