//! Finding skills: by id, with the redirects of merges followed where asked.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, SkillCategoryId, SkillId},
        policy::{Claim, reach},
        skills::{Skill, SkillKind, SkillStatus},
    },
    store::{Reader, StoreError, sql::Sql},
};

/// The columns of a skill `s` and its revision `sr`, as [`SkillRow`] reads them.
pub(super) const SKILL_COLUMNS: &str = "s.id AS skill_id, s.name AS skill_name, s.name_key, s.slug, \
     s.description, s.kind, s.category_id, s.owner_id, s.proposed_by, s.status AS skill_status, \
     s.merged_into, s.review_interval_days, s.expires_after_days, sr.value AS skill_revision";

/// The joins that [`SKILL_COLUMNS`] needs.
pub(super) const SKILL_TABLES: &str = "skill s JOIN revision sr ON sr.aggregate = 'SKILL' AND sr.id = s.id";

#[derive(FromQueryResult)]
pub(super) struct SkillRow {
    pub(super) skill_id: Uuid,
    skill_name: String,
    pub(super) name_key: String,
    slug: String,
    description: String,
    kind: String,
    pub(super) category_id: Uuid,
    owner_id: Option<Uuid>,
    proposed_by: Option<Uuid>,
    skill_status: String,
    merged_into: Option<Uuid>,
    review_interval_days: Option<i32>,
    expires_after_days: Option<i32>,
    skill_revision: i64,
}

impl SkillRow {
    pub(super) fn skill(self) -> Result<Skill, StoreError> {
        let corrupt = |column: &str, value: &str| StoreError::Corrupt(format!("skill.{column} {value}"));
        Ok(Skill {
            id: SkillId::from_uuid(self.skill_id),
            name: self.skill_name,
            slug: self.slug,
            description: self.description,
            kind: SkillKind::parse(&self.kind).ok_or_else(|| corrupt("kind", &self.kind))?,
            category_id: SkillCategoryId::from_uuid(self.category_id),
            owner_id: self.owner_id.map(PersonId::from_uuid),
            proposed_by: self.proposed_by.map(PersonId::from_uuid),
            status: SkillStatus::parse(&self.skill_status)
                .ok_or_else(|| corrupt("status", &self.skill_status))?,
            merged_into: self.merged_into.map(SkillId::from_uuid),
            review_interval_days: self.review_interval_days,
            expires_after_days: self.expires_after_days,
            revision: self.skill_revision,
        })
    }
}

impl Reader {
    /// The skills among `ids` that the viewer sees, as they stand, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skills_by_id(&self, scope: &Scope, ids: &[SkillId]) -> Result<Vec<Skill>, StoreError> {
        let mut sql = self.skills();
        sql.one_of("s.id", ids.iter().map(|id| id.uuid()));
        within(&mut sql, scope);
        self.all::<SkillRow>(sql).await?.into_iter().map(SkillRow::skill).collect()
    }

    /// The select list and joins of a skill, up to an open `WHERE`.
    pub(super) fn skills(&self) -> Sql {
        self.sql(&format!("SELECT {SKILL_COLUMNS} FROM {SKILL_TABLES} WHERE "))
    }
}

/// Leaves out the skills that the viewer does not see: all without the catalogue, and proposals of others.
pub(super) fn within(sql: &mut Sql, scope: &Scope) {
    if !reach::catalogue(scope.claims(), scope.standing()) {
        sql.push(" AND 1 = 0");
    } else if !scope.claims().has(Claim::Admin) {
        let own = scope.person_id().map(PersonId::uuid);
        sql.push(" AND (s.status <> 'PROPOSED' OR s.proposed_by = ").bind(own);
        sql.push(" OR s.owner_id = ").bind(own).push(")");
    }
}
