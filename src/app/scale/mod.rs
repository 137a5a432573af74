//! An organisation of any size, made of numbers: what `assay seed --scale` loads. A function of its size,
//! seed and day; two databases loaded alike hold the same rows.
//!
//! Everything is made team by team and forgotten once written, so that memory does not grow with the
//! organisation. Never meant to be believed one by one: names repeat, the shape of the data is what is real.

mod catalogue;
mod exemptions;
mod history;
mod ids;
mod load;
mod organisation;
mod profiles;
mod question_sets;
mod questions;
mod ratings;
#[cfg(test)]
mod tests;
mod words;

pub use load::load;

use crate::{app::demo::Chance, domain::time::Timestamp};

/// People of each team.
pub const PEOPLE_OF_A_TEAM: u32 = 25;
/// Teams of an organisation of scale 1.
pub const TEAMS_OF_A_SCALE: u32 = 200;
/// Questions for each team, unless told otherwise: 2,000 of scale 1.
pub const QUESTIONS_OF_A_TEAM: u32 = 10;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Scale {
    /// How many teams, of 25 people each.
    pub teams: u32,
    /// How many questions the bank holds.
    pub questions: u32,
    /// Another seed makes another organisation of the same size.
    pub seed: u64,
    /// The instant before which everything happened; only its day counts.
    pub now: Timestamp,
    /// Whose subjects the people are: `person-0`, `person-1` and so on.
    pub issuer: String,
}

impl Scale {
    /// How many people there are.
    #[must_use]
    pub const fn people(&self) -> u32 {
        self.teams * PEOPLE_OF_A_TEAM
    }

    /// The numbers drawn for `what` of the thing with number `n`.
    fn chance(&self, what: &str, n: u64) -> Chance {
        Chance::of(&[what, &self.seed.to_string(), &n.to_string()])
    }

    /// The numbers of the people of a team; the first leads it.
    fn people_of(team: u32) -> std::ops::Range<u32> {
        team * PEOPLE_OF_A_TEAM..(team + 1) * PEOPLE_OF_A_TEAM
    }

    /// The number of the person who leads a team.
    const fn lead_of(team: u32) -> u32 {
        team * PEOPLE_OF_A_TEAM
    }
}
