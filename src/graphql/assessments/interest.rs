//! An interest of a person in a skill, as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{
        assessments,
        ids::{PersonId, SkillId},
        skills,
        text::fold,
    },
    graphql::{
        assessments::inputs::{SkillInterestFilter, SkillInterestOrder, SkillInterestOrderField},
        choices::OrderDirection,
        connection::{Connection, listed},
        context::{Reading, find},
        details::InterestsOf,
        paging::{PageArguments, cut},
        people::is_open,
        scalars::DateTime,
        skills::Skill,
    },
    store::{Cursor, SortKey},
};

/// An interest with its skill.
#[derive(Debug, Clone)]
pub struct SkillInterest {
    interest: assessments::SkillInterest,
    skill: Arc<skills::Skill>,
}

listed! { SkillInterest: "interests"; }

impl SkillInterest {
    /// A page of a person's interests; `None` when the viewer may not see their assessments.
    pub(in crate::graphql) async fn page(
        ctx: &Context<'_>,
        person: PersonId,
        page: &PageArguments,
        filter: Option<SkillInterestFilter>,
        order: Option<SkillInterestOrder>,
    ) -> Result<Option<Connection<Self>>> {
        let field = order.as_ref().map_or(SkillInterestOrderField::SkillName, |order| order.field);
        let descending = order.and_then(|order| order.direction).is_some_and(OrderDirection::is_descending);
        let page = page.request(field.kind())?;
        if !is_open(ctx, person).await? {
            return Ok(None);
        }
        let all = Self::all(ctx, person, &filter.unwrap_or_default()).await?;
        let placed = all.into_iter().map(|one| (one.place(field), one)).collect();
        Ok(Some(Connection::of(cut(placed, descending, &page), |one| one)))
    }

    /// What one person thinks of one skill; `None` without a word, or when the viewer may not see it.
    pub(in crate::graphql) async fn find(
        ctx: &Context<'_>,
        person: PersonId,
        skill: SkillId,
    ) -> Result<Option<Self>> {
        if !is_open(ctx, person).await? {
            return Ok(None);
        }
        let all = Self::all(ctx, person, &SkillInterestFilter::default()).await?;
        Ok(all.into_iter().find(|one| one.skill.id == skill))
    }

    async fn all(ctx: &Context<'_>, person: PersonId, filter: &SkillInterestFilter) -> Result<Vec<Self>> {
        let interests = find(ctx, InterestsOf(person)).await?.unwrap_or_default();
        let asked = Skill::asked(ctx, filter.skills()).await?;
        let least = filter.min_interest.unwrap_or(0);
        let wanted = |one: &&assessments::SkillInterest| {
            asked.as_ref().is_none_or(|asked| asked.contains(&one.skill_id))
                && i32::from(one.interest.value()) >= least
        };
        let interests: Vec<_> = interests.iter().filter(wanted).copied().collect();
        let skills = ctx.loader()?.load_many(interests.iter().map(|one| one.skill_id)).await?;
        let with_skill = |interest: assessments::SkillInterest| {
            skills.get(&interest.skill_id).map(|skill| Self { interest, skill: Arc::clone(skill) })
        };
        Ok(interests.into_iter().filter_map(with_skill).collect())
    }

    fn place(&self, field: SkillInterestOrderField) -> Cursor {
        let key = match field {
            SkillInterestOrderField::SkillName => SortKey::Text(fold(&self.skill.name)),
            SkillInterestOrderField::Interest => SortKey::Number(self.interest.interest.value().into()),
        };
        Cursor { key, id: self.skill.id.uuid() }
    }
}

/// How much a person would like to work with a skill, rated in it or not.
#[Object]
impl SkillInterest {
    /// The skill.
    async fn skill(&self) -> Skill {
        Skill(Arc::clone(&self.skill))
    }

    /// 0 (not at all) to 5 (very much).
    async fn interest(&self) -> i32 {
        self.interest.interest.value().into()
    }

    /// Since when.
    async fn since(&self) -> DateTime {
        DateTime(self.interest.since)
    }
}
