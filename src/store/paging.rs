//! Keyset paging: a page continues after a (key, id), so that inserts neither repeat nor skip rows.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{domain::time::Timestamp, store::sql::Sql};

/// Where a row stands in an order: its sort key, then its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// The sort key.
    pub key: SortKey,
    /// The id, which makes the order total.
    pub id: Uuid,
}

/// The value a list is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortKey {
    /// A folded name.
    Text(String),
    /// An instant.
    Time(Timestamp),
    /// A number.
    Number(i64),
}

/// Which part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// Only rows after this one, in the list's order.
    pub after: Option<Cursor>,
    /// Only rows before this one, in the list's order.
    pub before: Option<Cursor>,
    /// How many, 0–100.
    pub limit: u32,
    /// Counted from the end (`last`) instead of the start (`first`).
    pub from_end: bool,
}

impl PageRequest {
    /// The first `limit` rows.
    #[must_use]
    pub const fn first(limit: u32) -> Self {
        Self { after: None, before: None, limit, from_end: false }
    }
}

/// Part of a list, in the list's order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Page<T> {
    /// The rows with their places.
    pub items: Vec<(Cursor, T)>,
    /// Whether rows stand before these.
    pub has_previous: bool,
    /// Whether rows stand after these.
    pub has_next: bool,
}

/// The order of a list: a column, the id as last key, and which way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keyset<'a> {
    pub(super) column: &'a str,
    pub(super) id: &'a str,
    pub(super) descending: bool,
}

impl Keyset<'_> {
    /// Adds `AND` the window `ORDER BY … LIMIT n + 1` to a statement whose `WHERE` is open.
    pub(super) fn window(&self, sql: &mut Sql, page: &PageRequest) {
        self.between(sql, page);
        let (column, id, way) = (self.column, self.id, self.way(page));
        sql.push(&format!(" ORDER BY {column} {way}, {id} {way} LIMIT ")).bind(i64::from(page.limit) + 1);
    }

    /// Starts a statement that finds the same window of many lists at once, one a `parent`: the select
    /// list `columns` up to its `FROM`. [`Keyset::close_each`] ends it after an open `WHERE`.
    pub(super) fn open_each(&self, columns: &str, parent: &str, page: &PageRequest) -> String {
        let (column, id, way) = (self.column, self.id, self.way(page));
        format!(
            "SELECT * FROM (SELECT {columns}, ROW_NUMBER() OVER (PARTITION BY {parent} \
             ORDER BY {column} {way}, {id} {way}) AS place "
        )
    }

    /// Ends what [`Keyset::open_each`] began.
    pub(super) fn close_each(&self, sql: &mut Sql, page: &PageRequest) {
        self.between(sql, page);
        sql.push(") each WHERE place <= ").bind(i64::from(page.limit) + 1).push(" ORDER BY place");
    }

    fn way(&self, page: &PageRequest) -> &'static str {
        if self.descending == page.from_end { "ASC" } else { "DESC" }
    }

    fn between(&self, sql: &mut Sql, page: &PageRequest) {
        let (column, id) = (self.column, self.id);
        for (cursor, later) in [(&page.after, true), (&page.before, false)] {
            let Some(cursor) = cursor else { continue };
            let sign = if later == self.descending { '<' } else { '>' };
            sql.push(&format!(" AND ({column}, {id}) {sign} ("));
            match &cursor.key {
                SortKey::Text(key) => sql.bind(key.clone()),
                SortKey::Time(key) => sql.bind(*key),
                SortKey::Number(key) => sql.bind(*key),
            };
            sql.push(", ").bind(cursor.id).push(")");
        }
    }
}

impl<T> Page<T> {
    /// Makes a page of the `n + 1` rows that [`Keyset::window`] asked for.
    pub(super) fn of(rows: Vec<T>, page: &PageRequest, place: impl Fn(&T) -> Cursor) -> Self {
        let more = rows.len() > page.limit as usize;
        let mut items: Vec<(Cursor, T)> =
            rows.into_iter().take(page.limit as usize).map(|row| (place(&row), row)).collect();
        if page.from_end {
            items.reverse();
            Self { items, has_previous: more, has_next: page.before.is_some() }
        } else {
            Self { items, has_previous: page.after.is_some(), has_next: more }
        }
    }

    /// Makes the page of each parent of the rows that [`Keyset::close_each`] asked for. A parent without
    /// rows is absent.
    pub(super) fn each<K: Ord>(
        rows: Vec<T>,
        page: &PageRequest,
        parent: impl Fn(&T) -> K,
        place: impl Fn(&T) -> Cursor,
    ) -> BTreeMap<K, Self> {
        let mut lists: BTreeMap<K, Vec<T>> = BTreeMap::new();
        for row in rows {
            lists.entry(parent(&row)).or_default().push(row);
        }
        lists.into_iter().map(|(parent, rows)| (parent, Self::of(rows, page, &place))).collect()
    }

    /// Turns the items into something else, keeping their places.
    #[must_use]
    pub fn map<U>(self, make: impl Fn(T) -> U) -> Page<U> {
        let items = self.items.into_iter().map(|(at, item)| (at, make(item))).collect();
        Page { items, has_previous: self.has_previous, has_next: self.has_next }
    }

    /// Turns the rows into something else, keeping their places.
    pub(super) fn try_map<U, E>(self, make: impl Fn(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(|(at, row)| Ok((at, make(row)?))).collect::<Result<_, E>>()?;
        Ok(Page { items, has_previous: self.has_previous, has_next: self.has_next })
    }
}
