//! Whatever happens to ratings, in whatever order: the projection says what the history says, and the
//! history keeps its invariants.

use std::collections::BTreeMap;

use assay::{
    domain::ids::{Id, SkillAssessmentKind, SkillId},
    store::{Rebuild, StoreError},
};
use chrono::TimeDelta;
use proptest::{collection::vec, option, prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{House, LEAD, MEMBER, OWNER, PEER, mutate};
use crate::support::{SkillSketch, World};

const STORIES: usize = 3;
const STEPS: usize = 50;

/// Something that may happen. Numbers pick from what is there.
#[derive(Debug, Clone)]
enum Step {
    Record { source: usize, pia: bool, skill: usize, level: i32, days_ago: i64, lasts: Option<i64> },
    Validate(usize),
    Reject(usize),
    Revoke(usize),
    Confirm(usize),
    MergeOrUndo,
}

fn step() -> impl Strategy<Value = Step> {
    let record =
        (0..5_usize, any::<bool>(), 0..3_usize, 0..6_i32, 0..90_i64, option::weighted(0.2, 1..90_i64));
    prop_oneof![
        6 => record.prop_map(|(source, pia, skill, level, days_ago, lasts)| {
            Step::Record { source, pia, skill, level, days_ago, lasts }
        }),
        4 => any::<usize>().prop_map(Step::Validate),
        1 => any::<usize>().prop_map(Step::Reject),
        2 => any::<usize>().prop_map(Step::Revoke),
        2 => any::<usize>().prop_map(Step::Confirm),
        1 => Just(Step::MergeOrUndo),
    ]
}

/// One world that things happen to.
struct Story<'w> {
    world: &'w World,
    house: House,
    skills: [SkillId; 3],
    merged: bool,
    done: BTreeMap<&'static str, usize>,
}

impl<'w> Story<'w> {
    async fn begin(world: &'w World) -> Self {
        let house = House::in_world(world).await;
        let sql = "UPDATE skill SET owner_id = (SELECT id FROM person WHERE subject = 'owen-owner')";
        let old = world.skill(house.category, "Rust 2015", SkillSketch::default()).await;
        world.execute(sql, []).await;
        let skills = [house.rust, house.go, old];
        Self { world, house, skills, merged: false, done: BTreeMap::new() }
    }

    async fn happens(&mut self, step: &Step) {
        let one = |id: &str| json!({ "assessmentId": id, "reason": "So it happened." });
        let list = |id: &str| json!({ "assessmentIds": [id] });
        match step {
            Step::Record { .. } => self.record(step).await,
            Step::Validate(pick) => {
                let Some((id, _)) = self.picked(*pick, "PENDING").await else { return };
                self.mutate(OWNER, "validateSkillAssessments", list(&id)).await;
            }
            Step::Reject(pick) => {
                let Some((id, _)) = self.picked(*pick, "PENDING").await else { return };
                self.mutate(OWNER, "rejectSkillAssessment", one(&id)).await;
            }
            Step::Revoke(pick) => {
                let Some((id, rater)) = self.picked(*pick, "VALIDATED").await else { return };
                let payload = self.mutate(LEAD, "revokeSkillAssessment", one(&id)).await;
                if payload["userErrors"] != json!([]) {
                    self.mutate(&rater, "revokeSkillAssessment", one(&id)).await;
                }
            }
            Step::Confirm(pick) => {
                let Some((id, rater)) = self.picked(*pick, "VALIDATED").await else { return };
                self.mutate(&rater, "confirmSkillAssessments", list(&id)).await;
            }
            Step::MergeOrUndo => self.merge_or_undo().await,
        }
    }

    async fn record(&mut self, step: &Step) {
        let Step::Record { source, pia, skill, level, days_ago, lasts } = step else { return };
        let (source, who) = [
            ("SELF", if *pia { PEER } else { MEMBER }),
            ("MANAGER", LEAD),
            ("PEER", if *pia { MEMBER } else { PEER }),
            ("PEER", LEAD),
            ("CERTIFICATE", LEAD),
        ][*source];
        let person = if *pia { self.house.pia } else { self.house.mia };
        let observed_at = self.world.day(-days_ago);
        let mut input = json!({
            "personId": person.to_string(),
            "skillId": self.skills[*skill].to_string(),
            "level": level,
            "source": source,
            "observedAt": observed_at.to_rfc3339(),
            "expiresAt": lasts.map(|days| (observed_at + TimeDelta::days(days)).to_rfc3339()),
        });
        if source == "CERTIFICATE" {
            input["certificate"] = json!(format!("C-{}", level % 2));
        }
        self.mutate(who, "recordSkillAssessment", input).await;
    }

    /// One of the assessments that stand so, and who rated.
    async fn picked(&self, pick: usize, status: &str) -> Option<(String, String)> {
        let sql = "SELECT a.id, p.subject FROM skill_assessment a JOIN person p ON p.id = a.assessor_id \
                   JOIN skill_assessment_status s ON s.assessment_id = a.id WHERE s.status = $1 AND s.seq = \
                   (SELECT MAX(l.seq) FROM skill_assessment_status l WHERE l.assessment_id = a.id) \
                   ORDER BY a.recorded_at, a.id";
        let rows = self.world.rows(sql, [status.into()]).await;
        let row = rows.get(pick.checked_rem(rows.len())?)?;
        let id = Id::<SkillAssessmentKind>::from_uuid(row.try_get("", "id").unwrap());
        Some((id.to_string(), row.try_get("", "subject").unwrap()))
    }

    async fn mutate(&mut self, who: &str, name: &'static str, input: Value) -> Value {
        let payload = mutate(self.world, who, name, input).await;
        if payload["userErrors"] == json!([]) {
            *self.done.entry(name).or_default() += 1;
        }
        payload
    }

    /// A merge without its mutation: the redirect and the rebuilding it asks for.
    async fn merge_or_undo(&mut self) {
        let [rust, _, old] = self.skills;
        if self.merged {
            let sql = "UPDATE skill SET status = 'ACTIVE', merged_into = NULL WHERE id = $1";
            self.world.execute(sql, [old.uuid().into()]).await;
        } else {
            self.world.redirect(old, rust).await;
        }
        self.merged = !self.merged;
        let sql =
            "UPDATE revision SET value = value + 1 WHERE aggregate IN ('PERSON', 'SKILL', 'SKILL_CATALOGUE')";
        self.world.execute(sql, []).await;
        rebuild(self.world, vec![rust, old]).await;
    }

    /// What the projection holds.
    async fn projection(&self) -> Vec<(Uuid, Uuid, Uuid, Uuid, i32, bool)> {
        let sql = "SELECT person_id, skill_id, assessment_id, recorded_skill_id, level, validated FROM current_level \
                   ORDER BY person_id, skill_id, assessment_id";
        let rows = self.world.rows(sql, []).await;
        let id = |row: &sea_orm::QueryResult, column: &str| row.try_get::<Uuid>("", column).unwrap();
        let row = |row: &sea_orm::QueryResult| {
            let (person, skill) = (id(row, "person_id"), id(row, "skill_id"));
            let (rating, recorded) = (id(row, "assessment_id"), id(row, "recorded_skill_id"));
            let level = row.try_get("", "level").unwrap();
            (person, skill, rating, recorded, level, row.try_get("", "validated").unwrap())
        };
        rows.iter().map(row).collect()
    }

    /// That everything which can be derived is what the history makes it.
    async fn holds(&self) -> bool {
        let sql = "SELECT 1 FROM skill_assessment a JOIN skill_assessment_status s ON s.assessment_id = a.id \
                   WHERE s.status = 'VALIDATED' AND s.seq = (SELECT MAX(l.seq) FROM skill_assessment_status l \
                   WHERE l.assessment_id = a.id) GROUP BY a.person_id, a.skill_id, a.source, a.party HAVING COUNT(*) > 1";
        let one_current_level_a_slot = self.world.rows(sql, []).await.is_empty();
        let kept = self.projection().await;
        rebuild(self.world, self.skills.to_vec()).await;
        let rebuilt = self.projection().await;
        let now = self.house.matrix(self.world, None).await;
        let from_history = self.house.matrix(self.world, Some(self.world.now())).await;
        one_current_level_a_slot && kept == rebuilt && now == from_history
    }
}

async fn rebuild(world: &World, skills: Vec<SkillId>) {
    let rebuilt = world.store().begin(|tx| async move {
        tx.rebuild_current_levels(Rebuild::Skills(&skills)).await?;
        tx.rebuild_current_levels(Rebuild::All).await
    });
    let rebuilt: Result<(), StoreError> = rebuilt.await;
    rebuilt.expect("rebuilt");
}

on_both! {
    async fn after_any_history_the_projection_is_what_a_rebuild_makes_and_the_matrix_what_history_says(world: World) {
        let mut runner = TestRunner::deterministic();
        let mut story = Story::begin(&world).await;
        for _ in 0..STORIES {
            let steps = vec(step(), STEPS).new_tree(&mut runner).expect("steps").current();
            for (n, step) in steps.iter().enumerate() {
                story.happens(step).await;
                assert!(story.holds().await, "after {:#?}", &steps[..=n]);
            }
        }
        let often = story.done.values().filter(|times| **times >= 3).count();
        assert_eq!(often, 5, "every kind of change happened: {:?}", story.done);
    }
}
