//! Finding sets of questions within what the viewer sees, and what they hold.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        choices::choices,
        ids::{
            PersonId, QuestionId, QuestionSetId, QuestionVersionId, RoleProfileId, RoleProfileVersionId,
            SkillId,
        },
        policy::reach::{self, QuestionSetReach},
        questions::{
            QuestionRelation, QuestionRelationKind, QuestionVersionStatus,
            sets::{PinnedItem, QuestionSet, QuestionSetItem, QuestionSetPurpose, QuestionSetStatus},
        },
        text::fold,
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        rows::{grouped, known, uuids},
        sql::Sql,
    },
};

/// Which sets a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct QuestionSetFilter {
    /// The name contains this text, compared folded.
    pub text: Option<String>,
    /// For any version of one of these role profiles.
    pub role_profile_ids: Option<Vec<RoleProfileId>>,
    /// A question of it shows one of these skills, or one merged into it.
    pub skill_ids: Option<Vec<SkillId>>,
    /// For one of these; any when empty.
    pub purposes: Vec<QuestionSetPurpose>,
    /// In one of these states; any when empty.
    pub statuses: Vec<QuestionSetStatus>,
    /// Put together by the viewer.
    pub mine: bool,
}

choices! {
    /// What sets can be ordered by.
    QuestionSetOrderField {
        /// Their name.
        Name = "NAME",
        /// When they were begun.
        CreatedAt = "CREATED_AT",
    }
}

/// How a list of sets is ordered: by name, unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuestionSetOrder {
    /// By what.
    pub field: QuestionSetOrderField,
    /// The other way round.
    pub descending: bool,
}

impl Default for QuestionSetOrder {
    fn default() -> Self {
        Self { field: QuestionSetOrderField::Name, descending: false }
    }
}

#[derive(FromQueryResult)]
struct SetRow {
    id: Uuid,
    name: String,
    name_key: String,
    purpose: String,
    status: String,
    role_profile_version_id: Option<Uuid>,
    author_id: Option<Uuid>,
    created_at: Timestamp,
    published_at: Option<Timestamp>,
    archived_at: Option<Timestamp>,
    revision: i64,
}

#[derive(FromQueryResult)]
struct ItemRow {
    question_set_id: Uuid,
    position: i32,
    section: Option<String>,
    question_version_id: Uuid,
    minutes: i32,
    required: bool,
    question_id: Uuid,
    key: String,
    status: String,
    compromised: bool,
    difficulty: i32,
}

#[derive(FromQueryResult)]
struct RelationRow {
    set_id: Uuid,
    from_id: Uuid,
    kind: String,
    to_id: Uuid,
}

const SETS: &str = "SELECT s.id, s.name, s.name_key, s.purpose, s.status, s.role_profile_version_id, \
     s.author_id, s.created_at, s.published_at, s.archived_at, r.value AS revision FROM question_set s \
     JOIN revision r ON r.aggregate = 'QUESTION_SET' AND r.id = s.id WHERE ";

impl Reader {
    /// The sets among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn question_sets_by_id(
        &self,
        scope: &Scope,
        ids: &[QuestionSetId],
    ) -> Result<Vec<QuestionSet>, StoreError> {
        let mut sql = self.sql(SETS);
        sql.one_of("s.id", uuids(ids));
        seen(&mut sql, scope);
        self.all(sql).await?.into_iter().map(set).collect()
    }

    /// A page of the sets that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn question_sets_page(
        &self,
        scope: &Scope,
        filter: &QuestionSetFilter,
        order: QuestionSetOrder,
        page: &PageRequest,
    ) -> Result<Page<QuestionSet>, StoreError> {
        let mut sql = self.sql(SETS);
        sql.push("1 = 1");
        seen(&mut sql, scope);
        narrow(&mut sql, scope, filter);
        let column = match order.field {
            QuestionSetOrderField::Name => "s.name_key",
            QuestionSetOrderField::CreatedAt => "s.created_at",
        };
        Keyset { column, id: "s.id", descending: order.descending }.window(&mut sql, page);
        let place = |row: &SetRow| Cursor { key: key(row, order.field), id: row.id };
        Page::of(self.all(sql).await?, page, place).try_map(set)
    }

    /// What each set holds, in its order. Takes sets that the caller has found under the scope.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn items_of_question_sets(
        &self,
        sets: &[QuestionSetId],
    ) -> Result<HashMap<QuestionSetId, Vec<PinnedItem>>, StoreError> {
        let mut sql = self.sql(
            "SELECT i.question_set_id, i.position, i.section, i.question_version_id, i.minutes, i.required, \
             v.question_id, q.key, v.status, v.difficulty, EXISTS (SELECT 1 FROM leak_report l \
             JOIN question_version w ON w.id = l.question_version_id \
             WHERE w.question_id = v.question_id AND w.number >= v.number) AS compromised \
             FROM question_set_item i JOIN question_version v ON v.id = i.question_version_id \
             JOIN question q ON q.id = v.question_id WHERE ",
        );
        sql.one_of("i.question_set_id", uuids(sets)).push(" ORDER BY i.position");
        grouped(self.all::<ItemRow>(sql).await?.into_iter().map(|row| {
            let item = QuestionSetItem {
                position: row.position,
                section: row.section,
                question_version_id: QuestionVersionId::from_uuid(row.question_version_id),
                minutes: row.minutes,
                required: row.required,
            };
            let status = known("question_version.status", &row.status, QuestionVersionStatus::parse)?;
            let pinned = PinnedItem {
                item,
                question_id: QuestionId::from_uuid(row.question_id),
                key: row.key,
                status,
                compromised: row.compromised,
                difficulty: row.difficulty,
            };
            Ok((QuestionSetId::from_uuid(row.question_set_id), pinned))
        }))
    }

    /// What the questions of each set are to each other. Takes sets that the caller has found under the scope.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn relations_within_question_sets(
        &self,
        sets: &[QuestionSetId],
    ) -> Result<HashMap<QuestionSetId, Vec<QuestionRelation>>, StoreError> {
        let mut sql = self.sql(
            "SELECT i.question_set_id AS set_id, r.from_id, r.kind, r.to_id FROM question_set_item i \
             JOIN question_version v ON v.id = i.question_version_id \
             JOIN question_relation r ON r.from_id = v.question_id \
             JOIN question_version w ON w.question_id = r.to_id \
             JOIN question_set_item j ON j.question_set_id = i.question_set_id AND j.question_version_id = w.id \
             WHERE ",
        );
        sql.one_of("i.question_set_id", uuids(sets)).push(" ORDER BY r.from_id, r.to_id, r.kind");
        grouped(self.all::<RelationRow>(sql).await?.into_iter().map(|row| {
            let relation = QuestionRelation {
                from_id: QuestionId::from_uuid(row.from_id),
                kind: known("question_relation.kind", &row.kind, QuestionRelationKind::parse)?,
                to_id: QuestionId::from_uuid(row.to_id),
            };
            Ok((QuestionSetId::from_uuid(row.set_id), relation))
        }))
    }
}

/// Leaves out the sets, aliased `s`, that the viewer does not see.
fn seen(sql: &mut Sql, scope: &Scope) {
    match reach::question_sets(scope.claims(), scope.standing()) {
        QuestionSetReach::All => {}
        QuestionSetReach::Nothing => {
            sql.push(" AND 1 = 0");
        }
        QuestionSetReach::Published { own } => {
            sql.push(" AND (s.status = 'PUBLISHED' OR s.author_id = ")
                .bind(own.map(PersonId::uuid))
                .push(")");
        }
    }
}

fn narrow(sql: &mut Sql, scope: &Scope, filter: &QuestionSetFilter) {
    if let Some(text) = &filter.text {
        sql.push(" AND ").contains("s.name_key", &fold(text));
    }
    if let Some(profiles) = &filter.role_profile_ids {
        sql.push(" AND s.role_profile_version_id IN (SELECT p.id FROM role_profile_version p WHERE ");
        sql.one_of("p.role_profile_id", uuids(profiles)).push(")");
    }
    if let Some(skills) = &filter.skill_ids {
        sql.push(
            " AND EXISTS (SELECT 1 FROM question_set_item i \
             JOIN question_version_skill k ON k.question_version_id = i.question_version_id \
             JOIN skill ks ON ks.id = k.skill_id WHERE i.question_set_id = s.id AND ",
        );
        sql.push(
            "COALESCE(ks.merged_into, ks.id) IN (SELECT COALESCE(x.merged_into, x.id) FROM skill x WHERE ",
        );
        sql.one_of("x.id", uuids(skills)).push("))");
    }
    if !filter.purposes.is_empty() {
        sql.push(" AND ").one_of_text("s.purpose", filter.purposes.iter().map(|purpose| purpose.as_str()));
    }
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("s.status", filter.statuses.iter().map(|status| status.as_str()));
    }
    if filter.mine {
        sql.push(" AND s.author_id = ").bind(scope.person_id().map(PersonId::uuid));
    }
}

fn key(row: &SetRow, field: QuestionSetOrderField) -> SortKey {
    match field {
        QuestionSetOrderField::Name => SortKey::Text(row.name_key.clone()),
        QuestionSetOrderField::CreatedAt => SortKey::Time(row.created_at),
    }
}

fn set(row: SetRow) -> Result<QuestionSet, StoreError> {
    Ok(QuestionSet {
        id: QuestionSetId::from_uuid(row.id),
        name: row.name,
        purpose: known("question_set.purpose", &row.purpose, QuestionSetPurpose::parse)?,
        status: known("question_set.status", &row.status, QuestionSetStatus::parse)?,
        author_id: row.author_id.map(PersonId::from_uuid),
        role_profile_version_id: row.role_profile_version_id.map(RoleProfileVersionId::from_uuid),
        created_at: row.created_at,
        published_at: row.published_at,
        archived_at: row.archived_at,
        revision: row.revision,
    })
}
