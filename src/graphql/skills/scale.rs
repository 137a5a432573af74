//! The proficiency scale, as data for front ends.

use async_graphql::Object;

use crate::domain::levels;

/// One step of the scale.
#[derive(Debug)]
pub struct ProficiencyLevel(pub &'static levels::ProficiencyLevel);

/// One step of the proficiency scale on which every skill of every person is rated.
#[Object]
impl ProficiencyLevel {
    /// The level, 0–5.
    async fn value(&self) -> i32 {
        self.0.level.value().into()
    }

    /// The stable key, such as `PRACTITIONER`.
    async fn key(&self) -> &str {
        self.0.key
    }

    /// What to show people, such as `Practitioner`.
    async fn label(&self) -> &str {
        self.0.label
    }

    /// What a person at this level does.
    async fn description(&self) -> &str {
        self.0.description
    }
}
