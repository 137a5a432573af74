//! Changing the team tree: its links are closed and opened, never rewritten.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{ids::TeamId, time::Timestamp},
    store::{StoreError, Tx},
};

#[derive(FromQueryResult)]
struct Open {
    id: Uuid,
    valid_from: Timestamp,
}

#[derive(FromQueryResult)]
struct Above {
    parent_id: Uuid,
}

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

impl Tx {
    /// Ends the team's place below another one, if it has one, and says from when it has none: `at`, or
    /// just after the place began when it began at this very instant.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn close_team_link(&self, team: TeamId, at: Timestamp) -> Result<Timestamp, StoreError> {
        let mut sql =
            self.sql("SELECT id, valid_from FROM team_parent WHERE valid_to IS NULL AND team_id = ");
        sql.bind(team.uuid());
        let Some(open) = self.one::<Open>(sql).await? else { return Ok(at) };
        let at = at.max(open.valid_from + chrono::TimeDelta::microseconds(1));
        let mut sql = self.sql("UPDATE team_parent SET valid_to = ");
        sql.bind(at).push(" WHERE id = ").bind(open.id);
        self.execute(sql).await?;
        Ok(at)
    }

    /// The team directly above, whoever may see it. Ask under the tree's lock: then it is the last word,
    /// even for a write whose instant is before that of the one it waited for.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn team_above(&self, team: TeamId) -> Result<Option<TeamId>, StoreError> {
        let mut sql = self.sql("SELECT parent_id FROM team_parent WHERE valid_to IS NULL AND team_id = ");
        sql.bind(team.uuid());
        Ok(self.one::<Above>(sql).await?.map(|row| TeamId::from_uuid(row.parent_id)))
    }

    /// Whether `team` is `top` or stands below it now, whoever may see it. Ask under the tree's lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn is_in_subtree(&self, top: TeamId, team: TeamId) -> Result<bool, StoreError> {
        let mut sql = self.sql("WITH RECURSIVE below AS (SELECT id FROM team WHERE id = ");
        sql.bind(top.uuid()).push(" UNION SELECT p.team_id FROM team_parent p JOIN below ON ");
        sql.push("p.parent_id = below.id WHERE p.valid_to IS NULL) ");
        sql.push("SELECT EXISTS (SELECT 1 FROM below WHERE id = ").bind(team.uuid()).push(") AS found");
        Ok(self.one::<Found>(sql).await?.is_some_and(|row| row.found))
    }
}
