//! What changed in a team's matrix since an instant, as a list.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};

use crate::{
    domain::{
        ids::PersonId,
        levels::Level,
        matrix::{Cell, Change},
        people, skills,
        text::fold,
    },
    graphql::{
        assessments::choices::AssessmentSource, choices::OrderDirection, connection::listed, ids::parse_all,
        people::Person, scalars::DateTime, skills::Skill,
    },
    store::{Cursor, SortKey},
    views::matrix::MatrixView,
};

/// Which changes. Conditions add up; without any, all of them.
#[derive(Debug, Default, InputObject)]
pub struct SkillChangeFilter {
    /// Of one of these people.
    person_ids: Option<Vec<ID>>,
    /// In one of these skills.
    skill_ids: Option<Vec<ID>>,
}

impl SkillChangeFilter {
    /// Leaves the changes that the filter names.
    ///
    /// # Errors
    /// What the store returns.
    pub async fn narrow(&self, ctx: &Context<'_>, changes: &mut Vec<(Cursor, SkillChange)>) -> Result<()> {
        let skills = Skill::asked(ctx, self.skill_ids.as_deref().map(parse_all)).await?;
        let people: Option<Vec<PersonId>> = self.person_ids.as_deref().map(parse_all);
        changes.retain(|(_, change)| {
            people.as_ref().is_none_or(|people| people.contains(&change.person.id))
                && skills.as_ref().is_none_or(|skills| skills.contains(&change.skill.id))
        });
        Ok(())
    }
}

/// What changes can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SkillChangeOrderField {
    /// Person. By display name, then by skill.
    Person,
}

/// How changes are ordered. The default is PERSON, ASC.
#[derive(Debug, InputObject)]
pub struct SkillChangeOrder {
    /// By what.
    field: SkillChangeOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl SkillChangeOrder {
    /// Whether the last comes first.
    #[must_use]
    pub fn is_descending(order: Option<&Self>) -> bool {
        order.is_some_and(|order| match order.field {
            SkillChangeOrderField::Person => order.direction.is_some_and(OrderDirection::is_descending),
        })
    }
}

/// A level that is another than it was.
#[derive(Debug, Clone)]
pub struct SkillChange {
    person: Arc<people::Person>,
    skill: Arc<skills::Skill>,
    cell: Cell,
    change: Change,
}

listed! { SkillChange: "changed levels"; }

impl SkillChange {
    /// Every change of the matrix, each with its place: by person in the matrix's order, then by skill.
    #[must_use]
    pub fn all(view: &MatrixView) -> Vec<(Cursor, Self)> {
        let mut changes = Vec::new();
        for row in &view.matrix.rows {
            for (column, cell) in view.matrix.columns.iter().zip(&row.cells) {
                let person = view.people.get(&row.person_id);
                let skill = view.skills.get(&column.skill_id);
                if let (Some(person), Some(skill), Some(change)) = (person, skill, cell.change) {
                    let key = format!("{}\n{}\n{}", fold(&person.display_name), person.id, skill.slug);
                    let at = Cursor { key: SortKey::Text(key), id: skill.id.uuid() };
                    let (person, skill) = (Arc::clone(person), Arc::clone(skill));
                    changes.push((at, Self { person, skill, cell: *cell, change }));
                }
            }
        }
        changes
    }
}

fn number(level: Option<Level>) -> Option<i32> {
    level.map(|level| level.value().into())
}

/// A level of a person in a skill that is another one than it was at `since`. A level that expired, and
/// one that appeared, are changes too.
#[Object]
impl SkillChange {
    /// Whose level.
    async fn person(&self) -> Person {
        Person(Arc::clone(&self.person))
    }

    /// In which skill.
    async fn skill(&self) -> Skill {
        Skill(Arc::clone(&self.skill))
    }

    /// The level at `since`, 0–5; null when nothing counted then.
    async fn from_level(&self) -> Option<i32> {
        number(self.change.from)
    }

    /// The level now, 0–5; null when nothing counts any more.
    async fn to_level(&self) -> Option<i32> {
        number(self.cell.effective.level)
    }

    /// On what ground the level now stands.
    async fn source(&self) -> Option<AssessmentSource> {
        self.cell.effective.source.map(Into::into)
    }

    /// When the level now was observed.
    async fn observed_at(&self) -> Option<DateTime> {
        self.cell.effective.as_of.map(DateTime)
    }
}
