//! How much one document and one operation may ask for.

use std::time::Duration;

use crate::config::source::{Name, Source};

/// The bounds that keep one client from taking everybody's share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Lexical tokens of a document.
    pub tokens: u64,
    /// Nesting of brackets and, once fragments are expanded, of selection sets.
    pub recursion: u64,
    /// Nesting of fields.
    pub depth: u64,
    /// Nesting of fields below `__schema` and `__type`.
    pub introspection_depth: u64,
    /// Aliases of a document.
    pub aliases: u64,
    /// Fields of the root of one operation.
    pub root_fields: u64,
    /// Fragment definitions of a document.
    pub fragments: u64,
    /// Directives of a document.
    pub directives: u64,
    /// Selections of a document once fragments are expanded.
    pub selections: u64,
    /// The most one operation may cost.
    pub cost: u64,
    /// How long one operation may take.
    pub operation_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tokens: 2_000,
            recursion: 64,
            depth: 12,
            introspection_depth: 16,
            aliases: 30,
            root_fields: 10,
            fragments: 50,
            directives: 10,
            selections: 2_000,
            cost: 1_000,
            operation_timeout: Duration::from_secs(5),
        }
    }
}

impl Limits {
    pub(super) fn read(from: &Source) -> Self {
        let d = Self::default();
        let most = |key, variable, default| from.number(Name(key, variable), default, 1..=1_000_000_000);
        // Expanding fragments recurses, so how deep it may go is bounded by the stack and not by taste.
        let deep = |key, variable, default| from.number(Name(key, variable), default, 1..=256);
        Self {
            tokens: most("limits.tokens", "ASSAY_LIMIT_TOKENS", d.tokens),
            recursion: deep("limits.recursion", "ASSAY_LIMIT_RECURSION", d.recursion),
            depth: deep("limits.depth", "ASSAY_LIMIT_DEPTH", d.depth),
            introspection_depth: deep(
                "limits.introspection_depth",
                "ASSAY_LIMIT_INTROSPECTION_DEPTH",
                d.introspection_depth,
            ),
            aliases: most("limits.aliases", "ASSAY_LIMIT_ALIASES", d.aliases),
            root_fields: most("limits.root_fields", "ASSAY_LIMIT_ROOT_FIELDS", d.root_fields),
            fragments: most("limits.fragments", "ASSAY_LIMIT_FRAGMENTS", d.fragments),
            directives: most("limits.directives", "ASSAY_LIMIT_DIRECTIVES", d.directives),
            selections: most("limits.selections", "ASSAY_LIMIT_SELECTIONS", d.selections),
            cost: most("limits.cost", "ASSAY_LIMIT_COST", d.cost),
            operation_timeout: from.duration(
                Name("limits.operation_timeout", "ASSAY_LIMIT_OPERATION_TIMEOUT"),
                d.operation_timeout,
            ),
        }
    }
}
