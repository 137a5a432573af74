//! Finding people: by id, with what each viewer's reach admits.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, TeamId},
        people::{Discoverability, Identity, Person, PersonStatus},
        policy::reach::{self, AssessmentReach, PeopleReach},
    },
    store::{Reader, StoreError, people_lists::in_a_team, sql::Sql},
};

/// The columns of a person `p` and their revision `pr`, as [`PersonRow`] reads them.
pub(super) const PERSON_COLUMNS: &str = "p.id AS person_id, p.display_name, p.display_name_key, p.email, \
     p.title, p.issuer, p.subject, p.status AS person_status, p.discoverability, pr.value AS person_revision";

/// The joins that [`PERSON_COLUMNS`] needs.
pub(super) const PERSON_TABLES: &str =
    "person p JOIN revision pr ON pr.aggregate = 'PERSON' AND pr.id = p.id";

#[derive(FromQueryResult)]
pub(super) struct PersonRow {
    pub(super) person_id: Uuid,
    display_name: String,
    pub(super) display_name_key: String,
    email: String,
    title: Option<String>,
    issuer: Option<String>,
    subject: Option<String>,
    person_status: String,
    discoverability: String,
    person_revision: i64,
}

impl PersonRow {
    pub(super) fn person(self) -> Result<Person, StoreError> {
        let corrupt = |column: &str, value: &str| StoreError::Corrupt(format!("person.{column} {value}"));
        Ok(Person {
            id: PersonId::from_uuid(self.person_id),
            display_name: self.display_name,
            email: self.email,
            title: self.title,
            identity: self.issuer.zip(self.subject).map(|(issuer, subject)| Identity { issuer, subject }),
            status: PersonStatus::parse(&self.person_status)
                .ok_or_else(|| corrupt("status", &self.person_status))?,
            discoverability: Discoverability::parse(&self.discoverability)
                .ok_or_else(|| corrupt("discoverability", &self.discoverability))?,
            revision: self.person_revision,
        })
    }
}

impl Reader {
    /// The people among `ids` whom the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn people_by_id(&self, scope: &Scope, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        let mut sql = self.people();
        sql.one_of("p.id", ids.iter().map(|id| id.uuid()));
        within(&mut sql, scope);
        self.all::<PersonRow>(sql).await?.into_iter().map(PersonRow::person).collect()
    }

    /// The select list and joins of a person, up to an open `WHERE`.
    pub(super) fn people(&self) -> Sql {
        self.sql(&format!("SELECT {PERSON_COLUMNS} FROM {PERSON_TABLES} WHERE "))
    }

    /// Who among `people` is active and in a team now that the viewer leads, or in one below it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn led_among(
        &self,
        scope: &Scope,
        people: &[PersonId],
    ) -> Result<BTreeSet<PersonId>, StoreError> {
        #[derive(FromQueryResult)]
        struct Led {
            person_id: Uuid,
        }
        let leads = &scope.standing().leads;
        if leads.is_empty() || people.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut sql = self.sql("SELECT DISTINCT m.person_id FROM team_membership m ");
        sql.push("JOIN person p ON p.id = m.person_id AND p.status = 'ACTIVE' WHERE ");
        sql.one_of("m.person_id", people.iter().map(|id| id.uuid())).push(" AND ");
        sql.one_of("m.team_id", leads.iter().map(|id| id.uuid())).push(" AND ");
        sql.valid_at("m", scope.now());
        Ok(self.all::<Led>(sql).await?.into_iter().map(|row| PersonId::from_uuid(row.person_id)).collect())
    }
}

/// Leaves out the people whom the viewer does not see.
pub(super) fn within(sql: &mut Sql, scope: &Scope) {
    match reach::people(scope.claims(), scope.standing()) {
        PeopleReach::All => {}
        PeopleReach::Active => drop(sql.push(" AND p.status = 'ACTIVE'")),
        PeopleReach::Near { own, teams, owned, organisation } => {
            sql.push(" AND p.status = 'ACTIVE' AND (p.id = ").bind(own.map(PersonId::uuid));
            if organisation {
                sql.push(" OR p.discoverability = 'ORGANISATION'");
            }
            if !teams.is_empty() {
                sql.push(" OR EXISTS (SELECT 1 FROM team_membership m WHERE m.person_id = p.id AND ");
                sql.one_of("m.team_id", teams.into_iter().map(TeamId::uuid)).push(" AND ");
                sql.valid_at("m", scope.now()).push(")");
            }
            if !owned.is_empty() {
                sql.push(
                    " OR EXISTS (SELECT 1 FROM skill_assessment a JOIN skill k ON k.id = a.skill_id \
                     WHERE a.person_id = p.id AND a.source IN ('PEER', 'CERTIFICATE') AND ",
                );
                let owned = owned.into_iter().map(|id| id.uuid());
                sql.one_of("COALESCE(k.merged_into, k.id)", owned).push(")");
            }
            sql.push(")");
        }
    }
}

/// Leaves out the people, aliased `p`, whose assessments are not all open to the viewer. Nobody leads who
/// left.
pub(super) fn open_book(sql: &mut Sql, scope: &Scope) {
    let AssessmentReach::Near { own, led, .. } = reach::assessments(scope.claims(), scope.standing()) else {
        return;
    };
    sql.push(" AND (p.id = ").bind(own.map(PersonId::uuid));
    if !led.is_empty() {
        sql.push(" OR (p.status = 'ACTIVE' AND ");
        in_a_team(sql, scope, "p.id", led.into_iter().map(TeamId::uuid));
        sql.push(")");
    }
    sql.push(")");
}
