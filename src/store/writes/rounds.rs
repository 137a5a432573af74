//! Storing assessment rounds. A round changes while it is open; once closed it stays as it is.

use crate::{
    domain::{
        ids::{AssessmentRoundId, PersonId, SkillId},
        revisions::{Aggregate, Root},
        rounds::AssessmentRound,
    },
    store::{
        StoreError, Tx,
        entity::rounds::{assessment_round, assessment_round_skill},
    },
};

impl Tx {
    /// Stores new rounds; their skills are [`set_round_skills`](Self::set_round_skills).
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_rounds(&self, rounds: &[AssessmentRound]) -> Result<(), StoreError> {
        self.found(&rounds.iter().map(|round| Root::of(Aggregate::AssessmentRound, round.id)).collect())
            .await?;
        let row = |round: &AssessmentRound| assessment_round::Model {
            id: round.id.uuid(),
            team_id: round.team_id.uuid(),
            name: round.name.clone(),
            opened_at: round.opened_at,
            opened_by_id: round.opened_by.map(PersonId::uuid),
            due_at: round.due_at,
            closed_at: round.closed_at,
            closed_by_id: round.closed_by.map(PersonId::uuid),
        };
        self.insert(rounds.iter().map(row)).await
    }

    /// Stores the columns of a round that may change; its revision is [`raise`](Self::raise)d.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_round(&self, round: &AssessmentRound) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE assessment_round SET name = ");
        sql.bind(round.name.as_str()).push(", due_at = ").bind(round.due_at);
        sql.push(", closed_at = ").bind(round.closed_at);
        sql.push(", closed_by_id = ").bind(round.closed_by.map(PersonId::uuid));
        sql.push(" WHERE id = ").bind(round.id.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Lets a round ask about exactly these skills, in this order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn set_round_skills(
        &self,
        round: AssessmentRoundId,
        skills: &[SkillId],
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("DELETE FROM assessment_round_skill WHERE round_id = ");
        sql.bind(round.uuid());
        self.execute(sql).await?;
        let row = |(position, skill): (i32, &SkillId)| assessment_round_skill::Model {
            round_id: round.uuid(),
            skill_id: skill.uuid(),
            position,
        };
        self.insert((0..).zip(skills).map(row)).await
    }
}
