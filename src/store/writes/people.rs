//! Changing a person and the role profiles they hold. What they hold is dated: closed and opened, never
//! rewritten.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{PersonId, RoleProfileId},
        people::{Person, PersonRoleProfile},
        text::fold,
        time::Timestamp,
    },
    store::{StoreError, Tx, rows::interval, writes::organisation::row_of},
};

#[derive(FromQueryResult)]
struct HeldRow {
    id: Uuid,
    role_profile_id: Uuid,
    valid_from: Timestamp,
    valid_to: Option<Timestamp>,
}

impl Tx {
    /// Stores the columns of a person as given; their revision is [`raise`](Self::raise)d.
    ///
    /// # Errors
    /// [`StoreError`]; `person.email_key` or `person.issuer` when an address or identity is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_person(&self, person: &Person) -> Result<(), StoreError> {
        let identity = person.identity.as_ref();
        let mut sql = self.sql("UPDATE person SET display_name = ");
        sql.bind(person.display_name.as_str());
        sql.push(", display_name_key = ").bind(fold(&person.display_name));
        sql.push(", email = ").bind(person.email.as_str()).push(", email_key = ").bind(fold(&person.email));
        sql.push(", title = ").bind(person.title.clone());
        sql.push(", issuer = ").bind(identity.map(|identity| identity.issuer.clone()));
        sql.push(", subject = ").bind(identity.map(|identity| identity.subject.clone()));
        sql.push(", status = ").bind(person.status.as_str());
        sql.push(", discoverability = ").bind(person.discoverability.as_str());
        sql.push(" WHERE id = ").bind(person.id.uuid());
        self.execute(sql).await.map(drop)
    }

    /// The same for many people.
    ///
    /// # Errors
    /// [`StoreError`]; `person.email_key` or `person.issuer` when an address or identity is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_people(&self, people: &[Person]) -> Result<(), StoreError> {
        self.update(people.iter().map(row_of)).await
    }

    /// The role profiles that the person holds at `at` or will, each row with its id. Ask under their lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn holdings_of(
        &self,
        person: PersonId,
        at: Timestamp,
    ) -> Result<Vec<(Uuid, PersonRoleProfile)>, StoreError> {
        let mut sql = self.sql(
            "SELECT id, role_profile_id, valid_from, valid_to FROM person_role_profile WHERE person_id = ",
        );
        sql.bind(person.uuid()).push(" AND (valid_to IS NULL OR valid_to > ").bind(at);
        sql.push(") ORDER BY valid_from, id");
        let held = |row: HeldRow| {
            let role_profile_id = RoleProfileId::from_uuid(row.role_profile_id);
            let valid = interval(row.valid_from, row.valid_to);
            (row.id, PersonRoleProfile { person_id: person, role_profile_id, valid })
        };
        Ok(self.all::<HeldRow>(sql).await?.into_iter().map(held).collect())
    }

    /// Closes open holdings of role profiles at `at`, which is later than each of them began.
    ///
    /// # Errors
    /// [`StoreError`]; a constraint when one has not begun by then, or is closed already.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn close_holdings(&self, ids: &[Uuid], at: Timestamp) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE person_role_profile SET valid_to = ");
        sql.bind(at).push(" WHERE ").one_of("id", ids.iter().copied());
        self.execute(sql).await.map(drop)
    }
}
