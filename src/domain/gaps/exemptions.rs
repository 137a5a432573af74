//! Being excused from what is required of a skill: for a stated reason, until a stated day, by somebody
//! who answers for it. Never says who may excuse whom; that is `policy`'s.

use crate::domain::{
    ids::{PersonId, RequirementExemptionId, SkillId},
    time::{Interval, Timestamp},
};

/// One exemption. It ends by its day, or earlier when somebody ends it, and stays as history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementExemption {
    /// Its id.
    pub id: RequirementExemptionId,
    /// Who is excused.
    pub person_id: PersonId,
    /// From what, as recorded; reads resolve a merged skill to its canonical one.
    pub skill_id: SkillId,
    /// Why, in the words of who excused; blank once the person was erased.
    pub reason: String,
    /// Who excused; `None` for a program that acts for nobody.
    pub granted_by: Option<PersonId>,
    /// From when.
    pub from: Timestamp,
    /// The stated end, the first instant at which it no longer holds.
    pub until: Timestamp,
    /// When it was ended before that.
    pub ended_at: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<PersonId>,
}

impl RequirementExemption {
    /// While it holds.
    #[must_use]
    pub fn valid(&self) -> Interval {
        Interval { from: self.from, to: Some(self.ended_at.unwrap_or(self.until).min(self.until)) }
    }

    /// Whether it holds no longer at `at`, and never will again.
    #[must_use]
    pub fn is_over(&self, at: Timestamp) -> bool {
        self.valid().to.is_some_and(|end| end <= at)
    }
}
