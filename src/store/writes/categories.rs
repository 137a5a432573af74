//! Changing the category tree.

use sea_orm::FromQueryResult;

use crate::{
    domain::{ids::SkillCategoryId, skills::SkillCategory, text::fold},
    store::{StoreError, Tx},
};

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

#[derive(FromQueryResult)]
struct Last {
    position: Option<i32>,
}

impl Tx {
    /// Stores the columns of a category as given; its revision is [`raise`](Self::raise)d.
    ///
    /// # Errors
    /// [`StoreError`]; `skill_category.slug` when a slug is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_skill_category(&self, category: &SkillCategory) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE skill_category SET name = ");
        sql.bind(category.name.as_str()).push(", name_key = ").bind(fold(&category.name));
        sql.push(", slug = ").bind(category.slug.as_str());
        sql.push(", parent_id = ").bind(category.parent_id.map(|id| id.uuid()));
        sql.push(", position = ").bind(category.position);
        sql.push(" WHERE id = ").bind(category.id.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Whether `category` is `top` or stands below it. Ask under the catalogue's lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn is_in_category(
        &self,
        top: SkillCategoryId,
        category: SkillCategoryId,
    ) -> Result<bool, StoreError> {
        let mut sql = self.sql("WITH RECURSIVE below AS (SELECT id FROM skill_category WHERE id = ");
        sql.bind(top.uuid()).push(" UNION SELECT c.id FROM skill_category c JOIN below ON ");
        sql.push("c.parent_id = below.id) SELECT EXISTS (SELECT 1 FROM below WHERE id = ");
        sql.bind(category.uuid()).push(") AS found");
        Ok(self.one::<Found>(sql).await?.is_some_and(|row| row.found))
    }

    /// The greatest position among the categories directly below `parent`, or at the top; `None` when
    /// there are none.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn last_category_position(
        &self,
        parent: Option<SkillCategoryId>,
    ) -> Result<Option<i32>, StoreError> {
        let mut sql = self.sql("SELECT MAX(position) AS position FROM skill_category WHERE ");
        match parent {
            Some(parent) => sql.push("parent_id = ").bind(parent.uuid()),
            None => sql.push("parent_id IS NULL"),
        };
        Ok(self.one::<Last>(sql).await?.and_then(|row| row.position))
    }
}
