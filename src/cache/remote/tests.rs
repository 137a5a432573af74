//! What is sealed opens again as it was, under its own name alone.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::seal::Seal;
use crate::{
    cache::{Entry, Key, Remembered},
    domain::{
        ids::{SkillId, TeamId},
        revisions::{Revisions, Root},
        time::Timestamp,
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Text(String);

impl Remembered for Text {
    fn bytes(&self) -> usize {
        self.0.len()
    }
}

fn entry(text: &str) -> Entry<Text> {
    let revisions = Revisions::from([(Root::SKILL_CATALOGUE, 41)]);
    Entry {
        value: Text(text.to_owned()),
        revisions,
        fresh_until: Timestamp::from_timestamp_micros(1_234_567),
    }
}

fn skill(number: u128) -> Key {
    Key::SkillDetails(SkillId::from_uuid(Uuid::from_u128(number)))
}

#[test]
fn a_value_opens_as_it_was_closed() {
    let seal = Seal::of([1; 32]);
    let name = seal.name(&skill(7));
    let opened: Entry<Text> = seal.open(&name, &seal.close(&name, &entry("Rust")).unwrap()).unwrap();
    let was = entry("Rust");
    assert_eq!((opened.value, opened.revisions), (was.value, was.revisions));
    assert_eq!(opened.fresh_until, was.fresh_until);
}

#[test]
fn each_key_of_each_database_has_a_name_of_its_own() {
    let team = TeamId::from_uuid(Uuid::from_u128(7));
    let keys = [skill(7), skill(8), Key::TeamSkillMatrix(team, [0; 32]), Key::TeamSkillMatrix(team, [1; 32])];
    let seals = [Seal::of([1; 32]), Seal::of([2; 32])];
    let names: std::collections::BTreeSet<String> =
        seals.iter().flat_map(|seal| keys.iter().map(|key| seal.name(key))).collect();
    assert_eq!(names.len(), 8);
    for name in names {
        assert!(name.starts_with("assay:") && name.len() < 100, "{name}");
        assert!(!name.contains(&Uuid::from_u128(7).simple().to_string()), "{name} tells an id");
    }
}

#[test]
fn another_database_opens_nothing_and_neither_does_another_name() {
    let (seal, other) = (Seal::of([1; 32]), Seal::of([2; 32]));
    let name = seal.name(&skill(7));
    let closed = seal.close(&name, &entry("Rust")).unwrap();
    assert!(other.open::<Text>(&name, &closed).is_none());
    assert!(seal.open::<Text>(&seal.name(&skill(8)), &closed).is_none());
}

#[test]
fn a_value_of_another_shape_is_none() {
    #[derive(Debug, Serialize, Deserialize)]
    struct Longer(String, Vec<u64>);
    impl Remembered for Longer {
        fn bytes(&self) -> usize {
            0
        }
    }
    let seal = Seal::of([1; 32]);
    let name = seal.name(&skill(7));
    let closed = seal.close(&name, &entry("Rust")).unwrap();
    assert!(seal.open::<Longer>(&name, &closed).is_none(), "the shape is longer than what was written");
    let longer = Entry {
        value: Longer("Rust".to_owned(), vec![1, 2, 3]),
        revisions: Revisions::new(),
        fresh_until: None,
    };
    assert!(seal.open::<Text>(&name, &seal.close(&name, &longer).unwrap()).is_none(), "and shorter");
}

#[test]
fn what_is_too_large_is_not_closed() {
    let seal = Seal::of([1; 32]);
    assert!(seal.close(&seal.name(&skill(7)), &entry(&"x".repeat(5 << 20))).is_none());
}

proptest! {
    #[test]
    fn what_was_changed_on_the_way_is_none(text in ".{0,40}", place: prop::sample::Index, bit in 0..8_u32) {
        let seal = Seal::of([1; 32]);
        let name = seal.name(&skill(7));
        let mut closed = seal.close(&name, &entry(&text)).unwrap();
        let at = place.index(closed.len());
        closed[at] ^= 1 << bit;
        prop_assert!(seal.open::<Text>(&name, &closed).is_none());
    }

    #[test]
    fn whatever_lies_there_is_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let seal = Seal::of([1; 32]);
        prop_assert!(seal.open::<Text>(&seal.name(&skill(7)), &bytes).is_none());
    }
}
