//! Assessment rounds: a team asked to be assessed in some skills by a day, by themselves and by who leads them.
//!
//! How far a round has come follows from what was observed since it was opened; nobody ticks anything off.

use std::collections::BTreeSet;

use crate::domain::{
    assessments::AssessmentSource,
    choices::choices,
    ids::{AssessmentRoundId, PersonId, SkillId, TeamId},
    revisions::Revision,
    time::Timestamp,
};

choices! {
    /// OPEN → CLOSED.
    AssessmentRoundStatus {
        /// Waits for assessments.
        Open = "OPEN",
        /// Is over; kept for its history.
        Closed = "CLOSED",
    }
}

/// A round of assessments of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentRound {
    /// Its id.
    pub id: AssessmentRoundId,
    /// Whose members are assessed.
    pub team_id: TeamId,
    /// 1–200 characters.
    pub name: String,
    /// When it was opened: what was observed before does not count.
    pub opened_at: Timestamp,
    /// Who opened it; `None` for a program that acts for nobody.
    pub opened_by: Option<PersonId>,
    /// By when it shall be done.
    pub due_at: Timestamp,
    /// When it was closed: what is observed later does not count.
    pub closed_at: Option<Timestamp>,
    /// Who closed it.
    pub closed_by: Option<PersonId>,
    /// Raised by every write to the round.
    pub revision: Revision,
}

impl AssessmentRound {
    /// Where it stands.
    #[must_use]
    pub const fn status(&self) -> AssessmentRoundStatus {
        if self.closed_at.is_some() { AssessmentRoundStatus::Closed } else { AssessmentRoundStatus::Open }
    }
}

/// Somebody a round is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundMember {
    /// Who.
    pub person_id: PersonId,
    /// Their folded name, which orders them.
    pub name_key: String,
    /// Somebody else leads the team or one above it, and so can rate them as a manager.
    pub led: bool,
}

/// An assessment that counts, by what a round asks for.
pub type Done = (PersonId, SkillId, AssessmentSource);

/// How far one person has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberProgress {
    /// Who.
    pub member: RoundMember,
    /// How many assessments are asked of them and of who leads them.
    pub expected: usize,
    /// Those that are missing, by skill and then SELF before MANAGER.
    pub missing: Vec<(SkillId, AssessmentSource)>,
}

impl MemberProgress {
    /// How many assessments there are.
    #[must_use]
    pub fn done(&self) -> usize {
        self.expected - self.missing.len()
    }
}

/// How far each of `members` has come: each is asked to rate themself in each of `skills`, and who leads them
/// to rate them too.
#[must_use]
pub fn progress(members: Vec<RoundMember>, skills: &[SkillId], done: &BTreeSet<Done>) -> Vec<MemberProgress> {
    let of_one = |member: RoundMember| {
        let sources = [AssessmentSource::SelfRating, AssessmentSource::Manager];
        let sources = &sources[..if member.led { 2 } else { 1 }];
        let asked = skills.iter().flat_map(|skill| sources.iter().map(move |source| (*skill, *source)));
        let missing = asked.filter(|(skill, source)| !done.contains(&(member.person_id, *skill, *source)));
        MemberProgress { expected: skills.len() * sources.len(), missing: missing.collect(), member }
    };
    members.into_iter().map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sampling::id;

    fn member(n: u128, led: bool) -> RoundMember {
        RoundMember { person_id: id(n), name_key: n.to_string(), led }
    }

    #[test]
    fn each_is_asked_for_their_own_word_and_for_that_of_who_leads_them() {
        let (skills, done) = ([id(11), id(12)], BTreeSet::new());
        let progress = progress(vec![member(1, true), member(2, false)], &skills, &done);
        assert_eq!(
            progress.iter().map(|one| (one.expected, one.done())).collect::<Vec<_>>(),
            [(4, 0), (2, 0)]
        );
        assert!(progress[1].missing.iter().all(|(_, source)| *source == AssessmentSource::SelfRating));
    }

    #[test]
    fn what_counts_for_one_person_skill_and_source_counts_for_no_other() {
        let skills: [SkillId; 2] = [id(11), id(12)];
        let done = BTreeSet::from([
            (id(1), id(11), AssessmentSource::Manager),
            (id(2), id(12), AssessmentSource::SelfRating),
        ]);
        let progress = progress(vec![member(1, true), member(2, true)], &skills, &done);
        assert_eq!(progress.iter().map(MemberProgress::done).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(progress[0].missing[0], (id(11), AssessmentSource::SelfRating));
        assert_eq!(progress[1].missing.len(), 3);
    }
}
