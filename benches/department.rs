//! What a department costs in the domain alone, without a database: weighing its ratings into one table (F1),
//! covering every skill (F5), and how much of it can be lost (F6). Run it with `cargo bench`.

use std::collections::BTreeMap;

use assay::domain::{
    assessments::{
        AssessmentSource,
        effective::{Party, Rating},
        staleness::ReviewPolicy,
    },
    capabilities::{Capabilities, Column, Known, Survey},
    coverage::{Member, SkillCoverage, Target, resilience::Resilience},
    ids::{PersonId, SkillAssessmentId, SkillId},
    levels::Level,
    skills::SkillKind,
    time::Timestamp,
};
use chrono::TimeDelta;
use divan::{Bencher, black_box};
use uuid::Uuid;

const SKILLS: u128 = 400;
const RATINGS: u128 = 30;

fn main() {
    divan::main();
}

/// The instant everything is looked at.
fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn skill(n: u128) -> SkillId {
    SkillId::from_uuid(Uuid::from_u128(n % SKILLS))
}

/// What is known of a person: their own word and a manager's about fifteen skills.
fn known(person: u128) -> Known {
    let mut ratings: BTreeMap<SkillId, Vec<Rating>> = BTreeMap::new();
    for n in 0..RATINGS {
        let (sources, levels) = (AssessmentSource::ALL, Level::ALL);
        let rating = Rating {
            assessment_id: SkillAssessmentId::from_uuid(Uuid::from_u128(person * RATINGS + n)),
            source: sources[usize::from(n % 2 == 1)],
            party: Party::Sole,
            level: levels[usize::try_from((person + n) % 5).unwrap_or_default()],
            observed_at: now(),
            recorded_at: now(),
            expires_at: None,
        };
        ratings.entry(skill(person * 7 + n / 2 * 13)).or_default().push(rating);
    }
    Known { person_id: PersonId::from_uuid(Uuid::from_u128(person)), ratings, interests: Vec::new() }
}

fn people(count: u128) -> Vec<Known> {
    (0..count).map(known).collect()
}

fn surveyed(people: &[Known]) -> Capabilities {
    let policy = ReviewPolicy { review_interval_days: Some(180), expires_after_days: Some(720) };
    let column = |n| Column { skill_id: skill(n), kind: SkillKind::Technical, policy };
    let columns: Vec<Column> = (0..SKILLS).map(column).collect();
    let mut survey = Survey::of(people.iter().map(|one| one.person_id).collect(), &columns, now());
    people.iter().for_each(|one| survey.weigh(one));
    survey.finish().0
}

fn covered(table: &Capabilities) -> Vec<SkillCoverage> {
    let target = |skill_id: &SkillId| Target { skill_id: *skill_id, level: Level::ALL[2], head_count: 2 };
    let targets: Vec<Target> = table.skills().iter().map(target).collect();
    let members: Vec<Member> =
        (0..table.people().len()).map(|row| Member { row, allocation_pct: 100 }).collect();
    SkillCoverage::of_all(&targets, &members, table)
}

#[divan::bench(args = [25, 200, 2_000])]
fn weighing_the_ratings(bencher: Bencher<'_, '_>, count: u128) {
    let people = people(count);
    bencher.bench(|| surveyed(black_box(&people)));
}

#[divan::bench(args = [25, 200, 2_000])]
fn covering_every_skill(bencher: Bencher<'_, '_>, count: u128) {
    let table = surveyed(&people(count));
    bencher.bench(|| covered(black_box(&table)));
}

#[divan::bench(args = [25, 200, 2_000])]
fn the_bus_factor(bencher: Bencher<'_, '_>, count: u128) {
    let coverage = covered(&surveyed(&people(count)));
    bencher.bench(|| {
        let held = coverage.iter().map(|skill| (skill.target.skill_id, skill.holders.as_slice()));
        Resilience::of(black_box(held))
    });
}
