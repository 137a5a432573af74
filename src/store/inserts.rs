//! Storing whole rows. A row is an entity's `Model`, so that a column nobody thought of does not compile.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, ModelTrait, QueryTrait};

use crate::store::{StoreError, Tx, sql::Sql};

/// The most values one statement binds; SQLite admits 32,766.
const MOST_VALUES: usize = 30_000;

impl Tx {
    /// Stores `rows`, in as few statements as the databases admit; none at all for no rows.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the schema refuses one: then none of the write stands.
    pub(super) async fn insert<M, A>(&self, rows: impl IntoIterator<Item = M>) -> Result<(), StoreError>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity>,
    {
        let columns = <M::Entity as EntityTrait>::Column::iter().count();
        let rows: Vec<A> = rows.into_iter().map(IntoActiveModel::into_active_model).collect();
        for part in rows.chunks(MOST_VALUES / columns) {
            let statement = M::Entity::insert_many(part.iter().cloned()).build(self.backend());
            self.execute(Sql::built(statement)).await?;
        }
        Ok(())
    }
}
