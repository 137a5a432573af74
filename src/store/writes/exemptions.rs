//! Storing exemptions from requirements, and ending one early. An exemption ends once and is never deleted.

use crate::{
    domain::{
        gaps::exemptions::RequirementExemption,
        ids::{PersonId, RequirementExemptionId},
        time::Timestamp,
    },
    store::{StoreError, Tx, entity::gaps::requirement_exemption},
};

impl Tx {
    /// Stores exemptions. That a person has only one at a time from a skill is checked under their lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_exemptions(&self, exemptions: &[RequirementExemption]) -> Result<(), StoreError> {
        let row = |exemption: &RequirementExemption| requirement_exemption::Model {
            id: exemption.id.uuid(),
            person_id: exemption.person_id.uuid(),
            skill_id: exemption.skill_id.uuid(),
            reason: exemption.reason.clone(),
            granted_by_id: exemption.granted_by.map(PersonId::uuid),
            valid_from: exemption.from,
            valid_until: exemption.until,
            ended_at: exemption.ended_at,
            ended_by_id: exemption.ended_by.map(PersonId::uuid),
        };
        self.insert(exemptions.iter().map(row)).await
    }

    /// Ends an exemption at `at`, which is after it began and before its stated end.
    ///
    /// # Errors
    /// [`StoreError`]; a constraint when it was ended already.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_exemption(
        &self,
        id: RequirementExemptionId,
        at: Timestamp,
        by: Option<PersonId>,
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE requirement_exemption SET ended_at = ");
        sql.bind(at).push(", ended_by_id = ").bind(by.map(PersonId::uuid));
        sql.push(" WHERE id = ").bind(id.uuid());
        self.execute(sql).await.map(drop)
    }
}
