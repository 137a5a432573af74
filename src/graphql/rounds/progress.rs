//! How far an assessment round has come, as a whole and by person.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{assessments, ids::SkillId, rounds::MemberProgress},
    graphql::{
        assessments::choices::AssessmentSource,
        choices::OrderDirection,
        connection::{Connection, listed},
        paging::{KeyKind, PageArguments, cut},
        people::Person,
        rounds::inputs::{
            AssessmentRoundPersonFilter, AssessmentRoundPersonOrder, AssessmentRoundPersonOrderField,
        },
        skills::Skill,
    },
    store::{Cursor, SortKey},
    views::rounds::RoundProgress,
};

/// The progress the viewer may know.
#[derive(Debug, Clone, Default)]
pub struct AssessmentRoundProgress(pub Arc<RoundProgress>);

/// How far a round has come, of the people whose assessments you may see. It follows from what was observed
/// while the round is open; nobody ticks anything off.
#[Object]
impl AssessmentRoundProgress {
    /// How many assessments are asked for: of each member in each skill their own word, and that of who leads
    /// them where somebody does.
    async fn expected(&self) -> usize {
        self.0.people.iter().map(|person| person.expected).sum()
    }

    /// How many of them there are.
    async fn done(&self) -> usize {
        self.0.people.iter().map(|person| person.done()).sum()
    }

    /// The same by person, with what is missing.
    async fn people(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AssessmentRoundPersonFilter>,
        order_by: Option<AssessmentRoundPersonOrder>,
    ) -> Result<Connection<AssessmentRoundPerson>> {
        let field = order_by.as_ref().map_or(AssessmentRoundPersonOrderField::Person, |order| order.field);
        let descending =
            order_by.and_then(|order| order.direction).is_some_and(OrderDirection::is_descending);
        let page = PageArguments { first, after, last, before }.request(match field {
            AssessmentRoundPersonOrderField::Person => KeyKind::Text,
            AssessmentRoundPersonOrderField::Missing => KeyKind::Number,
        })?;
        let incomplete = filter.and_then(|filter| filter.incomplete);
        let kept =
            |one: &&Arc<MemberProgress>| incomplete.is_none_or(|asked| asked != one.missing.is_empty());
        let placed = self.0.people.iter().filter(kept).map(|one| {
            let key = match field {
                AssessmentRoundPersonOrderField::Person => SortKey::Text(one.member.name_key.clone()),
                AssessmentRoundPersonOrderField::Missing => {
                    SortKey::Number(i64::try_from(one.missing.len()).unwrap_or(i64::MAX))
                }
            };
            (Cursor { key, id: one.member.person_id.uuid() }, AssessmentRoundPerson(Arc::clone(one)))
        });
        Ok(Connection::of(cut(placed.collect(), descending, &page), |person| person))
    }
}

/// One person's part of a round.
#[derive(Debug, Clone)]
pub struct AssessmentRoundPerson(pub Arc<MemberProgress>);

listed! { AssessmentRoundPerson: "people of an assessment round"; }

/// How far one person has come in an assessment round.
#[Object]
impl AssessmentRoundPerson {
    /// Who.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.member.person_id).await.transpose()
    }

    /// How many assessments are asked for.
    async fn expected(&self) -> usize {
        self.0.expected
    }

    /// How many of them there are.
    async fn done(&self) -> usize {
        self.0.done()
    }

    /// What is missing, by skill and then the person's own word first: at most 200.
    async fn missing(&self) -> Vec<MissingAssessment> {
        self.0.missing.iter().map(|(skill, source)| MissingAssessment(*skill, *source)).collect()
    }
}

/// An assessment that a round waits for.
#[derive(Debug, Clone, Copy)]
pub struct MissingAssessment(SkillId, assessments::AssessmentSource);

/// An assessment that a round waits for.
#[Object]
impl MissingAssessment {
    /// In which skill.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::find(ctx, self.0).await.transpose()
    }

    /// Whose word: SELF is the person's, MANAGER that of who leads them.
    async fn source(&self) -> AssessmentSource {
        self.1.into()
    }
}
