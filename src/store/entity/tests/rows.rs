//! Every entity against its table: what is stored is what is read, on both databases.

use chrono::DateTime;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};
use uuid::Uuid;

use super::{
    databases::on_both,
    development_rows::the_development,
    profile_rows::{the_content_of_a_version, the_profiles},
};
use crate::{
    domain::time::Timestamp,
    store::{
        Store, StoreError,
        entity::{
            catalogue::{
                external_ref, skill, skill_alias, skill_category, skill_level_descriptor, skill_merge,
                skill_name, skill_relation,
            },
            gaps::requirement_exemption,
            organisation::{person, team, team_membership, team_parent},
            ratings::{
                current_level, skill_assessment, skill_assessment_note, skill_assessment_response,
                skill_assessment_status, skill_interest,
            },
            rounds::{assessment_round, assessment_round_skill},
        },
    },
};

#[tokio::test]
async fn every_row_reads_back_as_it_was_stored() {
    on_both(async |store| {
        the_organisation(&store).await;
        the_catalogue(&store).await;
        the_profiles(&store).await;
        the_content_of_a_version(&store).await;
        the_ratings(&store).await;
        the_development(&store).await;
    })
    .await;
}

#[tokio::test]
async fn the_order_of_stored_instants_is_the_order_of_time() {
    on_both(async |store| {
        the_organisation(&store).await;
        the_catalogue(&store).await;
        let micros = [0, 1, 100, 1_000, 1_001, 120_000, 123_456, 999_999, 1_000_000];
        let rows = micros.map(|since| skill_interest::Model {
            person_id: id(11),
            skill_id: id(31),
            interest: 3,
            since: at(since),
        });
        let shuffled = rows.iter().rev().cloned().collect::<Vec<_>>();
        store.begin(async move |tx| tx.insert(shuffled).await).await.unwrap();
        assert_eq!(all::<skill_interest::Entity>(&store).await, rows);
    })
    .await;
}

#[tokio::test]
async fn more_rows_than_one_statement_can_bind_are_all_stored() {
    on_both(async |store| {
        let rows: Vec<_> = (1_000..8_000).map(|n| team_row(n, &format!("team-{n}"))).collect();
        let copy = rows.clone();
        store.begin(async move |tx| tx.insert(copy).await).await.unwrap();
        store.begin(async move |tx| tx.insert(Vec::<team::Model>::new()).await).await.unwrap();
        assert_eq!(all::<team::Entity>(&store).await, rows);
    })
    .await;
}

#[tokio::test]
async fn a_refused_row_names_its_constraint_and_leaves_nothing_behind() {
    on_both(async |store| {
        let rows = vec![team_row(1, "platform"), team_row(2, "platform")];
        let refused: Result<(), StoreError> = store.begin(async move |tx| tx.insert(rows).await).await;
        assert!(refused.unwrap_err().violates("team", "slug"));
        assert_eq!(all::<team::Entity>(&store).await, []);
    })
    .await;
}

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n << 96)
}

pub fn at(micros: i64) -> Timestamp {
    DateTime::from_timestamp_micros(1_767_225_600_000_000 + micros).unwrap()
}

/// Stores rows and reads the table again: the same rows, and no others.
pub async fn same<M, A>(store: &Store, rows: Vec<M>)
where
    M: ModelTrait + IntoActiveModel<A> + PartialEq + Send + Sync + 'static,
    M::Entity: EntityTrait<Model = M>,
    A: ActiveModelTrait<Entity = M::Entity> + Send + Sync + 'static,
{
    let copy = rows.clone();
    store.begin(async move |tx| tx.insert(copy).await).await.unwrap();
    assert_eq!(all::<M::Entity>(store).await, rows);
}

async fn all<E: EntityTrait>(store: &Store) -> Vec<E::Model>
where
    E::Model: Sync,
{
    let mut rows = E::find();
    for key in <E::PrimaryKey as sea_orm::Iterable>::iter() {
        rows = sea_orm::QueryOrder::order_by_asc(rows, sea_orm::PrimaryKeyToColumn::into_column(key));
    }
    rows.all(&store.for_migration()).await.unwrap()
}

fn team_row(n: u128, slug: &str) -> team::Model {
    team::Model {
        id: id(n),
        name: "Plattform ✓".into(),
        name_key: "plattform ✓".into(),
        slug: slug.into(),
        status: "ACTIVE".into(),
    }
}

async fn the_organisation(store: &Store) {
    let (valid_from, valid_to) = (at(1), Some(at(2)));
    same(store, vec![team_row(1, "platform"), team_row(2, "data")]).await;
    same(
        store,
        vec![team_parent::Model { id: id(3), team_id: id(2), parent_id: id(1), valid_from, valid_to }],
    )
    .await;
    let ada = person::Model {
        id: id(11),
        display_name: "Ada".into(),
        display_name_key: "ada".into(),
        email: "Ada@x.org".into(),
        email_key: "ada@x.org".into(),
        title: Some("Engineer".into()),
        issuer: Some("https://id".into()),
        subject: Some("a".into()),
        status: "ACTIVE".into(),
        discoverability: "NOBODY".into(),
    };
    let bob = person::Model {
        id: id(12),
        email_key: "b".into(),
        title: None,
        issuer: None,
        subject: None,
        ..ada.clone()
    };
    same(store, vec![ada, bob]).await;
    let membership = team_membership::Model {
        id: id(4),
        team_id: id(1),
        person_id: id(11),
        role: "LEAD".into(),
        allocation_pct: 80,
        valid_from,
        valid_to: None,
    };
    same(store, vec![membership]).await;
}

fn skill_row(n: u128, slug: &str) -> skill::Model {
    skill::Model {
        id: id(n),
        name: "Python".into(),
        name_key: "python".into(),
        slug: slug.into(),
        description: "A *language*.".into(),
        kind: "TECHNICAL".into(),
        category_id: id(22),
        owner_id: Some(id(11)),
        proposed_by: None,
        status: "ACTIVE".into(),
        merged_into: None,
        review_interval_days: Some(180),
        expires_after_days: None,
    }
}

async fn the_catalogue(store: &Store) {
    let top = skill_category::Model {
        id: id(21),
        name: "Languages".into(),
        name_key: "languages".into(),
        slug: "languages".into(),
        parent_id: None,
        position: 0,
    };
    let below =
        skill_category::Model { id: id(22), slug: "dynamic".into(), parent_id: Some(id(21)), ..top.clone() };
    same(store, vec![top, below]).await;
    same(store, vec![skill_row(31, "python"), skill_row(32, "rust")]).await;
    let (alias, alias_key) = ("Py".into(), "py".into());
    same(store, vec![skill_alias::Model { id: id(33), skill_id: id(31), alias, alias_key }]).await;
    same(store, vec![skill_name::Model { name_key: "python".into(), skill_id: id(31) }]).await;
    same(store, vec![skill_relation::Model { from_id: id(31), to_id: id(32), kind: "BROADER".into() }]).await;
    let reference = external_ref::Model {
        id: id(34),
        skill_id: id(31),
        scheme: "ESCO".into(),
        uri: "http://data.europa.eu/1".into(),
        scheme_version: "1.2".into(),
        match_kind: "EXACT".into(),
    };
    same(store, vec![reference]).await;
    let merge = skill_merge::Model {
        id: id(35),
        from_id: id(32),
        into_id: id(31),
        at: at(1),
        undone_at: Some(at(2)),
    };
    same(store, vec![merge]).await;
    let (behaviour, examples) = ("Writes modules alone.".into(), r#"["a","b"]"#.into());
    same(store, vec![skill_level_descriptor::Model { skill_id: id(31), level: 3, behaviour, examples }])
        .await;
}

async fn the_ratings(store: &Store) {
    let (person_id, skill_id, assessment_id) = (id(11), id(31), id(61));
    let rating = skill_assessment::Model {
        id: assessment_id,
        person_id,
        skill_id,
        level: 3,
        confidence: Some("HIGH".into()),
        source: "CERTIFICATE".into(),
        party: "PCEP".into(),
        assessor_id: Some(person_id),
        certificate: Some("PCEP".into()),
        observed_at: at(123_456),
        recorded_at: at(123_457),
        expires_at: Some(at(1_000_000)),
        evidence: r#"["https://x"]"#.into(),
    };
    same(store, vec![rating]).await;
    let (by_id, reason) = (Some(person_id), Some("seen".into()));
    let validated = skill_assessment_status::Model {
        id: id(62),
        assessment_id,
        status: "VALIDATED".into(),
        by_id,
        at: at(9),
        reason,
        seq: 1,
    };
    let superseded = skill_assessment_status::Model {
        id: id(63),
        status: "SUPERSEDED".into(),
        by_id: None,
        reason: None,
        seq: 2,
        ..validated.clone()
    };
    same(store, vec![validated, superseded]).await;
    same(store, vec![skill_assessment_note::Model { assessment_id, note: "Well done.".into() }]).await;
    same(
        store,
        vec![skill_assessment_response::Model {
            id: id(64),
            assessment_id,
            text: "Thanks.".into(),
            at: at(9),
        }],
    )
    .await;
    same(store, vec![skill_interest::Model { person_id, skill_id, interest: 4, since: at(7) }]).await;
    the_current_level(store).await;
    the_exemption(store).await;
}

async fn the_exemption(store: &Store) {
    let (person_id, skill_id) = (id(11), id(31));
    let exemption = requirement_exemption::Model {
        id: id(65),
        person_id,
        skill_id,
        reason: "On leave.".into(),
        granted_by_id: None,
        valid_from: at(1),
        valid_until: at(9),
        ended_at: Some(at(5)),
        ended_by_id: Some(person_id),
    };
    same(store, vec![exemption]).await;
    let round = assessment_round::Model {
        id: id(66),
        team_id: id(1),
        name: "Spring".into(),
        opened_at: at(1),
        opened_by_id: Some(person_id),
        due_at: at(9),
        closed_at: Some(at(5)),
        closed_by_id: None,
    };
    same(store, vec![round]).await;
    same(store, vec![assessment_round_skill::Model { round_id: id(66), skill_id, position: 3 }]).await;
}

async fn the_current_level(store: &Store) {
    let (person_id, skill_id, assessment_id) = (id(11), id(31), id(61));
    let current = current_level::Model {
        person_id,
        skill_id: id(32),
        assessment_id,
        recorded_skill_id: skill_id,
        source: "CERTIFICATE".into(),
        party: "PCEP".into(),
        level: 3,
        confidence: None,
        observed_at: at(123_456),
        recorded_at: at(123_457),
        expires_at: None,
        validated: true,
    };
    same(store, vec![current]).await;
}
