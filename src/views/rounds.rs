//! How far assessment rounds have come, as far as the viewer may know it: of the people whose assessments are
//! open to them, and of nobody else. Takes rounds that the caller has found under the scope.

use std::{collections::HashMap, sync::Arc};

use crate::{
    auth::Scope,
    domain::{
        ids::{AssessmentRoundId, SkillId},
        rounds::{MemberProgress, progress},
        skills::{Skill, SkillKind},
    },
    store::{Store, StoreError},
};

/// What a round asks about, and how far who has come.
#[derive(Debug, Clone, Default)]
pub struct RoundProgress {
    /// The skills, as they read today, in the order given.
    pub skills: Vec<Arc<Skill>>,
    /// The people, by name.
    pub people: Vec<Arc<MemberProgress>>,
}

/// The progress of each of `rounds`, in three statements. A skill that went out of use is asked of nobody.
///
/// # Errors
/// [`StoreError`].
pub async fn progress_of(
    store: &Store,
    scope: &Scope,
    rounds: &[AssessmentRoundId],
) -> Result<HashMap<AssessmentRoundId, RoundProgress>, StoreError> {
    let mut skills = store.skills_of_rounds(rounds).await?;
    let mut members = store.members_of_rounds(scope, rounds).await?;
    let mut done = store.done_in_rounds(rounds).await?;
    let answer = |round: &AssessmentRoundId| {
        let skills = skills.remove(round).unwrap_or_default();
        let rated = |skill: &&Skill| skill.status.can_be_assessed() && skill.kind != SkillKind::Certification;
        let asked: Vec<SkillId> = skills.iter().filter(rated).map(|skill| skill.id).collect();
        let members = members.remove(round).unwrap_or_default();
        let people = progress(members, &asked, &done.remove(round).unwrap_or_default());
        let people = people.into_iter().map(Arc::new).collect();
        (*round, RoundProgress { skills: skills.into_iter().map(Arc::new).collect(), people })
    };
    Ok(rounds.iter().map(answer).collect())
}
