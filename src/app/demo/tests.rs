//! The demo's history is what it claims to be, on any day it is made. Touches no database.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta};

use crate::{
    app::demo::World,
    domain::{
        assessments::{
            AssessmentSource, AssessmentStatus,
            effective::{EffectiveSkill, LevelView, Party, Question, Rating, effective},
            staleness::{ReviewPolicy, Staleness},
        },
        ids::{PersonId, SkillId},
        people::PersonStatus,
        skills::Skill,
        time::Timestamp,
    },
    interchange::demo::demo,
};

const ISSUER: &str = "https://demo.example.com";

/// Days on which the demo may be made: any day must do.
fn days() -> [Timestamp; 3] {
    [1_700_000_000, 1_772_323_199, 1_795_305_600].map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

fn world(now: Timestamp) -> World {
    World::of(&demo().unwrap(), ISSUER, now)
}

fn skill<'w>(world: &'w World, slug: &str) -> &'w Skill {
    world.skills.skills.iter().find(|skill| skill.slug == slug).unwrap()
}

/// F1 over the world's history for everyone active.
fn levels(world: &World, now: Timestamp) -> BTreeMap<(PersonId, SkillId), EffectiveSkill> {
    let mut ratings: BTreeMap<(PersonId, SkillId), Vec<Rating>> = BTreeMap::new();
    for row in world.assessments().filter(|row| row.status.counts()) {
        ratings.entry((row.person_id, row.skill_id)).or_default().push(row.rating());
    }
    let skills: BTreeMap<SkillId, &Skill> =
        world.skills.skills.iter().map(|skill| (skill.id, skill)).collect();
    let active = |id: PersonId| {
        world.teams.people.iter().any(|person| person.id == id && person.status == PersonStatus::Active)
    };
    let of = |((person, skill), rows): ((PersonId, SkillId), Vec<Rating>)| {
        let question = Question {
            kind: skills[&skill].kind,
            policy: ReviewPolicy::of(skills[&skill]),
            at: now,
            view: LevelView::Effective,
        };
        ((person, skill), effective(&rows, &question))
    };
    ratings.into_iter().filter(|((person, _), _)| active(*person)).map(of).collect()
}

#[test]
fn two_worlds_of_one_day_are_the_same_and_of_another_day_are_not() {
    let [first, second, _] = days();
    let digest = |world: &World| blake3::hash(format!("{world:?}").as_bytes());
    assert_eq!(digest(&world(first)), digest(&world(first + TimeDelta::hours(1))));
    assert_ne!(digest(&world(first)), digest(&world(second)));
}

#[test]
fn nothing_happens_in_the_future_or_before_its_time() {
    for now in days() {
        let world = world(now);
        for row in &world.ratings {
            let rating = &row.assessment;
            assert!(rating.observed_at <= rating.recorded_at && rating.recorded_at <= now);
            assert_eq!(row.statuses.first().map(|first| first.status), Some(rating.source.initial_status()));
            assert_eq!(row.statuses.last().map(|last| last.status), Some(rating.status));
            assert!(row.statuses.iter().all(|change| rating.recorded_at <= change.at && change.at <= now));
            assert!(row.statuses.windows(2).all(|pair| pair[0].at <= pair[1].at));
            assert_eq!(rating.response.is_some(), row.responded_at.is_some());
            assert!(row.responded_at.is_none_or(|at| at <= now));
        }
        assert!(world.interests.iter().all(|interest| interest.since <= now));
    }
}

#[test]
fn each_of_the_last_eighteen_months_has_ratings() {
    for now in days() {
        let world = world(now);
        for month in 0..18 {
            let (until, from) =
                (now - TimeDelta::days(month * 30), now - TimeDelta::days((month + 1) * 30 + 2));
            let told = world.assessments().filter(|row| from <= row.recorded_at && row.recorded_at < until);
            assert!(told.count() > 0, "month {month} before {now}");
        }
    }
}

#[test]
fn ratings_name_people_and_skills_there_are_and_keep_their_sources_rules() {
    let world = world(days()[2]);
    let people: BTreeSet<PersonId> = world.teams.people.iter().map(|person| person.id).collect();
    let skills: BTreeSet<SkillId> = world.skills.skills.iter().map(|skill| skill.id).collect();
    let mut ids = BTreeSet::new();
    for row in world.assessments() {
        assert!(ids.insert(row.id), "{} twice", row.id);
        assert!(people.contains(&row.person_id) && skills.contains(&row.skill_id));
        assert!(row.assessor_id.is_none_or(|assessor| people.contains(&assessor)));
        let own = row.assessor_id == Some(row.person_id);
        match row.source {
            AssessmentSource::SelfRating => assert!(own),
            AssessmentSource::Manager | AssessmentSource::Peer => assert!(row.assessor_id.is_some() && !own),
            _ => {}
        }
        assert_eq!(row.certificate.is_some(), row.source == AssessmentSource::Certificate);
    }
}

#[test]
fn no_party_has_two_current_levels() {
    let world = world(days()[1]);
    let mut slots = BTreeSet::new();
    for row in world.assessments().filter(|row| row.status == AssessmentStatus::Validated) {
        let party = Party::of(row.source, row.assessor_id, row.certificate.as_deref());
        assert!(slots.insert((row.person_id, row.skill_id, row.source, party)), "{}", row.id);
    }
    for status in [AssessmentStatus::Pending, AssessmentStatus::Rejected, AssessmentStatus::Superseded] {
        assert!(world.assessments().any(|row| row.status == status), "no {}", status.as_str());
    }
}

#[test]
fn levels_are_fresh_due_stale_and_expired_and_some_are_disputed_or_unknown() {
    for now in days() {
        let world = world(now);
        let levels = levels(&world, now);
        for staleness in Staleness::ALL {
            let n = levels.values().filter(|level| level.staleness == Some(*staleness)).count();
            assert!(n >= 3, "{n} {}", staleness.as_str());
        }
        let n = |what: fn(&EffectiveSkill) -> bool| levels.values().filter(|level| what(level)).count();
        assert!(n(|level| level.disputed) >= 3);
        assert!(
            n(|level| level.difference.is_some_and(|d| d < 0)) > n(|level| level.difference > Some(0)) * 2
        );
        assert!(n(|level| level.level.is_some()) > 500);
        let required: usize = world
            .teams
            .held
            .iter()
            .filter(|(_, held)| held.valid.to.is_none())
            .filter_map(|(_, held)| world.profiles.iter().find(|p| p.profile.id == held.role_profile_id))
            .map(|profile| profile.content.requirements.len())
            .sum();
        assert!(levels.len() < required, "there is no gap that nobody has rated");
    }
}

#[test]
fn people_grow() {
    let now = days()[2];
    let world = world(now);
    let mean = |from: i64, to: i64| {
        let rows: Vec<u32> = world
            .assessments()
            .filter(|row| row.source == AssessmentSource::Manager)
            .filter(|row| (from..to).contains(&(now - row.observed_at).num_days()))
            .map(|row| u32::from(row.level.value()))
            .collect();
        f64::from(rows.iter().sum::<u32>()) / f64::from(u32::try_from(rows.len()).unwrap())
    };
    assert!(mean(0, 200) > mean(400, 560) + 0.2, "{} {}", mean(0, 200), mean(400, 560));
}

#[test]
fn one_required_skill_is_held_by_one_person_alone() {
    for now in days() {
        let world = world(now);
        let levels = levels(&world, now);
        for slug in ["terraform", "async-python"] {
            let id = skill(&world, slug).id;
            let required =
                world.profiles.iter().flat_map(|p| &p.content.requirements).any(|r| r.skill_id == id);
            let rated: Vec<u8> = levels
                .iter()
                .filter(|((_, skill), _)| *skill == id)
                .filter_map(|(_, level)| level.level.map(|level| level.value()))
                .collect();
            assert!(required && rated.len() >= 4, "{slug} {rated:?}");
            assert_eq!(rated.iter().filter(|level| **level >= 3).count(), 1, "{slug} {rated:?}");
        }
    }
}

#[test]
fn there_are_learners_whom_nobody_has_rated() {
    let now = days()[2];
    let world = world(now);
    let rated: BTreeSet<_> = world.assessments().map(|row| (row.person_id, row.skill_id)).collect();
    let learners = world
        .interests
        .iter()
        .filter(|i| i.interest.value() >= 3 && !rated.contains(&(i.person_id, i.skill_id)));
    assert!(learners.count() >= 20);
    let unique: BTreeSet<_> = world.interests.iter().map(|i| (i.person_id, i.skill_id, i.since)).collect();
    assert_eq!(unique.len(), world.interests.len());
}

#[test]
fn the_manager_persona_leads_people_with_ratings() {
    let world = world(days()[2]);
    let commerce = world.teams.teams.iter().find(|team| team.slug == "commerce").unwrap();
    let below: BTreeSet<_> = world
        .teams
        .teams
        .iter()
        .filter(|team| team.parent_id == Some(commerce.id))
        .map(|team| team.id)
        .collect();
    let led: BTreeSet<PersonId> = world
        .teams
        .memberships
        .iter()
        .filter(|stay| below.contains(&stay.team_id) && stay.valid.to.is_none())
        .map(|stay| stay.person_id)
        .collect();
    assert!(below.len() >= 3 && led.len() >= 12);
    for person in led {
        assert!(world.assessments().filter(|row| row.person_id == person).count() >= 5, "{person}");
    }
    let manager = world
        .teams
        .people
        .iter()
        .find(|person| {
            person.id
                == world.teams.memberships.iter().find(|stay| stay.team_id == commerce.id).unwrap().person_id
        })
        .unwrap();
    assert_eq!(manager.identity.as_ref().map(|known| known.subject.as_str()), Some("manager"));
}

#[test]
fn categories_follow_their_parents() {
    let world = world(days()[0]);
    let mut seen = BTreeSet::new();
    for category in &world.skills.categories {
        assert!(category.parent_id.is_none_or(|parent| seen.contains(&parent)), "{}", category.slug);
        seen.insert(category.id);
    }
    assert_eq!(seen.len(), demo().unwrap().catalogue.categories.len());
}
