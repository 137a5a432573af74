//! The tree around teams, as it stands at the scope's instant.

use std::collections::{BTreeSet, HashMap};

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{TeamId, TeamKind},
        policy::reach,
    },
    store::{
        Reader, StoreError,
        rows::{grouped, uuids},
    },
};

#[derive(FromQueryResult)]
struct Step {
    start: Uuid,
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

impl Reader {
    /// The teams above each of `ids` that the viewer sees, the topmost first.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn teams_above(
        &self,
        scope: &Scope,
        ids: &[TeamId],
    ) -> Result<HashMap<TeamId, Vec<TeamId>>, StoreError> {
        let mut sql = self.sql("WITH RECURSIVE above AS (SELECT p.team_id AS start, p.parent_id AS id, ");
        sql.push("1 AS height FROM team_parent p WHERE ").one_of("p.team_id", uuids(ids)).push(" AND ");
        sql.valid_at("p", scope.now());
        sql.push(" UNION ALL SELECT above.start, p.parent_id, above.height + 1 FROM team_parent p ");
        sql.push("JOIN above ON p.team_id = above.id WHERE ").valid_at("p", scope.now());
        sql.push(") SELECT start, id FROM above ORDER BY height DESC");
        let reach = reach::teams(scope.claims(), scope.standing());
        let steps = self.all::<Step>(sql).await?.into_iter();
        grouped::<TeamKind, _>(
            steps
                .map(|step| (TeamId::from_uuid(step.start), TeamId::from_uuid(step.id)))
                .filter(|(_, above)| reach.contains(above))
                .map(Ok),
        )
    }

    /// `ids` and the teams below them that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn subtree(&self, scope: &Scope, ids: &[TeamId]) -> Result<BTreeSet<TeamId>, StoreError> {
        let reach = reach::teams(scope.claims(), scope.standing());
        let mut sql = self.sql("WITH RECURSIVE below AS (SELECT t.id FROM team t WHERE ");
        // What is below a team that the viewer does not see is not to be found out by naming it.
        sql.one_of("t.id", ids.iter().filter(|id| reach.contains(id)).map(|id| id.uuid()));
        sql.push(" UNION SELECT p.team_id FROM team_parent p JOIN below ON p.parent_id = below.id WHERE ");
        sql.valid_at("p", scope.now()).push(") SELECT id FROM below");
        let found = self.all::<Found>(sql).await?.into_iter().map(|row| TeamId::from_uuid(row.id));
        Ok(found.filter(|id| reach.contains(id)).collect())
    }
}
