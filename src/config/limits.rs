//! How much one document and one operation may ask for.

use std::time::Duration;

use crate::config::{entry::Setting, source::Source};

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
    /// How many operations run at once.
    pub concurrent_operations: usize,
    /// How long an operation waits for its turn.
    pub turn_timeout: Duration,
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
            concurrent_operations: 64,
            turn_timeout: Duration::from_secs(1),
        }
    }
}

const TOKENS: Setting = Setting("limits.tokens", "ASSAY_LIMIT_TOKENS", "Lexical tokens of a document.");
const RECURSION: Setting = Setting(
    "limits.recursion",
    "ASSAY_LIMIT_RECURSION",
    "Nesting of brackets and, once fragments are expanded, of selection sets.",
);
const DEPTH: Setting = Setting("limits.depth", "ASSAY_LIMIT_DEPTH", "Nesting of fields.");
const INTROSPECTION_DEPTH: Setting = Setting(
    "limits.introspection_depth",
    "ASSAY_LIMIT_INTROSPECTION_DEPTH",
    "Nesting of fields below `__schema` and `__type`.",
);
const ALIASES: Setting = Setting("limits.aliases", "ASSAY_LIMIT_ALIASES", "Aliases of a document.");
const ROOT_FIELDS: Setting =
    Setting("limits.root_fields", "ASSAY_LIMIT_ROOT_FIELDS", "Fields of the root of one operation.");
const FRAGMENTS: Setting =
    Setting("limits.fragments", "ASSAY_LIMIT_FRAGMENTS", "Fragment definitions of a document.");
const DIRECTIVES: Setting =
    Setting("limits.directives", "ASSAY_LIMIT_DIRECTIVES", "Directives of a document.");
const SELECTIONS: Setting = Setting(
    "limits.selections",
    "ASSAY_LIMIT_SELECTIONS",
    "Selections of a document once fragments are expanded.",
);
const COST: Setting = Setting(
    "limits.cost",
    "ASSAY_LIMIT_COST",
    "The most one operation may cost; each answer tells both in `extensions.cost`.",
);
const OPERATION_TIMEOUT: Setting =
    Setting("limits.operation_timeout", "ASSAY_LIMIT_OPERATION_TIMEOUT", "How long one operation may take.");
const CONCURRENT_OPERATIONS: Setting = Setting(
    "limits.concurrent_operations",
    "ASSAY_LIMIT_CONCURRENT_OPERATIONS",
    "How many operations one server runs at once.",
);
const TURN_TIMEOUT: Setting = Setting(
    "limits.turn_timeout",
    "ASSAY_LIMIT_TURN_TIMEOUT",
    "How long an operation waits for its turn before the client is told to come back.",
);

impl Limits {
    pub(super) fn read(from: &Source) -> Self {
        let d = Self::default();
        let most = |setting, default| from.number(setting, default, 1..=1_000_000_000);
        // Expanding fragments recurses, so how deep it may go is bounded by the stack and not by taste.
        let deep = |setting, default| from.number(setting, default, 1..=256);
        Self {
            tokens: most(TOKENS, d.tokens),
            recursion: deep(RECURSION, d.recursion),
            depth: deep(DEPTH, d.depth),
            introspection_depth: deep(INTROSPECTION_DEPTH, d.introspection_depth),
            aliases: most(ALIASES, d.aliases),
            root_fields: most(ROOT_FIELDS, d.root_fields),
            fragments: most(FRAGMENTS, d.fragments),
            directives: most(DIRECTIVES, d.directives),
            selections: most(SELECTIONS, d.selections),
            cost: most(COST, d.cost),
            operation_timeout: from.duration(OPERATION_TIMEOUT, d.operation_timeout),
            concurrent_operations: from.number(CONCURRENT_OPERATIONS, d.concurrent_operations, 1..=100_000),
            turn_timeout: from.duration(TURN_TIMEOUT, d.turn_timeout),
        }
    }
}
