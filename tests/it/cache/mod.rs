//! What is remembered, in one process and in a Redis that replicas share: found where it should be, cut to
//! the viewer, never stale, and missed by nobody when it is gone.

mod instants;
mod outages;
mod replicas;
mod statements;
mod viewers;

use assay::domain::{assessments::AssessmentSource, teams::TeamRole};

use crate::support::{Rating, SkillSketch, World};

/// The matrix of the team that [`team`] lays down.
const MATRIX: &str = "{ teamBySlug(slug: \"platform\") { skillMatrix { version skills { name } \
     rows { person { displayName } levels } } } }";

/// A team of a lead and two members, with a skill that each has at a level of their own.
async fn team(world: &World) {
    let team = world.team("Platform", None).await;
    let lead = world.person_in(team, "Lena Lead", TeamRole::Lead).await;
    let category = world.category("Languages").await;
    let skill = world.skill(category, "Rust", SkillSketch::default()).await;
    for (level, name) in [(2, "Mia Member"), (4, "Noa Newcomer")] {
        let person = world.person_in(team, name, TeamRole::Member).await;
        let (source, observed_at) = (AssessmentSource::Manager, world.day(-10));
        world.rate(Rating { person, skill, source, assessor: lead, level, observed_at }).await;
    }
}
