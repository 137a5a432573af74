//! The table of sights.

use std::collections::BTreeSet;

use super::{
    actors::{CLAIMS, RELATIONS, active_person, grants, person, row, skill, team},
    cells,
    tables::SIGHTS,
};
use crate::domain::{
    assessments::{AssessmentSource, AssessmentStatus},
    people::{Discoverability, PersonStatus},
    policy::{Actor, facts::PersonFacts, sight::Findable},
    profiles::RoleProfileVersionStatus,
    questions::QuestionVersionStatus,
    skills::SkillStatus,
    teams::TeamStatus,
};

/// P, as the second word of a row says: by who may find them, or as one who left.
fn person_of(word: &str) -> PersonFacts {
    match Discoverability::parse(word) {
        Some(discoverability) => person(PersonStatus::Active, discoverability),
        None => person(PersonStatus::parse(word).unwrap(), Discoverability::Organisation),
    }
}

fn sees(actor: Actor<'_>, row_name: &str) -> &'static str {
    let (thing, word) = row_name.split_once(' ').unwrap_or((row_name, ""));
    let seen = match thing {
        "team" => actor.sees_team(&team(TeamStatus::Active, true)),
        "coverage" => actor.sees_coverage_of(team(TeamStatus::Active, true).id),
        "person" => actor.sees_person(&person_of(word)),
        "identity" => actor.sees_identity(&active_person()),
        "assessments" => actor.sees_assessments_of(&active_person()),
        "exemptions" => actor.sees_exemptions_of(&active_person()),
        "plans" => actor.sees_plans_of(&active_person()),
        "assessment" => {
            let source = AssessmentSource::parse(word).unwrap();
            actor.sees_assessment(&row(&active_person(), source, AssessmentStatus::Validated))
        }
        "skill" => actor.sees_skill(&skill(SkillStatus::parse(word).unwrap())),
        "version" => actor.sees_role_profile_version(RoleProfileVersionStatus::parse(word).unwrap()),
        "question" => actor.sees_question_version(QuestionVersionStatus::parse(word).unwrap()),
        "verdicts" => actor.sees_verdicts_on(&[]),
        "salaries" => actor.sees_salaries(),
        "find" => {
            return match actor.may_find(&person_of(word)) {
                Findable::Not => ".",
                Findable::ByBand => "band",
                Findable::ByLevel => "lvl",
            };
        }
        other => panic!("no row `{other}`"),
    };
    if seen { "yes" } else { "." }
}

#[test]
fn each_cell_of_the_table_is_what_the_policy_says() {
    for (row, column, value) in cells(SIGHTS) {
        assert_eq!(sees(grants(column).actor(), row), value, "`{row}` as `{column}`");
    }
}

#[test]
fn the_table_has_every_source_status_and_discoverability() {
    let rows: BTreeSet<&str> = cells(SIGHTS).iter().map(|(row, _, _)| *row).collect();
    let mut expected = vec![];
    expected.extend(AssessmentSource::ALL.iter().map(|s| format!("assessment {}", s.as_str())));
    expected.extend(SkillStatus::ALL.iter().map(|s| format!("skill {}", s.as_str())));
    expected.extend(RoleProfileVersionStatus::ALL.iter().map(|s| format!("version {}", s.as_str())));
    expected.extend(QuestionVersionStatus::ALL.iter().map(|s| format!("question {}", s.as_str())));
    expected.extend(Discoverability::ALL.iter().map(|d| format!("person {}", d.as_str())));
    expected.extend(Discoverability::ALL.iter().map(|d| format!("find {}", d.as_str())));
    for row in expected {
        assert!(rows.contains(row.as_str()), "no row `{row}`");
    }
}

#[test]
fn a_claim_and_a_relation_together_see_what_each_sees_and_no_more() {
    let rows: BTreeSet<&str> = cells(SIGHTS).iter().map(|(row, _, _)| *row).collect();
    let weight = |value| ["lvl", "yes", "band", "."].iter().position(|v| *v == value);
    for claim in CLAIMS {
        for relation in RELATIONS {
            let both = grants(relation).and(&grants(claim).claims);
            for row in &rows {
                let either = [claim, relation].map(|column| sees(grants(column).actor(), row));
                let most = either.into_iter().min_by_key(|value| weight(*value)).unwrap();
                assert_eq!(sees(both.actor(), row), most, "`{row}` as `{claim} {relation}`");
            }
        }
    }
}

#[test]
fn who_owns_a_skill_sees_nothing_of_people_without_vouched_ratings_in_it() {
    let mut person = active_person();
    person.vouched_in.clear();
    assert!(!grants("ownr").actor().sees_person(&person));
}
