//! A generated organisation is what it claims to be: the same from one seed, and a history that the
//! mutations could have left. Touches no database.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;

use crate::{
    app::{
        demo::RatedRow,
        scale::{Scale, catalogue, profiles},
    },
    domain::{
        assessments::{
            AssessmentSource, AssessmentStatus,
            effective::{Party, Question, Rating, effective},
            staleness::{ReviewPolicy, Staleness},
        },
        ids::{PersonId, SkillId},
        levels::Level,
        skills::Skill,
        teams::TeamRole,
    },
};

fn scale(teams: u32, seed: u64) -> Scale {
    let now = DateTime::from_timestamp(1_795_305_600, 0).unwrap();
    Scale { teams, questions: 10 * teams, seed, now, issuer: "https://demo.example.com".to_owned() }
}

fn history(scale: &Scale, team: u32) -> Vec<RatedRow> {
    Scale::people_of(team).flat_map(|person| scale.history(&scale.case(team, person))).collect()
}

/// The rows of one team, as text.
fn rows(scale: &Scale, team: u32) -> String {
    format!("{:?} {:?} {:?}", scale.team(team), scale.crew(team), history(scale, team))
}

#[test]
fn one_seed_makes_one_organisation_and_another_seed_another() {
    assert_eq!(rows(&scale(9, 1), 4), rows(&scale(9, 1), 4));
    let ids =
        |seed| scale(9, seed).crew(4).people.into_iter().map(|person| person.id).collect::<BTreeSet<_>>();
    assert!(ids(1).is_disjoint(&ids(2)));
    let levels =
        |seed| history(&scale(9, seed), 4).iter().map(|row| row.assessment.level).collect::<Vec<_>>();
    assert_ne!(levels(1), levels(2));
}

#[test]
fn teams_stand_in_a_tree_several_deep_with_twenty_five_people_and_one_lead_each() {
    let scale = scale(200, 1);
    let depth = |mut team: u32| {
        let mut depth = 0;
        while let Some(above) = Scale::above(team) {
            assert!(above < team);
            (team, depth) = (above, depth + 1);
        }
        depth
    };
    assert_eq!((0..200).map(depth).max(), Some(3));
    let mut slugs = BTreeSet::new();
    let moved = (0..200).filter(|&team| scale.places(team).len() == 2).count();
    assert!((3..30).contains(&moved), "{moved}");
    for team in (0..200).step_by(7) {
        assert!(slugs.insert(scale.team(team).slug));
        let crew = scale.crew(team);
        let open = || crew.memberships.iter().filter(|stay| stay.valid.to.is_none());
        assert_eq!((crew.people.len(), open().count()), (25, 25));
        assert_eq!(open().filter(|stay| stay.role == TeamRole::Lead).count(), 1);
        assert!(crew.memberships.iter().all(|stay| stay.valid.to.is_none_or(|to| stay.valid.from < to)));
    }
}

#[test]
fn thirty_profiles_require_twenty_different_skills_each() {
    let profiles = scale(1, 1).profiles();
    assert_eq!(profiles.len(), 30);
    for n in 0..profiles::FAMILIES * profiles::STEPS {
        let required = profiles::requirements(n);
        let skills: BTreeSet<u32> = required.iter().map(|(skill, _)| *skill).collect();
        assert_eq!((required.len(), skills.len()), (20, 20), "profile {n}: {required:?}");
        assert!(required.iter().all(|(skill, level)| *skill < 380 && (1..=5).contains(level)));
    }
}

#[test]
fn four_hundred_skills_have_names_and_slugs_of_their_own() {
    let skills = scale(1, 1).skills();
    let distinct = |of: fn(&Skill) -> String| skills.skills.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!(skills.skills.len(), 400);
    assert_eq!((distinct(|s| s.slug.clone()), distinct(|s| s.name.to_lowercase())), (400, 400));
    let names: BTreeSet<String> = skills.skills.iter().map(|skill| skill.name.to_lowercase()).collect();
    assert!(skills.aliases.iter().all(|alias| !names.contains(&alias.alias.to_lowercase())));
    assert_eq!(catalogue::SKILLS, 400);
}

#[test]
fn people_have_some_thirty_assessments_with_every_source_and_status() {
    let scale = scale(12, 1);
    let rows: Vec<RatedRow> = (0..12).flat_map(|team| history(&scale, team)).collect();
    let mean = rows.len() / (12 * 25);
    assert!((27..=33).contains(&mean), "{mean} a person");
    for status in AssessmentStatus::ALL {
        assert!(rows.iter().any(|row| row.assessment.status == *status), "none is {}", status.as_str());
    }
    for source in AssessmentSource::ALL.iter().filter(|source| **source != AssessmentSource::Interview) {
        assert!(rows.iter().any(|row| row.assessment.source == *source), "none by {}", source.as_str());
    }
    assert!(rows.iter().any(|row| row.responded_at.is_some()));
    let ids: BTreeSet<_> = rows.iter().map(|row| row.assessment.id).collect();
    let changes: Vec<_> = rows.iter().flat_map(|row| &row.statuses).collect();
    let change_ids: BTreeSet<_> = changes.iter().map(|change| change.id).collect();
    assert_eq!((ids.len(), change_ids.len()), (rows.len(), changes.len()));
    let skills =
        |team| history(&scale, team).iter().map(|row| row.assessment.skill_id).collect::<BTreeSet<_>>();
    assert!((0..12).all(|team| (60..200).contains(&skills(team).len())), "a matrix holds 200 skills");
}

#[test]
fn every_history_is_one_that_the_mutations_could_have_left() {
    let scale = scale(12, 3);
    let mut slots = BTreeSet::new();
    for row in (0..12).flat_map(|team| history(&scale, team)) {
        let (rated, statuses) = (&row.assessment, &row.statuses);
        assert!(rated.observed_at <= rated.recorded_at && rated.recorded_at <= scale.now);
        assert_eq!(statuses.first().map(|first| first.status), Some(rated.source.initial_status()));
        assert_eq!(statuses.last().map(|last| last.status), Some(rated.status));
        for pair in statuses.windows(2) {
            assert!(pair[0].at <= pair[1].at && pair[1].at <= scale.now);
            assert!(pair[0].status.may_become(pair[1].status), "{pair:?}");
        }
        let own = rated.assessor_id == Some(rated.person_id);
        match rated.source {
            AssessmentSource::SelfRating | AssessmentSource::Certificate => assert!(own),
            AssessmentSource::Manager | AssessmentSource::Peer => {
                assert!(rated.assessor_id.is_some() && !own);
            }
            _ => assert!(rated.assessor_id.is_none()),
        }
        if rated.status == AssessmentStatus::Validated {
            let party = Party::of(rated.source, rated.assessor_id, rated.certificate.as_deref());
            assert!(slots.insert((rated.person_id, rated.skill_id, rated.source, party)), "{}", rated.id);
        }
    }
}

#[test]
fn levels_are_fresh_due_stale_and_expired_and_of_every_height() {
    let scale = scale(12, 1);
    let skills: BTreeMap<SkillId, Skill> =
        scale.skills().skills.into_iter().map(|skill| (skill.id, skill)).collect();
    let mut cells: BTreeMap<(PersonId, SkillId), Vec<Rating>> = BTreeMap::new();
    for row in (0..12).flat_map(|team| history(&scale, team)).filter(|row| row.assessment.status.counts()) {
        let rated = &row.assessment;
        cells.entry((rated.person_id, rated.skill_id)).or_default().push(rated.rating());
    }
    let levels: Vec<_> = cells
        .iter()
        .map(|((_, skill), rows)| {
            let skill = &skills[skill];
            let view = crate::domain::assessments::effective::LevelView::Effective;
            let policy = ReviewPolicy::of(skill);
            effective(rows, &Question { kind: skill.kind, policy, at: scale.now, view })
        })
        .collect();
    for staleness in Staleness::ALL {
        let n = levels.iter().filter(|level| level.staleness == Some(*staleness)).count();
        assert!(n >= 3, "{n} {}", staleness.as_str());
    }
    for level in &Level::ALL[1..] {
        assert!(levels.iter().any(|known| known.level == Some(*level)), "nobody has {level:?}");
    }
}
