//! A role profile as a file, one profile a file: its rows, its schema, reading and writing. Makes no ids, knows
//! no versions, and never asks the database what exists.

mod content;
mod form;
mod read;
mod rows;
mod schema;
#[cfg(test)]
mod tests;
mod write;

pub use read::{Known, Parsed, parse, read_all};
pub use rows::{
    CareerPathRow, ChallengeRow, Hundredths, MarketFigureRow, MarketInsightRow, PracticeRow, ProfileRow,
    QualificationRow, RequirementRow, ResponsibilitiesRow, SalaryBenchmarkRow,
};
pub use schema::schema;
pub use write::{Unwritable, difference};
