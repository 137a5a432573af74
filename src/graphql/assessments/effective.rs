//! What a person's ratings of one skill amount to now, with the reasons.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::{
    domain::{
        assessments::{
            effective::{self, Explanation, LevelView, Question, Rating},
            staleness::ReviewPolicy,
        },
        ids::PersonId,
        skills,
        text::fold,
    },
    graphql::{
        assessments::{
            choices::{AssessmentSource, LevelExplanationOutcome, Staleness},
            inputs::{EffectiveSkillFilter, EffectiveSkillOrder, EffectiveSkillOrderField},
        },
        choices::OrderDirection,
        connection::{Connection, listed},
        context::{Reading, find},
        details::RatingsOf,
        paging::{PageArguments, cut},
        people::is_open,
        scalars::DateTime,
        skills::Skill,
    },
    store::{Cursor, SortKey},
};

/// The effective level of one person in one skill.
#[derive(Debug, Clone)]
pub struct EffectiveSkill {
    skill: Arc<skills::Skill>,
    now: effective::EffectiveSkill,
    reasons: Vec<Explanation>,
}

listed! { EffectiveSkill: "effective levels"; }

impl EffectiveSkill {
    /// A page of what a person can do now; `None` when the viewer may not see their assessments.
    pub(in crate::graphql) async fn page(
        ctx: &Context<'_>,
        person: PersonId,
        page: &PageArguments,
        filter: Option<EffectiveSkillFilter>,
        order: Option<EffectiveSkillOrder>,
    ) -> Result<Option<Connection<Self>>> {
        let field = order.as_ref().map_or(EffectiveSkillOrderField::SkillName, |order| order.field);
        let descending = order.and_then(|order| order.direction).is_some_and(OrderDirection::is_descending);
        let page = page.request(field.kind())?;
        if !is_open(ctx, person).await? {
            return Ok(None);
        }
        let all = Self::all(ctx, person, &filter.unwrap_or_default()).await?;
        let placed = all.into_iter().map(|one| (one.place(field), one)).collect();
        Ok(Some(Connection::of(cut(placed, descending, &page), |one| one)))
    }

    async fn all(ctx: &Context<'_>, person: PersonId, filter: &EffectiveSkillFilter) -> Result<Vec<Self>> {
        let ratings = find(ctx, RatingsOf(person)).await?.unwrap_or_default();
        let asked = Skill::asked(ctx, filter.skills()).await?;
        let wanted =
            ratings.keys().copied().filter(|id| asked.as_ref().is_none_or(|asked| asked.contains(id)));
        let skills = ctx.loader()?.load_many(wanted).await?;
        let now = ctx.reads()?.scope.now();
        let found = skills.into_values().filter(|skill| filter.admits(skill.kind));
        let made = found.filter_map(|skill| ratings.get(&skill.id).map(|rows| Self::of(skill, rows, now)));
        let least = filter.min_level;
        let enough = |one: &Self| {
            least.is_none_or(|least| one.now.level.is_some_and(|l| i32::from(l.value()) >= least))
        };
        Ok(made.filter(enough).collect())
    }

    fn of(skill: Arc<skills::Skill>, ratings: &[Rating], at: crate::domain::time::Timestamp) -> Self {
        let policy = ReviewPolicy::of(&skill);
        let question = Question { kind: skill.kind, policy, at, view: LevelView::Effective };
        let now = effective::effective(ratings, &question);
        Self { skill, now, reasons: effective::explain(ratings, &question) }
    }

    /// A level that was found elsewhere.
    pub(in crate::graphql) const fn told(
        skill: Arc<skills::Skill>,
        now: effective::EffectiveSkill,
        reasons: Vec<Explanation>,
    ) -> Self {
        Self { skill, now, reasons }
    }

    fn place(&self, field: EffectiveSkillOrderField) -> Cursor {
        let key = match field {
            EffectiveSkillOrderField::SkillName => SortKey::Text(fold(&self.skill.name)),
            EffectiveSkillOrderField::Level => {
                SortKey::Number(self.now.level.map_or(-1, |level| level.value().into()))
            }
        };
        Cursor { key, id: self.skill.id.uuid() }
    }
}

/// What the ratings of one person in one skill amount to, now unless it belongs to a past day: by a stated rule: third parties before
/// imports before the person's own word, fresh before stale.
#[Object]
impl EffectiveSkill {
    /// The skill.
    async fn skill(&self) -> Skill {
        Skill(Arc::clone(&self.skill))
    }

    /// The level now, 0–5; null when nothing counts.
    async fn level(&self) -> Option<i32> {
        self.now.level.map(|level| level.value().into())
    }

    /// The level that lapsed last, 0–5; null unless everything there was has expired.
    async fn last_known_level(&self) -> Option<i32> {
        self.now.last_known_level.map(|level| level.value().into())
    }

    /// Where the level, or else the last known one, comes from.
    async fn source(&self) -> Option<AssessmentSource> {
        self.now.source.map(Into::into)
    }

    /// When it was observed; of several peers, the oldest observation used.
    async fn as_of(&self) -> Option<DateTime> {
        self.now.as_of.map(DateTime)
    }

    /// How old it is.
    async fn staleness(&self) -> Option<Staleness> {
        self.now.staleness.map(Into::into)
    }

    /// What the person says of themself, 0–5; null when they did not, or it expired.
    async fn self_level(&self) -> Option<i32> {
        self.now.self_level.map(|level| level.value().into())
    }

    /// What their manager says, 0–5; null when they did not, or it expired.
    async fn manager_level(&self) -> Option<i32> {
        self.now.manager_level.map(|level| level.value().into())
    }

    /// The manager's level minus the person's own; null when either is missing.
    async fn difference(&self) -> Option<i32> {
        self.now.difference
    }

    /// Whether two living third-party sources are two or more levels apart.
    async fn disputed(&self) -> bool {
        self.now.disputed
    }

    /// Whether a third party vouches for the level.
    async fn verified(&self) -> bool {
        self.now.verified
    }

    /// What became of each source there is a rating from: at most 6.
    async fn explain(&self) -> Vec<LevelExplanation> {
        self.reasons.iter().map(LevelExplanation::from).collect()
    }
}

/// What became of one source in the choice of the effective level.
#[derive(Debug, Clone, SimpleObject)]
pub struct LevelExplanation {
    /// The source.
    source: AssessmentSource,
    /// What it says, or said, 0–5.
    level: i32,
    /// When it was observed; of several peers, the oldest observation used.
    observed_at: DateTime,
    /// How old it is.
    staleness: Staleness,
    /// How many ratings it was made from.
    n: u32,
    /// Why it was chosen, or was not.
    outcome: LevelExplanationOutcome,
}

impl From<&Explanation> for LevelExplanation {
    fn from(reason: &Explanation) -> Self {
        Self {
            source: reason.source.into(),
            level: reason.level.value().into(),
            observed_at: DateTime(reason.observed_at),
            staleness: reason.staleness.into(),
            n: reason.n,
            outcome: reason.outcome.into(),
        }
    }
}
