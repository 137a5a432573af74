//! Read models: a Scope and the Store to a domain value, cached by revision. Never writes, and never
//! shows anybody what was not cut to their reach.

pub mod coverage;
pub mod due;
pub mod finder;
pub mod gaps;
pub mod links;
pub mod matches;
pub mod matrix;
pub mod profiles;
pub mod question_sets;
mod remembered;
pub mod rounds;
pub mod skills;
#[cfg(test)]
mod tests;
pub mod trend;
