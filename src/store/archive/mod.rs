//! The whole database as lines of JSON, and such lines as a whole database. Never decides who may have
//! them: an archive is everything.

mod bank;
mod check;
mod read;
mod restore;
mod versions;
mod waiting;

pub use read::ArchivePart;

use crate::store::{
    entity::{
        catalogue::{
            external_ref, skill, skill_alias, skill_category, skill_level_descriptor, skill_merge,
            skill_name, skill_relation,
        },
        development::{development_goal, development_plan, goal_check_in, learning_resource},
        gaps::requirement_exemption,
        organisation::{
            person, person_external_id, team, team_external_id, team_membership, team_parent,
            team_skill_target,
        },
        platform::{access_event, audit_event, idempotency_record, revision, setting},
        profile_content::{
            challenge, challenge_skill, market_insight, practice, qualification, responsibility,
            role_skill_requirement, salary_benchmark,
        },
        profiles::{career_path, person_role_profile, role_profile, role_profile_version},
        question_sets::{question_set, question_set_item},
        questions::{
            leak_report, question, question_fingerprint, question_relation, question_review, question_tag,
            question_version, question_version_skill, question_version_writer, rubric_anchor,
            rubric_criterion,
        },
        ratings::{
            current_level, skill_assessment, skill_assessment_note, skill_assessment_response,
            skill_assessment_status, skill_interest,
        },
        rounds::{assessment_round, assessment_round_skill},
    },
    table::Table,
};

/// Every table of the schema, each after those it references.
#[must_use]
pub fn tables() -> Vec<Table> {
    let organisation = vec![
        Table::of::<team::Entity>(),
        Table::of::<team_parent::Entity>(),
        Table::of::<person::Entity>(),
        Table::of::<team_membership::Entity>(),
        Table::of::<person_external_id::Entity>(),
        Table::of::<team_external_id::Entity>(),
        Table::of::<skill_category::Entity>(),
        Table::of::<skill::Entity>(),
        Table::of::<skill_alias::Entity>(),
        Table::of::<skill_name::Entity>(),
        Table::of::<skill_relation::Entity>(),
        Table::of::<external_ref::Entity>(),
        Table::of::<skill_merge::Entity>(),
        Table::of::<skill_level_descriptor::Entity>(),
        Table::of::<team_skill_target::Entity>(),
        Table::of::<role_profile::Entity>(),
        Table::of::<role_profile_version::Entity>(),
        Table::of::<responsibility::Entity>(),
        Table::of::<role_skill_requirement::Entity>(),
        Table::of::<qualification::Entity>(),
        Table::of::<practice::Entity>(),
        Table::of::<challenge::Entity>(),
        Table::of::<challenge_skill::Entity>(),
        Table::of::<market_insight::Entity>(),
        Table::of::<salary_benchmark::Entity>(),
        Table::of::<person_role_profile::Entity>(),
        Table::of::<career_path::Entity>(),
        Table::of::<skill_assessment::Entity>(),
        Table::of::<skill_assessment_status::Entity>(),
        Table::of::<skill_assessment_note::Entity>(),
        Table::of::<skill_assessment_response::Entity>(),
        Table::of::<skill_interest::Entity>(),
        Table::of::<current_level::Entity>(),
        Table::of::<requirement_exemption::Entity>(),
        Table::of::<assessment_round::Entity>(),
        Table::of::<assessment_round_skill::Entity>(),
        Table::of::<development_plan::Entity>(),
        Table::of::<development_goal::Entity>(),
        Table::of::<goal_check_in::Entity>(),
        Table::of::<learning_resource::Entity>(),
    ];
    organisation.into_iter().chain(bank()).chain(platform()).collect()
}

/// The question bank and the sets of its versions.
fn bank() -> Vec<Table> {
    vec![
        Table::of::<question::Entity>(),
        Table::of::<question_tag::Entity>(),
        Table::of::<question_relation::Entity>(),
        Table::of::<question_version::Entity>(),
        Table::of::<question_version_writer::Entity>(),
        Table::of::<question_version_skill::Entity>(),
        Table::of::<rubric_criterion::Entity>(),
        Table::of::<rubric_anchor::Entity>(),
        Table::of::<question_fingerprint::Entity>(),
        Table::of::<question_review::Entity>(),
        Table::of::<question_set::Entity>(),
        Table::of::<question_set_item::Entity>(),
        Table::of::<leak_report::Entity>(),
    ]
}

/// What the service keeps of its own doings.
fn platform() -> Vec<Table> {
    vec![
        Table::of::<revision::Entity>(),
        Table::of::<audit_event::Entity>(),
        Table::of::<access_event::Entity>(),
        Table::of::<idempotency_record::Entity>(),
        Table::of::<setting::Entity>(),
    ]
}
