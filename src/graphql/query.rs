//! The root of all reads, put together from the features' roots.

use async_graphql::MergedObject;

use crate::graphql::{
    coverage::{CoverageQueries, MatchQueries},
    development::DevelopmentQueries,
    gaps::GapQueries,
    node::NodeQueries,
    people::PersonQueries,
    profiles::RoleProfileQueries,
    question_sets::QuestionSetQueries,
    questions::QuestionQueries,
    skills::SkillQueries,
    teams::TeamQueries,
};

/// Everything that can be read. What you may not see cannot be told from what does not exist.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    NodeQueries,
    TeamQueries,
    PersonQueries,
    SkillQueries,
    RoleProfileQueries,
    GapQueries,
    CoverageQueries,
    MatchQueries,
    DevelopmentQueries,
    QuestionQueries,
    QuestionSetQueries,
);
