//! What the database grants a viewer, read by one statement at the start of each operation, so that
//! a permission taken away acts at the next request.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::{Scope, Viewer},
    domain::{
        ids::{PersonId, SkillId, TeamId},
        people::Identity,
        policy::Standing,
        time::Timestamp,
    },
    store::{
        Reader, StoreError,
        replicas::{Position, WRITTEN, position},
    },
};

#[derive(FromQueryResult)]
struct Linked {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Row {
    relation: String,
    id: Option<Uuid>,
    position: Option<i64>,
}

impl Reader {
    /// Makes the scope of one operation at `now`.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn scope(&self, viewer: Viewer, now: Timestamp) -> Result<Scope, StoreError> {
        Ok(self.scope_and_position(viewer, now, false).await?.0)
    }

    /// The same, and with `positioned` by the same statement where the primary writes; `None` when it does
    /// not say.
    pub(super) async fn scope_and_position(
        &self,
        viewer: Viewer,
        now: Timestamp,
        positioned: bool,
    ) -> Result<(Scope, Option<Position>), StoreError> {
        let (mut standing, position) = match viewer.identity() {
            Some(identity) => self.standing(identity, now, positioned).await?,
            None => (Standing::default(), None),
        };
        standing.job = viewer.job().is_some();
        if let Some(person) = viewer.on_behalf_of() {
            standing.acts_for = self.person_linked_to(person).await?;
        }
        Ok((Scope::new(viewer, now, standing), position))
    }

    /// The active person whom a token's (issuer, subject) is linked to.
    async fn person_linked_to(&self, identity: &Identity) -> Result<Option<PersonId>, StoreError> {
        let mut sql = self.sql("SELECT id FROM person WHERE status = 'ACTIVE' AND issuer = ");
        sql.bind(identity.issuer.as_str()).push(" AND subject = ").bind(identity.subject.as_str());
        Ok(self.one::<Linked>(sql).await?.map(|row| PersonId::from_uuid(row.id)))
    }

    async fn standing(
        &self,
        identity: &Identity,
        now: Timestamp,
        positioned: bool,
    ) -> Result<(Standing, Option<Position>), StoreError> {
        let mut sql = self.sql("WITH RECURSIVE me AS (SELECT id FROM person WHERE issuer = ");
        sql.bind(identity.issuer.as_str()).push(" AND subject = ").bind(identity.subject.as_str());
        sql.push(" AND status = 'ACTIVE'), ");
        sql.push(
            "mine AS (SELECT m.team_id, m.role FROM team_membership m JOIN me ON m.person_id = me.id WHERE ",
        );
        sql.valid_at("m", now).push("), ");
        sql.push("led AS (SELECT team_id FROM mine WHERE role = 'LEAD' UNION ");
        sql.push("SELECT p.team_id FROM team_parent p JOIN led ON p.parent_id = led.team_id WHERE ");
        sql.valid_at("p", now).push(") ");
        sql.push("SELECT 'person' AS relation, id, CAST(NULL AS bigint) AS position FROM me ");
        sql.push("UNION ALL SELECT 'member', team_id, NULL FROM mine ");
        sql.push("UNION ALL SELECT 'lead', team_id, NULL FROM led ");
        sql.push("UNION ALL SELECT 'owner', s.id, NULL FROM skill s JOIN me ON s.owner_id = me.id");
        if positioned {
            sql.push(" UNION ALL SELECT 'position', NULL, ").push(WRITTEN);
        }
        let (mut standing, mut written) = (Standing::default(), None);
        for row in self.all::<Row>(sql).await? {
            match (row.relation.as_str(), row.id) {
                ("person", Some(id)) => standing.person = Some(PersonId::from_uuid(id)),
                ("member", Some(id)) => drop(standing.member_of.insert(TeamId::from_uuid(id))),
                ("lead", Some(id)) => drop(standing.leads.insert(TeamId::from_uuid(id))),
                ("owner", Some(id)) => drop(standing.owns.insert(SkillId::from_uuid(id))),
                _ => written = position(row.position),
            }
        }
        Ok((standing, written))
    }
}
