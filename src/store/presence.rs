//! Who was where while: the places of teams below one, and stays in them, over a span of time.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{PersonId, TeamId},
        time::{Interval, Timestamp},
    },
    store::{Snapshot, StoreError, TeamReach},
};

/// A dated place of a team below another, or a dated stay of a person in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// A team was below another.
    Place {
        /// Which.
        team: TeamId,
        /// Below which.
        parent: TeamId,
        /// While.
        valid: Interval,
    },
    /// A person was in a team.
    Stay {
        /// Where.
        team: TeamId,
        /// Who.
        person: PersonId,
        /// While.
        valid: Interval,
    },
}

#[derive(FromQueryResult)]
struct Row {
    team_id: Uuid,
    parent_id: Option<Uuid>,
    person_id: Option<Uuid>,
    valid_from: Timestamp,
    valid_to: Option<Timestamp>,
}

impl Snapshot {
    /// The stays in `team` that meet `span`; with those below it, every place that a team below it had and
    /// the stays in these teams. One statement.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn presence(
        &self,
        team: TeamId,
        reach: TeamReach,
        span: Interval,
    ) -> Result<Vec<Presence>, StoreError> {
        let mut sql = self.sql("WITH RECURSIVE tree AS (SELECT id AS team_id FROM team WHERE id = ");
        sql.bind(team.uuid());
        if reach == TeamReach::Subtree {
            sql.push(" UNION SELECT c.team_id FROM team_parent c JOIN tree ON c.parent_id = tree.team_id");
        }
        sql.push(
            ") SELECT c.team_id, c.parent_id, NULL AS person_id, c.valid_from, c.valid_to FROM team_parent c \
             JOIN tree ON tree.team_id = c.parent_id UNION ALL SELECT m.team_id, NULL, m.person_id, \
             m.valid_from, m.valid_to FROM team_membership m JOIN tree ON tree.team_id = m.team_id WHERE \
             (m.valid_to IS NULL OR m.valid_to > ",
        );
        sql.bind(span.from).push(")");
        if let Some(end) = span.to {
            sql.push(" AND m.valid_from <= ").bind(end);
        }
        Ok(self.all::<Row>(sql).await?.into_iter().filter_map(Row::presence).collect())
    }
}

impl Row {
    fn presence(self) -> Option<Presence> {
        let valid = Interval { from: self.valid_from, to: self.valid_to };
        let team = TeamId::from_uuid(self.team_id);
        let place = |parent| Presence::Place { team, parent: TeamId::from_uuid(parent), valid };
        let stay = |person| Presence::Stay { team, person: PersonId::from_uuid(person), valid };
        self.parent_id.map(place).or(self.person_id.map(stay))
    }
}
