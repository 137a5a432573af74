//! The gate every document passes before anything validates or executes it.
//!
//! The library's own limits expand fragment spreads without memory, before they refuse: a document
//! of 629 bytes keeps it busy for seconds. Here a linear token count comes before parsing, and one
//! memoised pass over the fragment graph before validation, so that a refusal costs microseconds.
//! It never looks at the schema, the viewer or the variables, and it never executes.

mod lexer;
mod survey;

use std::fmt;

use async_graphql::parser::{
    Error as ParseError, parse_query,
    types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
};

use survey::Survey;

use crate::graphql::codes::Code;

/// The bounds of one document. Each is the most that is let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Lexical tokens of the text, counted before parsing.
    pub tokens: u64,
    /// Nesting of brackets in the text, and of selection sets once spreads are expanded.
    pub recursion: u64,
    /// Nesting of fields.
    pub depth: u64,
    /// Nesting of fields below `__schema` and `__type`.
    pub introspection_depth: u64,
    /// How many lists of `__Type` (fields, interfaces, …) may nest inside each other.
    pub introspection_lists: u64,
    /// Aliases, after expansion.
    pub aliases: u64,
    /// Fields of the root of one operation, after expansion.
    pub root_fields: u64,
    /// Fragment definitions.
    pub fragments: u64,
    /// Directives, after expansion.
    pub directives: u64,
    /// Fields, spreads and inline fragments, after expansion.
    pub selections: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tokens: 2_000,
            recursion: 64,
            depth: 12,
            introspection_depth: 16,
            introspection_lists: 1,
            aliases: 30,
            root_fields: 10,
            fragments: 50,
            directives: 10,
            selections: 2_000,
        }
    }
}

/// The name of the limit that a document broke, as clients see it in `extensions.limit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// See [`Limits::tokens`].
    Tokens,
    /// See [`Limits::recursion`].
    Recursion,
    /// See [`Limits::depth`].
    Depth,
    /// See [`Limits::introspection_depth`].
    IntrospectionDepth,
    /// See [`Limits::introspection_lists`].
    IntrospectionLists,
    /// See [`Limits::aliases`].
    Aliases,
    /// See [`Limits::root_fields`].
    RootFields,
    /// See [`Limits::fragments`].
    Fragments,
    /// See [`Limits::directives`].
    Directives,
    /// See [`Limits::selections`].
    Selections,
}

impl Limit {
    /// The name in errors.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Recursion => "recursion",
            Self::Depth => "depth",
            Self::IntrospectionDepth => "introspectionDepth",
            Self::IntrospectionLists => "introspectionLists",
            Self::Aliases => "aliases",
            Self::RootFields => "rootFields",
            Self::Fragments => "fragments",
            Self::Directives => "directives",
            Self::Selections => "selections",
        }
    }

    fn allowed(self, limits: &Limits) -> u64 {
        match self {
            Self::Tokens => limits.tokens,
            Self::Recursion => limits.recursion,
            Self::Depth => limits.depth,
            Self::IntrospectionDepth => limits.introspection_depth,
            Self::IntrospectionLists => limits.introspection_lists,
            Self::Aliases => limits.aliases,
            Self::RootFields => limits.root_fields,
            Self::Fragments => limits.fragments,
            Self::Directives => limits.directives,
            Self::Selections => limits.selections,
        }
    }

    fn hold(self, found: u64, limits: &Limits) -> Result<(), GateRefusal> {
        let allowed = self.allowed(limits);
        if found <= allowed {
            return Ok(());
        }
        Err(GateRefusal::TooComplex { limit: self, allowed, found })
    }
}

/// Why a document was not let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GateRefusal {
    /// The text is no GraphQL document.
    Syntax {
        /// What was expected; never more than a hint of what was sent.
        message: String,
        /// Line and column, from 1, where they are known.
        at: Option<(usize, usize)>,
    },
    /// A limit is broken. Token and bracket counts stop one above the limit.
    TooComplex {
        /// The limit.
        limit: Limit,
        /// The most that is let through.
        allowed: u64,
        /// What the document has.
        found: u64,
    },
    /// A fragment spreads itself, directly or through others.
    FragmentCycle {
        /// A fragment on the cycle.
        fragment: String,
    },
}

impl GateRefusal {
    fn syntax(message: impl Into<String>) -> Self {
        Self::Syntax { message: message.into(), at: None }
    }

    /// The request-level error code.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Syntax { .. } => Code::ParseFailed,
            Self::TooComplex { .. } => Code::QueryTooComplex,
            Self::FragmentCycle { .. } => Code::ValidationFailed,
        }
    }

    /// The limit that was broken, if one was.
    pub fn limit(&self) -> Option<Limit> {
        match self {
            Self::TooComplex { limit, .. } => Some(*limit),
            Self::Syntax { .. } | Self::FragmentCycle { .. } => None,
        }
    }
}

impl fmt::Display for GateRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { message, .. } => f.write_str(message),
            Self::TooComplex { limit, allowed, found } => {
                write!(f, "The document is too complex: {} is {found}, at most {allowed}", limit.as_str())
            }
            Self::FragmentCycle { fragment } => write!(f, "Fragment {fragment:?} spreads itself"),
        }
    }
}

impl std::error::Error for GateRefusal {}

/// What kind of operation a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Writes.
    Mutation,
    /// Listens.
    Subscription,
}

impl OperationKind {
    /// The keyword that begins it in a document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
        }
    }
}

/// What a document touches, as far as it shows without a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// `__typename` of the root and nothing else.
    TypeName,
    /// The schema as well, through `__schema` or `__type`.
    Introspection,
    /// Anything else.
    Data,
}

/// A document within its limits: the only thing that can be executed.
///
/// Made by [`check`] alone, and spent by execution.
#[derive(Debug)]
pub struct Admitted {
    document: ExecutableDocument,
    reach: Reach,
    introspects: bool,
}

/// Why it is not clear what to execute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchOperation {
    /// The document has no operation of the requested name.
    #[error("The document has no operation of that operationName")]
    Unknown,
    /// The document has several operations and the request names none.
    #[error("The document has several operations: name one in operationName")]
    Ambiguous,
}

impl Admitted {
    /// What the whole document touches, every operation of it.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// Whether an operation asks for the schema.
    #[must_use]
    pub fn introspects(&self) -> bool {
        self.introspects
    }

    /// The kind of the operation that `name` selects, or of the only one.
    ///
    /// # Errors
    ///
    /// Fails when there is no such operation, or several and no name.
    pub fn operation(&self, name: Option<&str>) -> Result<OperationKind, NoSuchOperation> {
        self.selected(name).map(|operation| match operation.ty {
            OperationType::Query => OperationKind::Query,
            OperationType::Mutation => OperationKind::Mutation,
            OperationType::Subscription => OperationKind::Subscription,
        })
    }

    /// The name that the document gives the selected operation.
    #[must_use]
    pub fn name<'a>(&'a self, asked: Option<&'a str>) -> Option<&'a str> {
        match &self.document.operations {
            DocumentOperations::Multiple(all) if asked.is_none() && all.len() == 1 => {
                all.keys().next().map(|name| name.as_str())
            }
            _ => asked,
        }
    }

    /// The first variable that the selected operation requires and `given` does not have. The library
    /// notices only where the variable is used, after other fields have run.
    pub(in crate::graphql) fn missing_variable(
        &self,
        name: Option<&str>,
        given: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let variables = &self.selected(name).ok()?.variable_definitions;
        let missing = variables.iter().map(|variable| &variable.node).find(|variable| {
            let required = !variable.var_type.node.nullable && variable.default_value.is_none();
            required && !given(&variable.name.node)
        })?;
        Some(format!("Variable \"${}\" of type {} is required", missing.name.node, missing.var_type.node))
    }

    fn selected(&self, name: Option<&str>) -> Result<&OperationDefinition, NoSuchOperation> {
        let found = match (name, &self.document.operations) {
            (None, DocumentOperations::Single(operation)) => Some(operation),
            (None, DocumentOperations::Multiple(operations)) if operations.len() == 1 => {
                operations.values().next()
            }
            (None, DocumentOperations::Multiple(_)) => return Err(NoSuchOperation::Ambiguous),
            (Some(_), DocumentOperations::Single(_)) => None,
            (Some(name), DocumentOperations::Multiple(operations)) => operations.get(name),
        };
        found.map(|operation| &operation.node).ok_or(NoSuchOperation::Unknown)
    }

    /// The parsed document, for the one place that executes.
    pub(in crate::graphql) fn into_document(self) -> ExecutableDocument {
        self.document
    }
}

/// Lets a document through that is within every limit.
///
/// # Errors
///
/// Refuses a text that does not parse, breaks a limit, or has fragments in a circle.
pub fn check(document: &str, limits: &Limits) -> Result<Admitted, GateRefusal> {
    lexer::check(document, limits)?;
    let document = parse_query(document).map_err(|error| unparsable(&error))?;
    let found = Survey::of(&document, limits)?;
    let held = [
        // Expansion first: it names what is wrong with a fan-out better than its consequences do.
        (Limit::Selections, found.selections),
        (Limit::Recursion, found.nesting),
        (Limit::Depth, found.depth),
        (Limit::IntrospectionDepth, found.introspection_depth),
        (Limit::IntrospectionLists, found.introspection_lists),
        (Limit::Aliases, found.aliases),
        (Limit::RootFields, found.root_fields),
        (Limit::Directives, found.directives),
    ];
    for (limit, found) in held {
        limit.hold(found, limits)?;
    }
    Ok(Admitted { document, reach: found.reach, introspects: found.introspects })
}

/// The parser's message without its picture of the source, which echoes what was sent.
fn unparsable(error: &ParseError) -> GateRefusal {
    if matches!(error, ParseError::RecursionLimitExceeded) {
        return GateRefusal::syntax("Syntax error: selection sets are nested too deep");
    }
    let text = error.to_string();
    let expectation = text.rsplit_once("\n  = ").map_or(text.as_str(), |(_, expectation)| expectation);
    let at = error.positions().next().map(|position| (position.line, position.column));
    GateRefusal::Syntax { message: format!("Syntax error: {}", expectation.trim()), at }
}

#[cfg(test)]
mod tests;
