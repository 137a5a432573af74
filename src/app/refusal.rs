//! Refusals are data: what a client may be told of why nothing was written.

use crate::{
    domain::{choices::choices, revisions::Revision},
    store::StoreError,
};

choices! {
    /// Why a write was refused, one list for the whole product.
    RefusalCode {
        /// The object does not exist, or the viewer may not see it: the two are the same.
        NotFound = "NOT_FOUND",
        /// The object is visible, the action is not the viewer's.
        Forbidden = "FORBIDDEN",
        /// Somebody else wrote first; the revision has moved.
        Conflict = "CONFLICT",
        /// The idempotency key was used for another input.
        IdempotencyMismatch = "IDEMPOTENCY_MISMATCH",
        /// More than may be sent or held at once.
        Limit = "LIMIT",
        /// A value breaks a stated rule.
        Invalid = "INVALID",
        /// A name, slug, email or identity that somebody else has.
        Taken = "TAKEN",
        /// The object's state does not allow the action.
        IllegalState = "ILLEGAL_STATE",
        /// The change would close a circle.
        Cycle = "CYCLE",
        /// The interval meets another one.
        Overlap = "OVERLAP",
        /// Something that says the same is there already.
        Duplicate = "DUPLICATE",
    }
}

/// One reason why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// For programs.
    pub code: RefusalCode,
    /// The input path with indices: `["assessments", "3", "level"]`.
    pub field: Vec<String>,
    /// For people: names the field and the rule.
    pub message: String,
    /// With CONFLICT: the revision that holds now.
    pub current_revision: Option<Revision>,
}

impl Refusal {
    /// A refusal of the input at `field`, a dotted path.
    #[must_use]
    pub fn new(code: RefusalCode, field: &str, message: impl Into<String>) -> Self {
        let field = field.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { code, field, message: message.into(), current_revision: None }
    }

    /// What is missing, or invisible, in the same words for both.
    #[must_use]
    pub fn not_found(field: &str) -> Self {
        Self::new(RefusalCode::NotFound, field, "No such object.")
    }

    /// An action on a visible object that is not the viewer's to take.
    #[must_use]
    pub fn forbidden(field: &str) -> Self {
        Self::new(RefusalCode::Forbidden, field, "You may not do this.")
    }

    /// The same refusal, for the element at `index` of the list at `list`.
    #[must_use]
    pub fn at(mut self, list: &str, index: usize) -> Self {
        self.field.splice(0..0, [list.to_owned(), index.to_string()]);
        self
    }
}

/// Why a use case did not happen: refused with reasons, or the database failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The client is told each reason.
    #[error("refused")]
    Refused(Vec<Refusal>),
    /// The client is told nothing but a request id.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<Vec<Refusal>> for Failure {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::Refused(refusals)
    }
}
