//! The roots of the skill catalogue.

use async_graphql::Object;

use crate::{domain::levels::PROFICIENCY_SCALE, graphql::skills::ProficiencyLevel};

/// The roots of the skill catalogue.
#[derive(Debug, Default)]
pub struct SkillQueries;

#[Object]
impl SkillQueries {
    /// The scale every skill is rated on, lowest first: six levels, 0–5. Unrated is not one of them:
    /// it is the absence of an assessment, never level 0.
    async fn proficiency_scale(&self) -> Vec<ProficiencyLevel> {
        PROFICIENCY_SCALE.iter().map(ProficiencyLevel).collect()
    }
}
