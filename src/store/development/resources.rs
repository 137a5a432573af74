//! Finding learning resources: each is seen by whoever sees its skill.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        development::{LearningResource, LearningResourceStatus},
        ids::{LearningResourceId, SkillId, SkillKind},
        levels::Level,
        text::fold,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        development::goals::in_one_of,
        paging::Keyset,
        rows::{PageOf, known, level, uuids},
        skills::within,
        sql::Sql,
    },
};

/// Which learning resources a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LearningResourceFilter {
    /// For one of these skills, or for one merged into it; any when absent.
    pub skill_ids: Option<Vec<SkillId>>,
    /// Leading to this level or a higher one.
    pub min_level: Option<Level>,
    /// Leading to this level or a lower one.
    pub max_level: Option<Level>,
    /// In this language, compared folded.
    pub language: Option<String>,
    /// In one of these states; any when empty.
    pub statuses: Vec<LearningResourceStatus>,
}

/// What learning resources are ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum LearningResourceOrderField {
    /// The title.
    #[default]
    Title,
    /// The level it leads to.
    Level,
}

/// How a list of learning resources is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct LearningResourceOrder {
    /// By what.
    pub field: LearningResourceOrderField,
    /// Greatest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    skill_id: Uuid,
    canonical_id: Uuid,
    level: i32,
    title: String,
    title_key: String,
    url: String,
    licence: String,
    language: Option<String>,
    minutes: Option<i32>,
    status: String,
}

#[derive(FromQueryResult)]
struct Offered {
    skill_id: Uuid,
    level: i32,
    n: i64,
}

const COLUMNS: &str = "l.id, l.skill_id, COALESCE(s.merged_into, s.id) AS canonical_id, l.level, l.title, \
     l.title_key, l.url, l.licence, l.language, l.minutes, l.status";

const TABLES: &str = " FROM learning_resource l JOIN skill s ON s.id = l.skill_id WHERE ";

impl LearningResourceOrder {
    const fn keyset(&self) -> Keyset<'static> {
        let column = match self.field {
            LearningResourceOrderField::Title => "l.title_key",
            LearningResourceOrderField::Level => "l.level",
        };
        Keyset { column, id: "l.id", descending: self.descending }
    }

    fn place(&self, row: &Row) -> Cursor {
        let key = match self.field {
            LearningResourceOrderField::Title => SortKey::Text(row.title_key.clone()),
            LearningResourceOrderField::Level => SortKey::Number(row.level.into()),
        };
        Cursor { key, id: row.id }
    }
}

impl Reader {
    /// The learning resources among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn learning_resources_by_id(
        &self,
        scope: &Scope,
        ids: &[LearningResourceId],
    ) -> Result<Vec<LearningResource>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(TABLES).one_of("l.id", uuids(ids));
        within(&mut sql, scope);
        self.all::<Row>(sql).await?.into_iter().map(resource).collect()
    }

    /// A page of the learning resources the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn learning_resources_page(
        &self,
        scope: &Scope,
        filter: &LearningResourceFilter,
        order: LearningResourceOrder,
        page: &PageRequest,
    ) -> Result<Page<LearningResource>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(TABLES).push("1 = 1");
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        order.keyset().window(&mut sql, page);
        Page::of(self.all(sql).await?, page, |row| order.place(row)).try_map(resource)
    }

    /// A page of the learning resources for each of `skills`, canonical ones, that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn learning_resources_of_skills(
        &self,
        scope: &Scope,
        skills: &[SkillId],
        filter: &LearningResourceFilter,
        order: LearningResourceOrder,
        page: &PageRequest,
    ) -> Result<PageOf<SkillKind, LearningResource>, StoreError> {
        let keyset = order.keyset();
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "COALESCE(s.merged_into, s.id)", page));
        sql.push(TABLES).one_of("COALESCE(s.merged_into, s.id)", uuids(skills));
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset.close_each(&mut sql, page);
        let lists =
            Page::each(self.all(sql).await?, page, |row: &Row| row.canonical_id, |row| order.place(row));
        lists.into_iter().map(|(id, list)| Ok((SkillId::from_uuid(id), list.try_map(resource)?))).collect()
    }

    /// How many learning resources are offered for each of `skills`, canonical ones, by the level they
    /// lead to. Takes skills that the caller has found within its Scope.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn resources_offered(
        &self,
        skills: &[SkillId],
    ) -> Result<HashMap<(SkillId, Level), usize>, StoreError> {
        let mut sql = self.sql("SELECT COALESCE(s.merged_into, s.id) AS skill_id, l.level, COUNT(*) AS n");
        sql.push(TABLES)
            .push("l.status = 'ACTIVE' AND ")
            .one_of("COALESCE(s.merged_into, s.id)", uuids(skills));
        sql.push(" GROUP BY COALESCE(s.merged_into, s.id), l.level");
        let offered = |row: Offered| {
            let level = level("learning_resource.level", row.level)?;
            Ok(((SkillId::from_uuid(row.skill_id), level), usize::try_from(row.n).unwrap_or(0)))
        };
        self.all::<Offered>(sql).await?.into_iter().map(offered).collect()
    }
}

fn narrow(sql: &mut Sql, filter: &LearningResourceFilter) {
    if let Some(skills) = &filter.skill_ids {
        in_one_of(sql, skills);
    }
    if let Some(least) = filter.min_level {
        sql.push(" AND l.level >= ").bind(i32::from(least.value()));
    }
    if let Some(most) = filter.max_level {
        sql.push(" AND l.level <= ").bind(i32::from(most.value()));
    }
    if let Some(language) = &filter.language {
        sql.push(" AND l.language = ").bind(fold(language));
    }
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("l.status", filter.statuses.iter().map(|status| status.as_str()));
    }
}

fn resource(row: Row) -> Result<LearningResource, StoreError> {
    Ok(LearningResource {
        id: LearningResourceId::from_uuid(row.id),
        skill_id: SkillId::from_uuid(row.skill_id),
        level: level("learning_resource.level", row.level)?,
        title: row.title,
        url: row.url,
        licence: row.licence,
        language: row.language,
        minutes: row.minutes,
        status: known("learning_resource.status", &row.status, LearningResourceStatus::parse)?,
    })
}
