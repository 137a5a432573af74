//! Use cases on assessment rounds: opening, changing and closing them.
//!
//! Each one locks the round before it judges, so that what it judges by still holds when it writes.

mod change;
mod open;
mod skills;

pub use change::{
    CloseAssessmentRound, UpdateAssessmentRound, close_assessment_round, update_assessment_round,
};
pub use open::{OpenAssessmentRound, open_assessment_round};

use crate::domain::{
    ids::AssessmentRoundId,
    revisions::{Aggregate, Root},
};

const fn root_of(round: AssessmentRoundId) -> Root {
    Root::of(Aggregate::AssessmentRound, round)
}
