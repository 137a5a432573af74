//! Reading and closing stays in teams under the lock of their team and person. An open stay is closed
//! once; nothing else about it ever changes.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{PersonId, TeamId, TeamMembershipId},
        teams::{TeamMembership, TeamRole},
        time::Timestamp,
    },
    store::{
        StoreError, Tx,
        rows::{interval, known, uuids},
    },
};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    team_id: Uuid,
    role: String,
    allocation_pct: i32,
    valid_from: Timestamp,
    valid_to: Option<Timestamp>,
}

impl Tx {
    /// Every stay of the person, past and future ones too, whoever may see them. Ask under their lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn stays_of(&self, person: PersonId) -> Result<Vec<TeamMembership>, StoreError> {
        let mut sql = self.sql(
            "SELECT id, team_id, role, allocation_pct, valid_from, valid_to FROM team_membership \
             WHERE person_id = ",
        );
        sql.bind(person.uuid()).push(" ORDER BY valid_from, id");
        let stay = |row: Row| {
            Ok(TeamMembership {
                id: TeamMembershipId::from_uuid(row.id),
                person_id: person,
                team_id: TeamId::from_uuid(row.team_id),
                role: known("team_membership.role", &row.role, TeamRole::parse)?,
                allocation_pct: row.allocation_pct,
                valid: interval(row.valid_from, row.valid_to),
            })
        };
        self.all::<Row>(sql).await?.into_iter().map(stay).collect()
    }

    /// Closes open stays at `at`, which is later than each of them began.
    ///
    /// # Errors
    /// [`StoreError`]; a constraint when one has not begun by then, or is closed already.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn close_stays(&self, ids: &[TeamMembershipId], at: Timestamp) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE team_membership SET valid_to = ");
        sql.bind(at).push(" WHERE ").one_of("id", uuids(ids));
        self.execute(sql).await.map(drop)
    }
}
