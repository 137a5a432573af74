//! A gap report as an object of the graph: the numbers of a person against a role profile, and their terms.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::{
    domain::{POLICY_VERSION, gaps::Fulfilment},
    graphql::{
        connection::listed,
        gaps::{SkillGap, choices::GapFigure},
        node::Node,
        people::Person,
        profiles::RoleProfileVersion,
        scalars::DateTime,
    },
    views::gaps::GapView,
};

/// A report the viewer may read.
#[derive(Debug, Clone)]
pub struct GapReport(pub Arc<GapView>);

listed! { GapReport: "gap reports"; }

impl GapReport {
    fn fulfilment<T>(&self, read: impl Fn(&Fulfilment) -> T) -> Option<T> {
        self.0.report.fulfilment.as_ref().map(read)
    }

    fn item(&self, index: usize) -> SkillGap {
        SkillGap { view: Arc::clone(&self.0), index }
    }
}

/// What a role profile requires against what a person can do. Nothing compensates for a MUST: more of one
/// skill never stands in for another, and every number can be recomputed from its terms, see `explain`.
#[Object]
impl GapReport {
    /// Whom it is about.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        let person = Person::find(ctx, self.0.question.person_id).await.transpose()?;
        Some(person.map(Node::Person))
    }

    /// What it is measured against.
    async fn role_profile_version(&self, ctx: &Context<'_>) -> Option<Result<RoleProfileVersion>> {
        RoleProfileVersion::find(ctx, self.0.question.edition.version_id).await.transpose()
    }

    /// The instant it tells of, in valid time.
    async fn as_of(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Which edition of the formulas it follows.
    async fn policy_version(&self) -> &'static str {
        POLICY_VERSION
    }

    /// Changes whenever anything in it may have changed.
    async fn version(&self) -> &str {
        &self.0.version
    }

    /// The requirements, in the order of the profile: at most 200. Two of one skill, which a merge brought
    /// together, are one: the stronger in each respect.
    async fn items(&self) -> Vec<SkillGap> {
        (0..self.0.items.len()).map(|index| self.item(index)).collect()
    }

    /// How many MUST requirements are met.
    async fn must_met(&self) -> usize {
        self.0.report.must_met
    }

    /// How many MUST requirements there are, without the exempt ones.
    async fn must_total(&self) -> usize {
        self.0.report.must_total
    }

    /// How much is fulfilled of what is known, in percent by weight, each requirement counted at most whole.
    /// Null when no level is known. Read it with `lower`, `upper` and `knownShare`: alone it would pay whoever
    /// leaves a skill unrated.
    async fn weighted_fulfilment(&self) -> Option<f64> {
        self.fulfilment(|figures| figures.known).flatten()
    }

    /// The same over all requirements that are not exempt, with what is unknown taken as nothing; null when
    /// there is none.
    async fn lower(&self) -> Option<f64> {
        self.fulfilment(|figures| figures.lower)
    }

    /// The same, with what is unknown taken as fulfilled; null when there is none.
    async fn upper(&self) -> Option<f64> {
        self.fulfilment(|figures| figures.upper)
    }

    /// The weight of what is known in all requirements that are not exempt, 0 to 1; null when there is none.
    async fn known_share(&self) -> Option<f64> {
        self.fulfilment(|figures| figures.known_share)
    }

    /// Whether every MUST is met or exempt, whatever the numbers are; null when the profile has none. It
    /// decides nothing by itself.
    async fn ready(&self) -> Option<bool> {
        self.0.report.ready
    }

    /// What keeps the person from being ready, in the order of the profile: at most 200.
    async fn blockers(&self) -> Vec<SkillGap> {
        let items = self.0.report.items.iter().enumerate();
        items.filter(|(_, item)| item.blocks()).map(|(index, _)| self.item(index)).collect()
    }

    /// How each number comes about: at most 6.
    async fn explain(&self) -> Vec<GapFigureTerms> {
        let told = self.0.report.explain().map(|told| GapFigureTerms {
            figure: told.figure.into(),
            value: told.value,
            factor: told.factor,
            numerators: told.numerators,
            denominators: told.denominators,
        });
        told.collect()
    }
}

/// A number of a gap report and its terms, one an item, in the order of `items`. The number is `factor` times
/// the sum of `numerators`, divided by the sum of `denominators` where there are any; null when they sum to 0.
#[derive(Debug, Clone, SimpleObject)]
pub struct GapFigureTerms {
    /// Which number.
    figure: GapFigure,
    /// The number; null when there is nothing to divide by.
    value: Option<f64>,
    /// 100 for percentages, else 1.
    factor: f64,
    /// What each item adds above the line: its weight times what is fulfilled of it, or a count.
    numerators: Vec<f64>,
    /// What each item adds below the line: its weight, or 0 where it does not count; null for counts.
    denominators: Option<Vec<f64>>,
}
