//! What teams are asked to be able to do. A target of a merged skill reads as one of the skill it was
//! merged into, and of two that a merge brought together each part reads as the stronger.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        coverage::Target,
        ids::{SkillId, TeamId},
    },
    store::{
        Reader, StoreError, Tx,
        entity::organisation::team_skill_target,
        rows::{grouped, level, uuids},
    },
};

#[derive(FromQueryResult)]
struct Row {
    team_id: Uuid,
    skill_id: Uuid,
    level: i32,
    head_count: i32,
}

impl Reader {
    /// The targets of teams the caller has found within its scope, each by the name of the skill.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skill_targets_of(
        &self,
        teams: &[TeamId],
    ) -> Result<HashMap<TeamId, Vec<Target>>, StoreError> {
        let mut sql = self.sql(
            "SELECT t.team_id, c.id AS skill_id, MAX(t.level) AS level, MAX(t.head_count) AS head_count \
             FROM team_skill_target t JOIN skill s ON s.id = t.skill_id \
             JOIN skill c ON c.id = COALESCE(s.merged_into, s.id) WHERE ",
        );
        sql.one_of("t.team_id", uuids(teams));
        sql.push(" GROUP BY t.team_id, c.id, c.name_key ORDER BY c.name_key, c.id");
        grouped(self.all::<Row>(sql).await?.into_iter().map(|row| {
            let target = Target {
                skill_id: SkillId::from_uuid(row.skill_id),
                level: level("team_skill_target.level", row.level)?,
                head_count: u32::try_from(row.head_count).unwrap_or_default(),
            };
            Ok((TeamId::from_uuid(row.team_id), target))
        }))
    }
}

impl Tx {
    /// Stores targets of teams; a team has one a skill.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_skill_targets(&self, targets: &[(TeamId, Target)]) -> Result<(), StoreError> {
        let row = |(team, target): &(TeamId, Target)| team_skill_target::Model {
            team_id: team.uuid(),
            skill_id: target.skill_id.uuid(),
            level: target.level.value().into(),
            head_count: i32::try_from(target.head_count).unwrap_or(i32::MAX),
        };
        self.insert(targets.iter().map(row)).await
    }

    /// Takes away what a team is asked of a canonical skill, under whichever merged skill it was set.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn remove_skill_target(&self, team: TeamId, skill: SkillId) -> Result<(), StoreError> {
        let mut sql = self.sql("DELETE FROM team_skill_target WHERE team_id = ");
        sql.bind(team.uuid())
            .push(" AND skill_id IN (SELECT id FROM skill WHERE COALESCE(merged_into, id) = ");
        sql.bind(skill.uuid()).push(")");
        self.execute(sql).await.map(drop)
    }
}
