//! How each read model is written where other builds may read it. A build of another shape must look for
//! it under another name.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use crate::{
    cache::{Entry, Key},
    domain::{
        assessments::{
            AssessmentSource,
            effective::{LevelView, Party, Rating},
            staleness::ReviewPolicy,
        },
        ids::{
            Id, Kind, PersonId, RoleProfileVersionId, SkillAssessmentId, SkillCategoryId, SkillId, TeamId,
        },
        levels::Level,
        matrix::{Before, Candidate, Columns, Input, Member, Required, Requirements, assemble},
        people::{Discoverability, Identity, Person, PersonStatus},
        policy::facts::SkillFacts,
        profiles::{
            Challenge, FigurePrecision, FigureUnit, Importance, MarketFigure, MarketInsight, MarketTopic,
            Practice, Qualification, QualificationKind, Responsibility, RoleSkillRequirement,
        },
        revisions::{Aggregate, Revisions, Root},
        skills::{
            ExternalMatch, ExternalRef, ExternalScheme, Skill, SkillAlias, SkillKind, SkillLevelDescriptor,
            SkillRelation, SkillRelationKind, SkillStatus,
        },
        time::{Interval, Timestamp},
    },
    views::{gaps::Gaps, matrix::Whole, profiles::RoleProfileContent, skills::SkillDetails},
};

fn id<K: Kind>(number: u128) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(number))
}

fn at(day: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + TimeDelta::days(20_000 + day)
}

fn entry<T>(value: T) -> Entry<T> {
    let team = Root::of(Aggregate::Team, id::<crate::domain::ids::TeamKind>(1));
    let revisions = Revisions::from([(Root::SKILL_CATALOGUE, 3), (team, 70_000)]);
    Entry { value, revisions, fresh_until: Some(at(9)) }
}

fn matrix() -> Whole {
    let (person, skill): (PersonId, SkillId) = (id(2), id(3));
    let rating = |source, party, level: i64, day| Rating {
        assessment_id: id::<crate::domain::ids::SkillAssessmentKind>(4) as SkillAssessmentId,
        source,
        party,
        level: Level::new(level).expect("a level"),
        observed_at: at(day),
        recorded_at: at(day),
        expires_at: Some(at(90)),
    };
    let ratings = vec![
        rating(AssessmentSource::SelfRating, Party::Sole, 4, -40),
        rating(AssessmentSource::Manager, Party::Sole, 2, -30),
    ];
    let policy = ReviewPolicy { review_interval_days: Some(180), expires_after_days: Some(400) };
    let before = BTreeMap::from([((person, skill), vec![ratings[0].clone()])]);
    let input = Input {
        at: at(0),
        live: true,
        view: LevelView::Effective,
        members: vec![Member { person_id: person, valid: Interval { from: at(-9), to: Some(at(9)) } }],
        columns: Columns::Found(vec![Candidate { skill_id: skill, kind: SkillKind::Technical, policy }]),
        ratings: BTreeMap::from([((person, skill), ratings)]),
        requirements: Requirements::Profile(Arc::from([Required { skill_id: skill, level: Level::ALL[3] }])),
        before: Some(Before { since: at(-35), ratings: before }),
        changes_at: None,
    };
    let matrix = assemble(&input).expect("a small one");
    let skills = BTreeMap::from([(skill, Arc::new(a_skill(skill)))]);
    Whole { matrix, skills, people: BTreeMap::from([(person, Arc::new(a_person(person)))]) }
}

fn a_skill(skill: SkillId) -> Skill {
    Skill {
        id: skill,
        name: "Rust".to_owned(),
        slug: "rust".to_owned(),
        description: "Ownership".to_owned(),
        kind: SkillKind::Technical,
        category_id: id::<crate::domain::ids::SkillCategoryKind>(5) as SkillCategoryId,
        owner_id: Some(id(2)),
        proposed_by: Some(id(6)),
        status: SkillStatus::Active,
        merged_into: None,
        review_interval_days: Some(180),
        expires_after_days: Some(400),
        revision: 7,
    }
}

fn a_person(person: PersonId) -> Person {
    Person {
        id: person,
        display_name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        title: Some("Engineer".to_owned()),
        identity: Some(Identity { issuer: "https://id.example".to_owned(), subject: "ada".to_owned() }),
        status: PersonStatus::Active,
        discoverability: Discoverability::Team,
        revision: 8,
    }
}

fn details() -> SkillDetails {
    let (skill, other): (SkillId, SkillId) = (id(3), id(9));
    let facts =
        SkillFacts { id: other, status: SkillStatus::Proposed, owner_id: Some(id(2)), proposed_by: None };
    let relation = SkillRelation { from_id: skill, to_id: other, kind: SkillRelationKind::Broader };
    SkillDetails {
        aliases: vec![SkillAlias { skill_id: skill, alias: "Ferris".to_owned() }],
        level_descriptors: vec![SkillLevelDescriptor {
            skill_id: skill,
            level: Level::ALL[3],
            behaviour: "Writes it alone".to_owned(),
            examples: vec!["A crate".to_owned()],
        }],
        external_refs: vec![ExternalRef {
            skill_id: skill,
            scheme: ExternalScheme::Esco,
            uri: "https://esco.example/rust".to_owned(),
            scheme_version: "1.2".to_owned(),
            match_kind: ExternalMatch::Exact,
        }],
        relations: vec![(relation, facts)],
    }
}

fn content() -> RoleProfileContent {
    let text = |text: &str| text.to_owned();
    RoleProfileContent {
        responsibilities: vec![Responsibility { area: text("Craft"), statement: text("Builds") }],
        requirements: vec![RoleSkillRequirement {
            skill_id: id(3),
            required_level: Level::ALL[4],
            importance: Importance::Must,
            weight: 3,
        }],
        qualifications: vec![Qualification {
            kind: QualificationKind::Experience,
            statement: text("Years"),
            min_years: Some(5),
        }],
        practices: vec![Practice { topic: text("Tests"), statement: text("First"), skill_id: Some(id(3)) }],
        challenges: vec![Challenge {
            title: text("Scale"),
            problem: text("Much"),
            resolution: text("Less"),
            skill_ids: vec![id(3)],
        }],
        market_insights: vec![MarketInsight {
            topic: MarketTopic::Demand,
            statement: text("High"),
            figure: Some(MarketFigure {
                hundredths: 975,
                unit: FigureUnit::Percent,
                precision: FigurePrecision::About,
                years: Some((2023, 2024)),
            }),
            source: text("A survey"),
            as_of: NaiveDate::from_ymd_opt(2026, 1, 2).expect("a date"),
        }],
    }
}

fn written<T: serde::Serialize + serde::de::DeserializeOwned>(value: T) -> String {
    let bytes = postcard::to_stdvec(&entry(value)).expect("it can be written");
    let again: Entry<T> = postcard::from_bytes(&bytes).expect("it can be read");
    assert_eq!(postcard::to_stdvec(&again).expect("it can be written"), bytes, "nothing is lost");
    blake3::hash(&bytes).to_hex()[..16].to_owned()
}

/// When this fails because a type has changed: raise the key's format in `cache/key.rs`, then write the
/// new digest here. Both in one change, for old and new builds run side by side.
#[test]
fn a_read_model_of_another_shape_has_another_format() {
    let key_of_matrix = Key::TeamSkillMatrix(id(1) as TeamId, [0; 32]);
    let key_of_content = Key::RoleProfileContent(id(1) as RoleProfileVersionId);
    let key_of_details = Key::SkillDetails(id(3));
    let key_of_gap = Key::Gap(id(2), id(1), None);
    let shapes = [
        (key_of_matrix, written(matrix())),
        (key_of_content, written(content())),
        (key_of_details, written(details())),
        (key_of_gap, written(Gaps::sample(id(3), id(4), id(5), at(0)))),
    ];
    let shapes = shapes.map(|(key, digest)| format!("{} {} {digest}", key.name(), key.format()));
    assert_eq!(
        shapes,
        [
            "team_skill_matrix 1 89fddd3150cf59ab",
            "role_profile_content 2 5faebb25b401e1ae",
            "skill_details 1 51f2f65d380dbf13",
            "gap 1 a816b756f0c4a1c1"
        ]
    );
    let kinds: BTreeSet<&str> = shapes.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(kinds.len(), 4);
}
