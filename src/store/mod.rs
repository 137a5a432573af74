//! SQL in, domain out. The only home of sea-orm; never decides who may do what beyond asking
//! `domain::policy`.

mod connect;
mod errors;
mod matrix;
mod paging;
mod people;
mod platform;
mod ratings;
mod reader;
mod revisions;
mod skills;
mod sql;
mod standing;
mod teams;
mod transactions;

use std::sync::{Arc, atomic::AtomicU64};

use sea_orm::DatabaseConnection;
use tokio::sync::OnceCell;

pub use errors::StoreError;
pub use matrix::{ColumnRow, Held, RosterRow, Stay, TeamReach};
pub use paging::{Cursor, Page, PageRequest, SortKey};
pub use platform::{AuditEntry, DigestKey, IdempotencyRecord};
pub use ratings::PlacedRating;
pub use reader::Reader;
pub use teams::{TeamFilter, TeamOrder};
pub use transactions::{Snapshot, Tx};

/// The database. Cheap to clone; lends a [`Reader`] on its pool.
#[derive(Debug, Clone)]
pub struct Store {
    reader: Reader,
    db: DatabaseConnection,
    statements: Arc<AtomicU64>,
    digest_key: Arc<OnceCell<DigestKey>>,
}

impl std::ops::Deref for Store {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}
