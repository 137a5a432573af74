//! Filling an empty database with archived rows, in the caller's transaction. Every constraint and trigger
//! of the schema holds; none is switched off.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::revisions::Root,
    store::{
        StoreError, Tx,
        archive::{bank::BANK, tables, versions::PROFILES},
        table::Table,
    },
};

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

impl Tx {
    /// Claims the database for a restoration, and clears what every migrated database holds from the
    /// beginning. Gives the name of a table that holds more: then nothing may be restored.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin_restore(&self) -> Result<Option<String>, StoreError> {
        self.raise(&BTreeSet::from([Root::SKILL_CATALOGUE, Root::TEAM_TREE])).await?;
        for table in tables() {
            let mut sql = self.sql(&format!("SELECT EXISTS (SELECT 1 FROM {}", table.name));
            match table.name() {
                "revision" => sql.push(" WHERE id <> ").bind(Uuid::nil()),
                // The digest key, which a server makes when it first looks for it.
                "setting" => continue,
                _ => &mut sql,
            };
            sql.push(") AS found");
            if self.one::<Found>(sql).await?.is_some_and(|row| row.found) {
                return Ok(Some(table.name));
            }
        }
        self.execute(self.sql("DELETE FROM revision")).await?;
        self.execute(self.sql("DELETE FROM setting")).await?;
        self.stage(&PROFILES).await?;
        self.stage(&BANK).await?;
        Ok(None)
    }

    /// Stores rows, each a line that [`Table::check`] accepts; tells how many they were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn restore(&self, table: &Table, lines: &[String]) -> Result<u64, StoreError> {
        let staged = PROFILES.staged(table).or_else(|| BANK.staged(table));
        self.insert_json(staged.as_ref().unwrap_or(table), format!("[{}]", lines.join(","))).await
    }

    /// Ends a table: all of its rows were restored.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn restored(&self, table: &Table) -> Result<(), StoreError> {
        if PROFILES.ends_with(table) {
            self.place_profiles().await
        } else if BANK.ends_with(table) {
            self.place_bank().await
        } else {
            Ok(())
        }
    }
}
