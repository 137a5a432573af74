//! Merges and undos in any order, against a model of what must come of them.

use std::collections::{BTreeMap, BTreeSet};

use assay::domain::{assessments::AssessmentSource, ids::SkillId};
use serde_json::json;
use uuid::Uuid;

use super::{Catalogue, change, ends, named, refusals};
use crate::support::{Rating, SkillSketch, World};

const SKILLS: usize = 6;
const STEPS: usize = 60;

/// Who was merged into whom, step by step: a redirect in the database is where these end.
#[derive(Default)]
struct Model(BTreeMap<usize, usize>);

impl Model {
    fn reads_as(&self, skill: usize) -> usize {
        self.0.get(&skill).map_or(skill, |into| self.reads_as(*into))
    }

    fn merge(&mut self, from: usize, into: usize) -> &'static [&'static str] {
        let end = self.reads_as(into);
        if self.0.contains_key(&from) {
            return &["ILLEGAL_STATE fromId"];
        }
        if end == from {
            return &["CYCLE intoId"];
        }
        self.0.insert(from, end);
        &[]
    }

    fn undo(&mut self, skill: usize) -> &'static [&'static str] {
        match self.0.remove(&skill) {
            Some(_) => &[],
            None => &["ILLEGAL_STATE skillId"],
        }
    }
}

/// Numbers that look random and are the same each time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

async fn laid_down(world: &World, catalogue: &Catalogue) -> Vec<SkillId> {
    let mut skills = Vec::new();
    let rater = world.person("Rita Rater").await;
    for n in 0..SKILLS {
        let skill = world.skill(catalogue.category, &format!("Skill {n}"), SkillSketch::default()).await;
        for (person, source) in
            [(catalogue.mia, AssessmentSource::Manager), (catalogue.owen, AssessmentSource::Peer)]
        {
            let level = i32::try_from(n % 6).unwrap();
            let observed_at = world.day(-30 + i64::try_from(n).unwrap());
            world.rate(Rating { person, skill, source, assessor: rater, level, observed_at }).await;
        }
        skills.push(skill);
    }
    skills
}

async fn assert_as_the_model_says(world: &World, catalogue: &Catalogue, skills: &[SkillId], model: &Model) {
    let reads_as: BTreeMap<Uuid, Uuid> =
        (0..SKILLS).map(|n| (skills[n].uuid(), skills[model.reads_as(n)].uuid())).collect();
    for (n, id) in skills.iter().enumerate() {
        let skill = catalogue.skill(*id).await;
        let end = model.reads_as(n);
        let into = if end == n { json!(null) } else { json!({ "id": skills[end].to_string() }) };
        assert_eq!(skill["mergedInto"], into, "Skill {n}");
        let others = (0..SKILLS).filter(|other| end == n && *other != n && model.reads_as(*other) == n);
        let names: BTreeSet<String> = others.map(|other| format!("Skill {other}")).collect();
        assert_eq!(skill["aliases"], json!(names), "Skill {n}");
    }
    let levels = world.current_levels().await;
    assert_eq!(levels.len(), SKILLS * 2, "no rating is lost or doubled");
    for (_, skill, recorded, _) in levels {
        assert_eq!(skill, reads_as[&recorded]);
    }
    world.assert_projected().await;
}

on_both! {
    async fn whatever_is_merged_and_undone_each_skill_reads_as_one_and_levels_follow(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let skills = laid_down(&world, &catalogue).await;
        let (mut model, mut dice) = (Model::default(), Dice(20_260_105));
        let mut done = [0, 0];
        for step in 0..STEPS {
            let (a, b) = (dice.roll(SKILLS), dice.roll(SKILLS));
            let undoes = dice.roll(5) < 2;
            let (payload, expected) = if undoes {
                (change(&catalogue.admin, "undoSkillMerge", named(skills[a])).await, model.undo(a))
            } else {
                (change(&catalogue.admin, "mergeSkills", ends(skills[a], skills[b])).await, model.merge(a, b))
            };
            assert_eq!(refusals(&payload), expected, "step {step}: {a} and {b}");
            done[usize::from(undoes)] += usize::from(expected.is_empty());
            assert_as_the_model_says(&world, &catalogue, &skills, &model).await;
        }
        assert!(done.iter().all(|count| *count >= 10), "both were done often: {done:?}");
    }
}
