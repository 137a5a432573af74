//! The schema of the database, one change a file, on PostgreSQL and SQLite.
//!
//! A change that has been released is never edited: what comes later is a change of its own, and
//! expands before it contracts (see `README.md`). Nothing here reads or writes the organisation's data.

mod change;
mod m0001_organisation;
mod m0002_skills;
mod m0003_role_profiles;
mod m0004_assessments;
mod m0005_platform;
mod m0006_append_only;
mod m0007_published_versions;
mod m0008_intervals;
mod m0009_single_roots;
mod m0010_market_figures;
mod m0011_access_events;
mod m0012_requirement_exemptions;
mod m0013_assessment_rounds;
mod m0014_skill_targets;
mod m0016_development_plans;
mod m0017_goal_check_ins;
mod m0018_learning_resources;
mod m0019_external_ids;
mod m0021_questions;
mod m0022_approved_questions;
mod m0023_question_search;
mod m0024_question_sets;
mod m0025_question_writers;
mod m0026_no_replacing;
mod triggers;

use sea_orm_migration::{MigrationTrait, async_trait};

/// What a [`Migrator`] can do and tells; named here so that callers need no crate but this one.
pub use sea_orm_migration::{MigrationStatus, MigratorTrait};

use crate::change::Change;

/// Every change, oldest first.
const CHANGES: [Change; 24] = [
    m0001_organisation::CHANGE,
    m0002_skills::CHANGE,
    m0003_role_profiles::CHANGE,
    m0004_assessments::CHANGE,
    m0005_platform::CHANGE,
    m0006_append_only::CHANGE,
    m0007_published_versions::CHANGE,
    m0008_intervals::CHANGE,
    m0009_single_roots::CHANGE,
    m0010_market_figures::CHANGE,
    m0011_access_events::CHANGE,
    m0012_requirement_exemptions::CHANGE,
    m0013_assessment_rounds::CHANGE,
    m0014_skill_targets::CHANGE,
    m0016_development_plans::CHANGE,
    m0017_goal_check_ins::CHANGE,
    m0018_learning_resources::CHANGE,
    m0019_external_ids::CHANGE,
    m0021_questions::CHANGE,
    m0022_approved_questions::CHANGE,
    m0023_question_search::CHANGE,
    m0024_question_sets::CHANGE,
    m0025_question_writers::CHANGE,
    m0026_no_replacing::CHANGE,
];

/// The name of the newest change: a server refuses a database that does not record it.
pub const LATEST: &str = CHANGES[CHANGES.len() - 1].name;

/// Applies and takes back the changes; what is applied stands in the table `seaql_migrations`.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        CHANGES.into_iter().map(|change| Box::new(change) as Box<dyn MigrationTrait>).collect()
    }
}
