//! What a set covers of a role profile, as objects of the graph. The numbers are F9 of the domain's.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{POLICY_VERSION, questions::sets},
    graphql::{
        profiles::{RoleProfileVersion, choices::Importance},
        question_sets::{QuestionSetItem, choices::QuestionSetCoverageStatus},
        questions::QuestionSkillRole,
        skills::Skill,
    },
    views::question_sets::SetCoverageView,
};

/// What a set covers, which the viewer may read.
#[derive(Debug, Clone)]
pub struct QuestionSetCoverage {
    view: Arc<SetCoverageView>,
    items: Arc<Vec<sets::PinnedItem>>,
}

impl QuestionSetCoverage {
    pub(super) fn of(view: Arc<SetCoverageView>) -> Self {
        let items = Arc::new(view.items.clone());
        Self { view, items }
    }

    fn requirement(&self, at: usize) -> QuestionSetRequirement {
        QuestionSetRequirement { whole: self.clone(), at }
    }
}

/// What a set covers of a role profile. The time of a question is shared among its skills by their weights.
#[Object]
impl QuestionSetCoverage {
    /// What it is measured against.
    async fn role_profile_version(&self, ctx: &Context<'_>) -> Option<Result<RoleProfileVersion>> {
        RoleProfileVersion::find(ctx, self.view.question.edition.version_id).await.transpose()
    }

    /// Which edition of the formulas it follows.
    async fn policy_version(&self) -> &'static str {
        POLICY_VERSION
    }

    /// Changes whenever anything in it may have changed.
    async fn version(&self) -> &str {
        &self.view.version
    }

    /// The time of what may be asked, in minutes: a question that is known outside covers nothing.
    async fn total_minutes(&self) -> i32 {
        self.view.coverage.total_minutes
    }

    /// How alike the shares of time and of weight are, 0 to 1: one minus half the sum of their differences. Null
    /// when the role requires nothing, or the set is empty.
    async fn alignment(&self) -> Option<f64> {
        self.view.coverage.alignment
    }

    /// What the role requires, in the order of the profile: at most 200. Two of one skill, which a merge brought
    /// together, are one: the stronger in each respect.
    async fn requirements(&self) -> Vec<QuestionSetRequirement> {
        (0..self.view.coverage.requirements.len()).map(|at| self.requirement(at)).collect()
    }

    /// Those of the requirements that the set leaves out: at most 200.
    async fn left_out(&self) -> Vec<QuestionSetRequirement> {
        let rows = self.view.coverage.requirements.iter().enumerate();
        let out = rows.filter(|(_, row)| row.status == sets::coverage::SetCoverageStatus::None);
        out.map(|(at, _)| self.requirement(at)).collect()
    }

    /// What is there, required or not: skill by difficulty, at most 1,000.
    async fn cells(&self) -> Vec<QuestionSetCoverageCell> {
        self.view.coverage.cells.iter().copied().map(QuestionSetCoverageCell).collect()
    }
}

/// How one requirement is covered.
#[derive(Debug, Clone)]
pub struct QuestionSetRequirement {
    whole: QuestionSetCoverage,
    at: usize,
}

impl QuestionSetRequirement {
    fn row(&self) -> Result<&sets::coverage::RequirementCoverage> {
        let row = self.whole.view.coverage.requirements.get(self.at);
        row.ok_or_else(|| async_graphql::Error::new("no such requirement"))
    }
}

/// How a set covers one requirement of a role.
#[Object]
impl QuestionSetRequirement {
    /// The skill, as it reads today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        let row = self.row().ok()?;
        Skill::canonical(ctx, row.skill_id).await.transpose()
    }

    /// The level that the role requires, 1–5.
    async fn required_level(&self) -> Result<i32> {
        Ok(self.row()?.required.value().into())
    }

    /// How much it matters to the role.
    async fn importance(&self) -> Result<Importance> {
        Ok(self.row()?.importance.into())
    }

    /// How far the set covers it.
    async fn status(&self) -> Result<QuestionSetCoverageStatus> {
        Ok(self.row()?.status.into())
    }

    /// The time that goes to it, in minutes.
    async fn minutes(&self) -> Result<f64> {
        Ok(self.row()?.minutes)
    }

    /// The time it would get if the minutes of the set followed the weights of the role.
    async fn target_minutes(&self) -> Result<f64> {
        Ok(self.row()?.target_minutes)
    }

    /// The questions that show it, which is why it stands as it does: at most 50.
    async fn shown_by(&self) -> Result<Vec<QuestionSetShownBy>> {
        let shown = |shown: &sets::coverage::Shown| QuestionSetShownBy {
            items: Arc::clone(&self.whole.items),
            shown: *shown,
        };
        Ok(self.row()?.shown.iter().map(shown).collect())
    }
}

/// How one question of a set shows a skill.
#[derive(Debug, Clone)]
pub struct QuestionSetShownBy {
    items: Arc<Vec<sets::PinnedItem>>,
    shown: sets::coverage::Shown,
}

/// How one question of a set shows a skill.
#[Object]
impl QuestionSetShownBy {
    /// The question in the set.
    async fn item(&self) -> QuestionSetItem {
        QuestionSetItem { items: Arc::clone(&self.items), at: self.shown.item }
    }

    /// The level at which it shows the skill, 1–5.
    async fn level(&self) -> i32 {
        self.shown.level.value().into()
    }

    /// How much of the question the skill is.
    async fn role(&self) -> QuestionSkillRole {
        self.shown.role.into()
    }

    /// The time of the question that goes to the skill.
    async fn minutes(&self) -> f64 {
        self.shown.minutes
    }
}

/// What a set spends on a skill at a difficulty.
#[derive(Debug, Clone, Copy)]
pub struct QuestionSetCoverageCell(sets::coverage::CoverageCell);

/// What a set spends on one skill at one difficulty.
#[Object]
impl QuestionSetCoverageCell {
    /// The skill, as it reads today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill_id).await.transpose()
    }

    /// 1 (easy) to 5.
    async fn difficulty(&self) -> i32 {
        self.0.difficulty
    }

    /// How many questions show it.
    async fn questions(&self) -> usize {
        self.0.questions
    }

    /// The time that goes to it, in minutes.
    async fn minutes(&self) -> f64 {
        self.0.minutes
    }
}
