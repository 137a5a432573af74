//! Reading stored values back into the domain's: what the domain does not know is CORRUPT, not a panic.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{
    domain::{
        ids::{Id, Kind},
        levels::Level,
        time::{Interval, Timestamp},
    },
    store::{Page, StoreError},
};

/// The choice a stored name stands for.
pub(super) fn known<T>(column: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| StoreError::Corrupt(format!("{column} {text}")))
}

/// A stored level.
pub(super) fn level(column: &str, value: i32) -> Result<Level, StoreError> {
    Level::new(value.into()).map_err(|error| StoreError::Corrupt(format!("{column} {error}")))
}

/// A stored list of texts.
pub(super) fn texts(column: &str, json: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Corrupt(format!("{column} {error}")))
}

/// A stored interval.
pub(super) const fn interval(from: Timestamp, to: Option<Timestamp>) -> Interval {
    Interval { from, to }
}

/// The raw ids of a list of typed ones.
pub(super) fn uuids<K: Kind>(ids: &[Id<K>]) -> impl Iterator<Item = Uuid> {
    ids.iter().map(|id| id.uuid())
}

/// The rows of many parents, each parent's in the order they came.
pub(super) fn grouped<K: Kind, T>(
    rows: impl IntoIterator<Item = Result<(Id<K>, T), StoreError>>,
) -> Result<HashMap<Id<K>, Vec<T>>, StoreError> {
    let mut lists: HashMap<Id<K>, Vec<T>> = HashMap::new();
    for row in rows {
        let (parent, item) = row?;
        lists.entry(parent).or_default().push(item);
    }
    Ok(lists)
}

/// One page of each parent.
pub type PageOf<K, T> = HashMap<Id<K>, Page<T>>;
