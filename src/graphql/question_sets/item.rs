//! What a set of questions holds, and what is wrong with it, as objects of the graph.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::{
    domain::questions::sets,
    graphql::{question_sets::choices::QuestionSetWarningKind, questions::QuestionVersion},
    views::question_sets::told,
};

/// One place of a set: an index into what the set holds.
#[derive(Debug, Clone)]
pub struct QuestionSetItem {
    pub(super) items: Arc<Vec<sets::PinnedItem>>,
    pub(super) at: usize,
}

impl QuestionSetItem {
    /// Every place, in order.
    pub(super) fn all(items: &Arc<Vec<sets::PinnedItem>>) -> Vec<Self> {
        (0..items.len()).map(|at| Self { items: Arc::clone(items), at }).collect()
    }

    fn pinned(&self) -> Option<&sets::PinnedItem> {
        self.items.get(self.at)
    }
}

/// One question of a set, with the time it gets.
#[Object]
impl QuestionSetItem {
    /// 1, 2, 3 and so on, in the order asked.
    async fn position(&self) -> usize {
        self.at + 1
    }

    /// The heading it stands under; null without one.
    async fn section(&self) -> Option<&str> {
        self.pinned()?.item.section.as_deref()
    }

    /// The time it gets, in minutes: 1–180.
    async fn minutes(&self) -> i32 {
        self.pinned().map_or(0, |pinned| pinned.item.minutes)
    }

    /// Whether it must be asked.
    async fn required(&self) -> bool {
        self.pinned().is_some_and(|pinned| pinned.item.required)
    }

    /// Whether what it pins is known outside, in this version or a later one, and not to be asked any more.
    async fn compromised(&self) -> bool {
        self.pinned().is_some_and(|pinned| pinned.compromised)
    }

    /// What is asked: this version, whatever is approved later.
    async fn question_version(&self, ctx: &Context<'_>) -> Option<Result<QuestionVersion>> {
        QuestionVersion::find(ctx, self.pinned()?.item.question_version_id).await.transpose()
    }
}

/// Something wrong with a set.
#[derive(Debug, Clone)]
pub struct QuestionSetWarning {
    pub(super) items: Arc<Vec<sets::PinnedItem>>,
    pub(super) warning: sets::QuestionSetWarning,
}

/// Something wrong with a set. A published set keeps what it pins, and warns.
#[Object]
impl QuestionSetWarning {
    /// What it is.
    async fn kind(&self) -> QuestionSetWarningKind {
        self.warning.kind.into()
    }

    /// The same for people, with the positions.
    async fn message(&self) -> String {
        told(&self.warning)
    }

    /// Which questions: at most 2; one, or two that do not go together.
    async fn items(&self) -> Vec<QuestionSetItem> {
        let item = |at: &usize| QuestionSetItem { items: Arc::clone(&self.items), at: *at };
        self.warning.items.iter().map(item).collect()
    }
}
