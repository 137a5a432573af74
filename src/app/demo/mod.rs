//! The demo organisation: the files of `demo/` and 18 months of history made from them, loaded into
//! an empty database. All of it is a function of the files, the issuer and the day: no clock is read
//! and nothing is random, so that two demos of one day are the same.

mod abilities;
mod chance;
mod exemptions;
mod history;
mod ids;
pub(in crate::app) mod instants;
mod load;
mod organisation;
mod profiles;
mod question_sets;
mod questions;
mod roster;
mod rounds;
mod skills;
#[cfg(test)]
mod tests;
mod words;

pub(in crate::app) use chance::Chance;
pub use history::RatedRow;
pub use ids::demo_id;
pub use load::{LoadError, Loaded, load};
pub(in crate::app) use load::{
    audit, claim, write_profiles, write_question_sets, write_questions, write_ratings, write_skills,
};
pub use organisation::Teams;
pub use profiles::PublishedProfile;
pub use question_sets::PublishedSet;
pub use questions::ApprovedQuestion;
pub use skills::Skills;

use crate::{
    domain::{
        assessments::{SkillAssessment, SkillInterest},
        gaps::exemptions::RequirementExemption,
        time::Timestamp,
    },
    interchange::demo::Demo,
};

/// Everything the demo puts into the database, with its ids, in the order in which it can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// Teams, people, memberships and held profiles.
    pub teams: Teams,
    /// Categories, skills and what belongs to them.
    pub skills: Skills,
    /// Role profiles, each with its one published version.
    pub profiles: Vec<PublishedProfile>,
    /// The question bank, each entry with its one approved version.
    pub questions: Vec<ApprovedQuestion>,
    /// Published sets of its questions.
    pub question_sets: Vec<PublishedSet>,
    /// Assessments, oldest record first.
    pub ratings: Vec<RatedRow>,
    /// Interests.
    pub interests: Vec<SkillInterest>,
    /// Exemptions from requirements.
    pub exemptions: Vec<RequirementExemption>,
}

impl World {
    /// The world as of `now`; personas sign in with tokens of `issuer`.
    #[must_use]
    pub fn of(demo: &Demo, issuer: &str, now: Timestamp) -> Self {
        let teams = Teams::of(demo, issuer, now);
        let skills = Skills::of(demo);
        let profiles = profiles::published(demo, now);
        let questions = questions::approved(demo, now);
        let question_sets = question_sets::published(demo, now);
        let (ratings, interests) = history::written(demo, now);
        let exemptions = exemptions::granted(demo, now);
        Self { teams, skills, profiles, questions, question_sets, ratings, interests, exemptions }
    }

    /// The assessments without their statuses.
    pub fn assessments(&self) -> impl Iterator<Item = &SkillAssessment> {
        self.ratings.iter().map(|row| &row.assessment)
    }
}
