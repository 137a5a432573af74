//! One cell of a matrix as an object.

use std::sync::Arc;

use async_graphql::Object;

use crate::{
    domain::{levels::Level, matrix::Cell, skills},
    graphql::{
        assessments::choices::{AssessmentSource, Staleness},
        skills::Skill,
    },
};

/// A cell with the skill of its column.
#[derive(Debug, Clone)]
pub struct SkillMatrixCell {
    /// The skill.
    pub skill: Arc<skills::Skill>,
    /// What is known of the person in it.
    pub cell: Cell,
}

fn number(level: Option<Level>) -> Option<i32> {
    level.map(|level| level.value().into())
}

/// One person in one skill.
#[Object]
impl SkillMatrixCell {
    /// The skill of the column.
    async fn skill(&self) -> Skill {
        Skill(Arc::clone(&self.skill))
    }

    /// The level, 0–5; null where nothing counts in this view.
    async fn level(&self) -> Option<i32> {
        number(self.cell.effective.level)
    }

    /// On what ground the level stands.
    async fn source(&self) -> Option<AssessmentSource> {
        self.cell.effective.source.map(Into::into)
    }

    /// How old the level is.
    async fn staleness(&self) -> Option<Staleness> {
        self.cell.effective.staleness.map(Into::into)
    }

    /// What the person says of themself, 0–5, unless it has expired.
    async fn self_level(&self) -> Option<i32> {
        number(self.cell.effective.self_level)
    }

    /// What their manager says, 0–5, unless it has expired.
    async fn manager_level(&self) -> Option<i32> {
        number(self.cell.effective.manager_level)
    }

    /// Manager minus self; null where either is missing.
    async fn difference(&self) -> Option<i32> {
        self.cell.effective.difference
    }

    /// The level required of the person, 1–5.
    async fn required(&self) -> Option<i32> {
        number(self.cell.required)
    }

    /// Whether the level was recorded after the instant the matrix tells of.
    async fn backdated(&self) -> bool {
        self.cell.effective.backdated
    }
}
