//! What a version of a role profile holds, but for what it pays.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::{
    domain::profiles,
    graphql::{
        profiles::choices::{FigurePrecision, FigureUnit, Importance, MarketTopic, QualificationKind},
        scalars::{Date, Markdown},
        skills::Skill,
    },
};

/// A responsibility of a version.
#[derive(Debug, Clone)]
pub struct Responsibility(pub profiles::Responsibility);

/// Something a role answers for.
#[Object]
impl Responsibility {
    /// The area, such as `Leadership and mentorship`.
    async fn area(&self) -> &str {
        &self.0.area
    }

    /// What is done there.
    async fn statement(&self) -> Markdown {
        Markdown(self.0.statement.clone())
    }
}

/// A requirement of a version.
#[derive(Debug, Clone)]
pub struct RoleSkillRequirement(pub profiles::RoleSkillRequirement);

/// A level of a skill that a role needs.
#[Object]
impl RoleSkillRequirement {
    /// The skill.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill_id).await.transpose()
    }

    /// The level that is needed, 1–5.
    async fn required_level(&self) -> i32 {
        self.0.required_level.value().into()
    }

    /// How much it matters.
    async fn importance(&self) -> Importance {
        self.0.importance.into()
    }

    /// What it weighs in the weighted fulfilment, 1–100.
    async fn weight(&self) -> i32 {
        self.0.weight
    }
}

/// A qualification of a version.
#[derive(Debug, Clone)]
pub struct Qualification(pub profiles::Qualification);

/// A degree, experience, certificate or preference that a role asks for.
#[Object]
impl Qualification {
    /// What sort of qualification it is.
    async fn kind(&self) -> QualificationKind {
        self.0.kind.into()
    }

    /// What is asked for.
    async fn statement(&self) -> Markdown {
        Markdown(self.0.statement.clone())
    }

    /// The least number of years; null where none is named.
    async fn min_years(&self) -> Option<i32> {
        self.0.min_years
    }
}

/// A practice of a version.
#[derive(Debug, Clone)]
pub struct Practice(pub profiles::Practice);

/// A way of working that a role keeps.
#[Object]
impl Practice {
    /// The topic, such as `Testing and security`.
    async fn topic(&self) -> &str {
        &self.0.topic
    }

    /// What is done.
    async fn statement(&self) -> Markdown {
        Markdown(self.0.statement.clone())
    }

    /// The skill it exercises; null where none is named.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill_id?).await.transpose()
    }
}

/// A challenge of a version.
#[derive(Debug, Clone)]
pub struct Challenge(pub profiles::Challenge);

/// A difficulty that a role meets, and how it is met.
#[Object]
impl Challenge {
    /// A short name.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What goes wrong.
    async fn problem(&self) -> Markdown {
        Markdown(self.0.problem.clone())
    }

    /// What helps.
    async fn resolution(&self) -> Markdown {
        Markdown(self.0.resolution.clone())
    }

    /// The skills that help: at most 50.
    async fn skills(&self, ctx: &Context<'_>) -> Result<Vec<Skill>> {
        let skills = self.0.skill_ids.iter().take(50).map(|id| Skill::canonical(ctx, *id));
        let found = futures_util::future::try_join_all(skills).await?;
        Ok(found.into_iter().flatten().collect())
    }
}

/// A market insight of a version.
#[derive(Debug, Clone)]
pub struct MarketInsight(pub profiles::MarketInsight);

/// A statement about the market for a role.
#[Object]
impl MarketInsight {
    /// What it is about.
    async fn topic(&self) -> MarketTopic {
        self.0.topic.into()
    }

    /// What it says.
    async fn statement(&self) -> Markdown {
        Markdown(self.0.statement.clone())
    }

    /// The figure that it is about; null where it is about none.
    async fn figure(&self) -> Option<MarketFigure> {
        self.0.figure.map(MarketFigure::of)
    }

    /// Who says so.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// As of when.
    async fn as_of(&self) -> Date {
        Date(self.0.as_of)
    }
}

/// A figure of the market that is no pay.
#[derive(Debug, Clone, SimpleObject)]
pub struct MarketFigure {
    /// The value, with at most two decimals.
    value: f64,
    /// What it counts.
    unit: FigureUnit,
    /// How closely the source states it.
    precision: FigurePrecision,
    /// The first calendar year it is about; null where the source names none.
    from_year: Option<i32>,
    /// The last one; null where the source names none.
    to_year: Option<i32>,
}

impl MarketFigure {
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 hundredths")]
    fn of(figure: profiles::MarketFigure) -> Self {
        Self {
            value: figure.hundredths as f64 / 100.0,
            unit: figure.unit.into(),
            precision: figure.precision.into(),
            from_year: figure.years.map(|(from, _)| from),
            to_year: figure.years.map(|(_, to)| to),
        }
    }
}
