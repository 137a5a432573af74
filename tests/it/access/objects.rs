//! The objects of the access world, each under a name that the tables of the tests use.

use std::collections::BTreeMap;

use assay::domain::{
    ids::{Id, Kind, SkillAssessmentKind},
    time::Timestamp,
};
use sea_orm::Value;
use uuid::Uuid;

use crate::support::World;

/// One object that has an id.
pub struct Object {
    /// Its type in the SDL.
    pub of: &'static str,
    /// Its public id.
    pub id: String,
    /// A word that finds it and nothing else: a slug, a key or a whole name.
    pub handle: String,
    uuid: Uuid,
}

/// All of them, by name.
pub struct Objects<'w> {
    pub world: &'w World,
    by_name: BTreeMap<String, Object>,
}

impl<'w> Objects<'w> {
    pub fn new(world: &'w World) -> Self {
        Self { world, by_name: BTreeMap::new() }
    }

    /// Remembers an object that was laid down.
    pub fn keep<K: Kind>(&mut self, of: &'static str, name: &str, id: Id<K>, handle: &str) -> Uuid {
        let object = Object { of, id: id.to_string(), handle: handle.to_owned(), uuid: id.uuid() };
        assert!(self.by_name.insert(name.to_owned(), object).is_none(), "two objects are called {name}");
        id.uuid()
    }

    /// The key of the object called `name`.
    pub fn uuid(&self, name: &str) -> Uuid {
        self.get(name).uuid
    }

    pub fn get(&self, name: &str) -> &Object {
        self.by_name.get(name).unwrap_or_else(|| panic!("nothing is called {name}"))
    }

    /// The names of all objects of a type, in order.
    pub fn of(&self, of: &str) -> Vec<&str> {
        self.iter().filter(|(_, object)| object.of == of).map(|(name, _)| name).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Object)> {
        self.by_name.iter().map(|(name, object)| (name.as_str(), object))
    }

    /// The name of the object with a public id.
    pub fn name_of(&self, id: &str) -> &str {
        let found = self.iter().find(|(_, object)| object.id == id);
        found.map(|(name, _)| name).unwrap_or_else(|| panic!("the world does not know {id}"))
    }

    /// An id of the same kind that nothing has.
    pub fn missing(&self, like: &Object) -> String {
        let (prefix, _) = like.id.rsplit_once('_').expect("a public id");
        let nobody = Id::<SkillAssessmentKind>::from_uuid(Uuid::from_u128(u128::MAX - 7)).to_string();
        format!("{prefix}_{}", nobody.rsplit_once('_').expect("a public id").1)
    }

    /// A row's own key, for rows that have no name here.
    pub fn row(&self) -> Value {
        self.world.id::<SkillAssessmentKind>().uuid().into()
    }

    /// A revision for an object that was laid down by hand.
    pub async fn root(&self, aggregate: &str, id: Uuid) {
        let row = [("aggregate", aggregate.into()), ("id", id.into()), ("value", 1_i64.into())];
        self.world.insert("revision", row).await;
    }

    pub fn day(&self, days: i64) -> Timestamp {
        self.world.day(days)
    }
}
