//! Finding skill categories: by id, by page, and below a category.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{SkillCategoryId, SkillCategoryKind},
        policy::reach,
        skills::SkillCategory,
        text::fold,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        rows::{PageOf, uuids},
        sql::Sql,
    },
};

/// Which categories a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CategoryFilter {
    /// The name contains this text, compared folded.
    pub text: Option<String>,
    /// Only those at the top of the tree.
    pub top: bool,
}

/// What categories are ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum CategoryOrderField {
    /// Their position among siblings.
    #[default]
    Position,
    /// Their name.
    Name,
}

/// How a list of categories is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct CategoryOrder {
    /// By what.
    pub field: CategoryOrderField,
    /// Greatest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    name_key: String,
    slug: String,
    parent_id: Option<Uuid>,
    position: i32,
    revision: i64,
}

const COLUMNS: &str = "c.id, c.name, c.name_key, c.slug, c.parent_id, c.position, r.value AS revision";

const TABLES: &str =
    " FROM skill_category c JOIN revision r ON r.aggregate = 'SKILL_CATEGORY' AND r.id = c.id WHERE ";

impl Reader {
    /// The categories among `ids`, if the viewer sees the catalogue, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn categories_by_id(
        &self,
        scope: &Scope,
        ids: &[SkillCategoryId],
    ) -> Result<Vec<SkillCategory>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(TABLES).one_of("c.id", uuids(ids));
        seen(&mut sql, scope);
        Ok(self.all::<Row>(sql).await?.into_iter().map(category).collect())
    }

    /// A page of the categories.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn categories_page(
        &self,
        scope: &Scope,
        filter: &CategoryFilter,
        order: CategoryOrder,
        page: &PageRequest,
    ) -> Result<Page<SkillCategory>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(TABLES).push("1 = 1");
        seen(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset(order).window(&mut sql, page);
        Page::of(self.all(sql).await?, page, |row| place(row, order)).try_map(|row| Ok(category(row)))
    }

    /// A page of the categories directly below each of `parents`.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn categories_below(
        &self,
        scope: &Scope,
        parents: &[SkillCategoryId],
        filter: &CategoryFilter,
        order: CategoryOrder,
        page: &PageRequest,
    ) -> Result<PageOf<SkillCategoryKind, SkillCategory>, StoreError> {
        let keyset = keyset(order);
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "c.parent_id", page));
        sql.push(TABLES).one_of("c.parent_id", uuids(parents));
        seen(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset.close_each(&mut sql, page);
        let rows: Vec<Row> = self.all(sql).await?;
        let lists = Page::each(rows, page, |row| row.parent_id, |row| place(row, order));
        lists
            .into_iter()
            .filter_map(|(id, list)| Some((SkillCategoryId::from_uuid(id?), list)))
            .map(|(id, list)| Ok((id, list.try_map(|row| Ok::<_, StoreError>(category(row)))?)))
            .collect()
    }
}

fn seen(sql: &mut Sql, scope: &Scope) {
    if !reach::catalogue(scope.claims(), scope.standing()) {
        sql.push(" AND 1 = 0");
    }
}

fn narrow(sql: &mut Sql, filter: &CategoryFilter) {
    if let Some(text) = &filter.text {
        sql.push(" AND ").contains("c.name_key", &fold(text));
    }
    if filter.top {
        sql.push(" AND c.parent_id IS NULL");
    }
}

fn keyset(order: CategoryOrder) -> Keyset<'static> {
    let column = match order.field {
        CategoryOrderField::Position => "c.position",
        CategoryOrderField::Name => "c.name_key",
    };
    Keyset { column, id: "c.id", descending: order.descending }
}

fn place(row: &Row, order: CategoryOrder) -> Cursor {
    let key = match order.field {
        CategoryOrderField::Position => SortKey::Number(row.position.into()),
        CategoryOrderField::Name => SortKey::Text(row.name_key.clone()),
    };
    Cursor { key, id: row.id }
}

fn category(row: Row) -> SkillCategory {
    SkillCategory {
        id: SkillCategoryId::from_uuid(row.id),
        name: row.name,
        slug: row.slug,
        parent_id: row.parent_id.map(SkillCategoryId::from_uuid),
        position: row.position,
        revision: row.revision,
    }
}
