//! Between GraphQL's `ID` and the typed ids of the domain.
//!
//! A text that is not an id of the kind asked for is `None`, and every caller answers it as it
//! answers an id nothing has: a client learns nothing from the form of an id.

use async_graphql::ID;
use uuid::Uuid;

use crate::domain::ids::{Id, Kind};

/// The public form of an id.
#[must_use]
pub fn global<K: Kind>(id: Id<K>) -> ID {
    ID(id.to_string())
}

/// The id a client names.
#[must_use]
pub fn parse<K: Kind>(id: &ID) -> Option<Id<K>> {
    id.parse().ok()
}

/// The raw id a client names to a mutation. What is no id of this kind becomes the nil one, which nothing
/// has: the use case refuses it at its field, like any id that nothing has.
#[must_use]
pub fn raw<K: Kind>(id: &ID) -> Uuid {
    parse::<K>(id).map_or(Uuid::nil(), Id::uuid)
}

/// The ids a client names; those that are no ids of this kind name nothing and are left out.
#[must_use]
pub fn parse_all<K: Kind>(ids: &[ID]) -> Vec<Id<K>> {
    ids.iter().filter_map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{PersonId, TeamId};

    #[test]
    fn an_id_of_another_kind_or_form_names_nothing() {
        let person = global(PersonId::from_uuid(Uuid::from_u128(7)));
        assert_eq!(parse::<crate::domain::ids::TeamKind>(&person), None);
        assert_eq!(parse::<crate::domain::ids::TeamKind>(&ID("7".into())), None);
        assert_eq!(raw::<crate::domain::ids::TeamKind>(&person), Uuid::nil());
        let team = TeamId::from_uuid(Uuid::from_u128(7));
        assert_eq!(parse(&global(team)), Some(team));
    }
}
