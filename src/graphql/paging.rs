//! The arguments of a connection: page sizes and opaque cursors, in and out.

use async_graphql::{
    Error, Result,
    registry::{MetaType, Registry},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::DateTime;
use uuid::Uuid;

use crate::{
    domain::time::is_storable,
    graphql::{
        connection::{Connection, Edge},
        errors::bad_user_input,
    },
    store::{Cursor, Page, PageRequest, SortKey},
};

/// The page size when neither `first` nor `last` is given.
pub const DEFAULT_PAGE: usize = 20;
/// The largest page.
pub const MAX_PAGE: usize = 100;

/// What every connection takes, and how it is described: once, for all of them.
const ARGUMENTS: [(&str, &str); 6] = [
    (
        "first",
        "How many from the start, 0–100; 20 when neither `first` nor `last` is given. Excludes `last`.",
    ),
    ("after", "Only what comes after this cursor."),
    ("last", "How many from the end, 0–100. Excludes `first`."),
    ("before", "Only what comes before this cursor."),
    ("filter", "Which of them."),
    ("orderBy", "In which order; the default stands with the type. The id is always the last key."),
];

/// Describes the arguments of every connection that do not describe themselves.
pub(in crate::graphql) fn describe(registry: &mut Registry) {
    for ty in registry.types.values_mut() {
        let MetaType::Object { fields, .. } = ty else { continue };
        for field in
            fields.values_mut().filter(|field| field.ty.trim_end_matches('!').ends_with("Connection"))
        {
            for (name, description) in ARGUMENTS {
                if let Some(argument) = field.args.get_mut(name) {
                    argument.description.get_or_insert_with(|| description.to_owned());
                }
            }
        }
    }
}

/// The four arguments of a page as a client sent them.
#[derive(Debug, Default)]
pub struct PageArguments {
    /// How many from the start.
    pub first: Option<i32>,
    /// After this cursor.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
}

/// What a list's order is keyed by; a cursor of another order is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Folded names.
    Text,
    /// Instants.
    Time,
    /// Numbers.
    Number,
}

impl PageArguments {
    /// Checks the arguments for a list keyed by `kind`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` naming the argument and its rule.
    pub fn request(&self, kind: KeyKind) -> Result<PageRequest> {
        let (limit, from_end) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(bad_user_input("Give `first` or `last`, not both.")),
            (None, Some(last)) => (size("last", last)?, true),
            (Some(first), None) => (size("first", first)?, false),
            (None, None) => (DEFAULT_PAGE as u32, false),
        };
        Ok(PageRequest {
            after: cursor("after", self.after.as_deref(), kind)?,
            before: cursor("before", self.before.as_deref(), kind)?,
            limit,
            from_end,
        })
    }
}

fn size(argument: &str, given: i32) -> Result<u32> {
    let size = u32::try_from(given).ok().filter(|size| *size as usize <= MAX_PAGE);
    size.ok_or_else(|| bad_user_input(format!("`{argument}` is between 0 and {MAX_PAGE}, not {given}.")))
}

fn cursor(argument: &str, given: Option<&str>, kind: KeyKind) -> Result<Option<Cursor>> {
    let refuse =
        || -> Error { bad_user_input(format!("`{argument}` is not a cursor of this list in this order.")) };
    given
        .map(|text| decode(text).filter(|cursor| kind_of(&cursor.key) == kind).ok_or_else(refuse))
        .transpose()
}

const fn kind_of(key: &SortKey) -> KeyKind {
    match key {
        SortKey::Text(_) => KeyKind::Text,
        SortKey::Time(_) => KeyKind::Time,
        SortKey::Number(_) => KeyKind::Number,
    }
}

/// The opaque form of a place in a list.
#[must_use]
pub fn encode(cursor: &Cursor) -> String {
    let key = match &cursor.key {
        SortKey::Text(text) => format!("s{text}"),
        SortKey::Time(instant) => format!("t{}", instant.timestamp_micros()),
        SortKey::Number(number) => format!("n{number}"),
    };
    BASE64_URL_SAFE_NO_PAD.encode(format!("{}{key}", cursor.id.simple()))
}

fn decode(text: &str) -> Option<Cursor> {
    let plain = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (id, key) = plain.split_at_checked(32)?;
    let mut rest = key.chars();
    let key = match rest.next()? {
        's' if !key.contains('\0') => SortKey::Text(rest.as_str().to_owned()),
        't' => {
            let instant = DateTime::from_timestamp_micros(rest.as_str().parse().ok()?)?;
            SortKey::Time(Some(instant).filter(|instant| is_storable(*instant))?)
        }
        'n' => SortKey::Number(rest.as_str().parse().ok()?),
        _ => return None,
    };
    Some(Cursor { key, id: Uuid::try_parse(id).ok()? })
}

/// The page of a list that is already in memory.
#[must_use]
pub fn cut<T>(mut items: Vec<(Cursor, T)>, descending: bool, page: &PageRequest) -> Page<T> {
    items.sort_by(|(a, _), (b, _)| if descending { b.cmp(a) } else { a.cmp(b) });
    let later = |at: &Cursor, than: &Cursor| if descending { at < than } else { at > than };
    items.retain(|(at, _)| {
        page.after.as_ref().is_none_or(|after| later(at, after))
            && page.before.as_ref().is_none_or(|before| later(before, at))
    });
    let (limit, found) = (page.limit as usize, items.len());
    let more = found > limit;
    if page.from_end {
        let items = items.split_off(found.saturating_sub(limit));
        Page { items, has_previous: more, has_next: page.before.is_some() }
    } else {
        items.truncate(limit);
        Page { items, has_previous: page.after.is_some(), has_next: more }
    }
}

impl<N> Connection<N> {
    /// The connection of a page the store found.
    #[must_use]
    pub fn of<T>(page: Page<T>, node: impl Fn(T) -> N) -> Self {
        let edge = |(cursor, item)| Edge { cursor: encode(&cursor), node: node(item) };
        Self {
            has_previous_page: page.has_previous,
            has_next_page: page.has_next,
            edges: page.items.into_iter().map(edge).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> [Cursor; 3] {
        let at = DateTime::from_timestamp_micros(1_767_603_600_000_001).unwrap();
        [SortKey::Text("straße: tn".into()), SortKey::Time(at), SortKey::Number(-3)]
            .map(|key| Cursor { key, id: Uuid::from_u128(7) })
    }

    #[test]
    fn a_cursor_reads_back_as_the_same_place() {
        for place in places() {
            assert_eq!(decode(&encode(&place)), Some(place));
        }
    }

    #[test]
    fn a_cursor_of_another_order_is_refused() {
        let [name, time, _] = places().map(|place| encode(&place));
        let after =
            |cursor: &str| PageArguments { after: Some(cursor.to_owned()), ..PageArguments::default() };
        assert!(after(&name).request(KeyKind::Text).is_ok());
        assert!(after(&time).request(KeyKind::Text).is_err());
        let of_no_list = BASE64_URL_SAFE_NO_PAD.encode(format!("{:032}t-8000000000000000000", 0));
        assert!(after(&of_no_list).request(KeyKind::Time).is_err(), "PostgreSQL has no such instant");
        assert!(after("what?").request(KeyKind::Text).is_err());
    }

    #[test]
    fn a_page_has_one_end_and_a_size_from_0_to_100() {
        let page =
            |first, last| PageArguments { first, last, ..PageArguments::default() }.request(KeyKind::Text);
        assert_eq!(page(None, None).unwrap().limit, 20);
        assert_eq!(page(Some(0), None).unwrap().limit, 0);
        assert!(page(None, Some(100)).unwrap().from_end);
        assert!(page(Some(101), None).is_err() && page(Some(-1), None).is_err());
        assert!(page(Some(1), Some(1)).is_err());
    }
}
