//! How two versions of role profiles differ.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use crate::{
    domain::profiles::{
        self, RoleProfileContent,
        difference::{self, Changes, RequirementChange},
    },
    graphql::{
        context::find,
        details::{ContentOf, SalaryBenchmarksOf},
        profiles::{
            RoleProfileVersion, SalaryBenchmark,
            parts::{
                Challenge, MarketInsight, Practice, Qualification, Responsibility, RoleSkillRequirement,
            },
        },
        skills::Skill,
    },
};

/// What became of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ChangeKind {
    /// Added. Only in the later version.
    Added,
    /// Removed. Only in the earlier version.
    Removed,
    /// Changed. In both, and not the same.
    Changed,
}

/// A requirement that differs.
#[derive(Debug, Clone)]
pub struct RoleSkillRequirementChange(RequirementChange);

/// A requirement that is not the same in two versions.
#[Object]
impl RoleSkillRequirementChange {
    /// What became of it.
    async fn change(&self) -> ChangeKind {
        match (&self.0.before, &self.0.after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        }
    }

    /// The skill.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill_id).await.transpose()
    }

    /// As it was; null when it was added.
    async fn before(&self) -> Option<RoleSkillRequirement> {
        self.0.before.clone().map(RoleSkillRequirement)
    }

    /// As it is; null when it was removed.
    async fn after(&self) -> Option<RoleSkillRequirement> {
        self.0.after.clone().map(RoleSkillRequirement)
    }
}

/// What a list of one version has and that of the other has not.
macro_rules! listed_changes {
    ($($(#[$doc:meta])* $name:ident of $item:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, SimpleObject)]
        pub struct $name {
            /// Only in the later version: at most 200.
            added: Vec<$item>,
            /// Only in the earlier version: at most 200.
            removed: Vec<$item>,
        }

        impl $name {
            fn between(before: &[profiles::$item], after: &[profiles::$item]) -> Self {
                let Changes { added, removed } = difference::changes(before, after);
                Self {
                    added: added.into_iter().map($item).collect(),
                    removed: removed.into_iter().map($item).collect(),
                }
            }
        }
    )*};
}

listed_changes! {
    /// What changed of what a role answers for. What is said otherwise is removed and added.
    ResponsibilityChanges of Responsibility;
    /// What changed of the qualifications. What is said otherwise is removed and added.
    QualificationChanges of Qualification;
    /// What changed of the practices. What is said otherwise is removed and added.
    PracticeChanges of Practice;
    /// What changed of the challenges. What is said otherwise is removed and added.
    ChallengeChanges of Challenge;
    /// What changed of the market. What is said otherwise is removed and added.
    MarketInsightChanges of MarketInsight;
    /// What changed of the pay. What is said otherwise is removed and added.
    SalaryBenchmarkChanges of SalaryBenchmark;
}

/// Two versions to compare, and what they hold.
#[derive(Debug)]
pub struct RoleProfileDiff {
    from: RoleProfileVersion,
    to: RoleProfileVersion,
    before: RoleProfileContent,
    after: RoleProfileContent,
}

impl RoleProfileDiff {
    pub(super) async fn between(
        ctx: &Context<'_>,
        from: RoleProfileVersion,
        to: RoleProfileVersion,
    ) -> Result<Self> {
        let (before, after) = (content(ctx, &from).await?, content(ctx, &to).await?);
        Ok(Self { from, to, before, after })
    }
}

async fn content(ctx: &Context<'_>, version: &RoleProfileVersion) -> Result<RoleProfileContent> {
    let found = find(ctx, ContentOf(version.edition())).await?;
    Ok(found.map(|entry| entry.value.whole()).unwrap_or_default())
}

/// How one version of a role profile differs from another, of the same role or of two. Order is no difference.
#[Object]
impl RoleProfileDiff {
    /// The earlier version, or the role one comes from.
    async fn from(&self) -> &RoleProfileVersion {
        &self.from
    }

    /// The later version, or the role one goes to.
    async fn to(&self) -> &RoleProfileVersion {
        &self.to
    }

    /// Whether the summaries differ.
    async fn summary_changed(&self) -> bool {
        self.from.0.summary != self.to.0.summary
    }

    /// The requirements that differ: those of the earlier version in its order, then the added ones; at most 400.
    async fn requirements(&self) -> Vec<RoleSkillRequirementChange> {
        let changes = difference::requirements(&self.before, &self.after);
        changes.into_iter().map(RoleSkillRequirementChange).collect()
    }

    /// What the roles answer for.
    async fn responsibilities(&self) -> ResponsibilityChanges {
        ResponsibilityChanges::between(&self.before.responsibilities, &self.after.responsibilities)
    }

    /// What is asked for besides skills.
    async fn qualifications(&self) -> QualificationChanges {
        QualificationChanges::between(&self.before.qualifications, &self.after.qualifications)
    }

    /// The ways of working.
    async fn practices(&self) -> PracticeChanges {
        PracticeChanges::between(&self.before.practices, &self.after.practices)
    }

    /// The difficulties.
    async fn challenges(&self) -> ChallengeChanges {
        ChallengeChanges::between(&self.before.challenges, &self.after.challenges)
    }

    /// What is said of the market.
    async fn market_insights(&self) -> MarketInsightChanges {
        MarketInsightChanges::between(&self.before.market_insights, &self.after.market_insights)
    }

    /// The pay. Null when you may not know.
    async fn salary_benchmarks(&self, ctx: &Context<'_>) -> Option<Result<SalaryBenchmarkChanges>> {
        let before = find(ctx, SalaryBenchmarksOf(self.from.0.id)).await.transpose()?;
        let after = find(ctx, SalaryBenchmarksOf(self.to.0.id)).await.transpose()?;
        Some(before.and_then(|before| Ok(SalaryBenchmarkChanges::between(&before, &after?))))
    }
}
