//! Who may come into question for the people finder: a superset, cut by ratings and interests as they
//! are stored. Whom the viewer may find, and by what, is decided by the policy and F1 afterwards.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, SkillId},
        levels::{Interest, Level},
    },
    store::{Reader, StoreError, people::within},
};

/// One condition of the people finder, on a canonical skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillClause {
    /// The skill as it reads today.
    pub skill_id: SkillId,
    /// The least effective level.
    pub min_level: Option<Level>,
    /// The least interest.
    pub min_interest: Option<Interest>,
}

#[derive(FromQueryResult)]
struct Candidate {
    id: Uuid,
}

impl Reader {
    /// The people the viewer sees who have, for each clause, a rating and an interest at least as high
    /// as it asks for.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn candidates(
        &self,
        scope: &Scope,
        clauses: &[SkillClause],
    ) -> Result<Vec<PersonId>, StoreError> {
        let mut sql = self.sql("SELECT p.id FROM person p WHERE p.status = 'ACTIVE'");
        within(&mut sql, scope);
        for clause in clauses {
            if let Some(level) = clause.min_level {
                sql.push(
                    " AND EXISTS (SELECT 1 FROM current_level c WHERE c.person_id = p.id AND c.skill_id = ",
                );
                sql.bind(clause.skill_id.uuid())
                    .push(" AND c.level >= ")
                    .bind(i32::from(level.value()))
                    .push(")");
            }
            if let Some(interest) = clause.min_interest {
                sql.push(" AND EXISTS (SELECT 1 FROM skill_interest i JOIN skill k ON k.id = i.skill_id ");
                sql.push("WHERE i.person_id = p.id AND COALESCE(k.merged_into, k.id) = ");
                sql.bind(clause.skill_id.uuid());
                sql.push(" AND i.interest >= ").bind(i32::from(interest.value())).push(")");
            }
        }
        Ok(self.all::<Candidate>(sql).await?.into_iter().map(|row| PersonId::from_uuid(row.id)).collect())
    }
}
