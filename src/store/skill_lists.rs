//! Lists of skills, the skill of a slug, and what a merged skill reads as.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{SkillCategoryId, SkillCategoryKind, SkillId},
        skills::{Skill, SkillKind, SkillStatus},
        text::fold,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        rows::{PageOf, uuids},
        skills::{SKILL_COLUMNS, SKILL_TABLES, SkillRow, within},
        sql::Sql,
    },
};

/// Which skills a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SkillFilter {
    /// The name, an alias or the name of a skill merged into it contains this text, compared folded.
    pub text: Option<String>,
    /// In one of these categories or below; any when absent.
    pub category_ids: Option<Vec<SkillCategoryId>>,
    /// Of one of these kinds; any when empty.
    pub kinds: Vec<SkillKind>,
    /// In one of these states; any when empty.
    pub statuses: Vec<SkillStatus>,
}

/// How a list of skills is ordered: by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct SkillOrder {
    /// Last name first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Redirect {
    asked: Uuid,
    canonical: Uuid,
}

impl Reader {
    /// The skill with this slug, if the viewer sees it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skill_by_slug(&self, scope: &Scope, slug: &str) -> Result<Option<Skill>, StoreError> {
        let mut sql = self.skills();
        sql.push("s.slug = ").bind(slug);
        within(&mut sql, scope);
        self.one::<SkillRow>(sql).await?.map(SkillRow::skill).transpose()
    }

    /// What each of `ids` reads as today: itself, or the living skill it was merged into. One that does
    /// not exist is absent.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn canonical_skills(&self, ids: &[SkillId]) -> Result<HashMap<SkillId, SkillId>, StoreError> {
        let mut sql =
            self.sql("SELECT s.id AS asked, COALESCE(s.merged_into, s.id) AS canonical FROM skill s WHERE ");
        sql.one_of("s.id", uuids(ids));
        let rows = self.all::<Redirect>(sql).await?.into_iter();
        Ok(rows.map(|row| (SkillId::from_uuid(row.asked), SkillId::from_uuid(row.canonical))).collect())
    }

    /// A page of the skills the viewer sees, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skills_page(
        &self,
        scope: &Scope,
        filter: &SkillFilter,
        order: SkillOrder,
        page: &PageRequest,
    ) -> Result<Page<Skill>, StoreError> {
        let mut sql = self.skills();
        sql.push("1 = 1");
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        by_name(order).window(&mut sql, page);
        Page::of(self.all(sql).await?, page, place).try_map(SkillRow::skill)
    }

    /// A page of the skills directly in each category, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skills_of_categories(
        &self,
        scope: &Scope,
        categories: &[SkillCategoryId],
        filter: &SkillFilter,
        order: SkillOrder,
        page: &PageRequest,
    ) -> Result<PageOf<SkillCategoryKind, Skill>, StoreError> {
        let keyset = by_name(order);
        let mut sql = self.sql(&keyset.open_each(SKILL_COLUMNS, "s.category_id", page));
        sql.push("FROM ").push(SKILL_TABLES).push(" WHERE ").one_of("s.category_id", uuids(categories));
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset.close_each(&mut sql, page);
        let lists = Page::each(self.all(sql).await?, page, |row: &SkillRow| row.category_id, place);
        lists
            .into_iter()
            .map(|(id, list)| Ok((SkillCategoryId::from_uuid(id), list.try_map(SkillRow::skill)?)))
            .collect()
    }
}

fn by_name(order: SkillOrder) -> Keyset<'static> {
    Keyset { column: "s.name_key", id: "s.id", descending: order.descending }
}

fn place(row: &SkillRow) -> Cursor {
    Cursor { key: SortKey::Text(row.name_key.clone()), id: row.skill_id }
}

fn narrow(sql: &mut Sql, filter: &SkillFilter) {
    if let Some(text) = &filter.text {
        let text = fold(text);
        sql.push(" AND (").contains("s.name_key", &text);
        sql.push(" OR s.id IN (SELECT COALESCE(o.merged_into, o.id) FROM skill o JOIN skill_alias a ");
        sql.push("ON a.skill_id = o.id WHERE ").contains("a.alias_key", &text).push(")");
        sql.push(" OR s.id IN (SELECT o.merged_into FROM skill o WHERE o.merged_into IS NOT NULL AND ");
        sql.contains("o.name_key", &text).push("))");
    }
    if let Some(categories) = &filter.category_ids {
        sql.push(" AND s.category_id IN (WITH RECURSIVE below AS (SELECT c.id FROM skill_category c WHERE ");
        sql.one_of("c.id", uuids(categories));
        sql.push(" UNION SELECT c.id FROM skill_category c JOIN below ON c.parent_id = below.id) ");
        sql.push("SELECT id FROM below)");
    }
    if !filter.kinds.is_empty() {
        sql.push(" AND ").one_of_text("s.kind", filter.kinds.iter().map(|kind| kind.as_str()));
    }
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("s.status", filter.statuses.iter().map(|status| status.as_str()));
    }
}
