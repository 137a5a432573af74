//! Measures a parsed document: what it becomes once its fragments are expanded, without expanding
//! them. Each definition is walked once, and a spread adds what its fragment was found to be.
//! Sums saturate, so that a fan-out of 2^40 is a number and not an overflow.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned,
    parser::types::{
        BaseType, Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
        VariableDefinition,
    },
};

use super::{GateRefusal, Limit, Limits, Reach};

/// The lists of `__Type` that lead back to a type: nested, each multiplies the answer by the size of
/// the schema.
const TYPE_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// What a document measures, over all its operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) selections: u64,
    pub(super) nesting: u64,
    pub(super) depth: u64,
    pub(super) introspection_depth: u64,
    pub(super) introspection_lists: u64,
    pub(super) aliases: u64,
    pub(super) directives: u64,
    pub(super) root_fields: u64,
    pub(super) reach: Reach,
    pub(super) introspects: bool,
}

/// What a selection set measures wherever it stands, which is what makes it worth remembering.
#[derive(Clone, Copy, Default)]
struct Measure {
    /// Expanded fields, spreads and inline fragments.
    selections: u64,
    aliases: u64,
    directives: u64,
    /// Expanded fields of this level.
    fields: u64,
    /// Selection sets below this one, one in the other.
    nesting: u64,
    /// Fields, one in the other, on a path without introspection.
    depth: u64,
    /// The same on a path with introspection.
    introspection_depth: u64,
    /// Lists of `__Type`, one in the other, should this stand below introspection.
    lists: u64,
    /// The same, for what does stand there.
    introspection_lists: u64,
    /// A field of this level asks for the schema.
    asks_schema: bool,
    /// A field of this level asks for the schema as gateways do, which needs a token as data does.
    asks_sdl: bool,
    /// A field of this level asks for data.
    asks_data: bool,
    /// A type of ours is named somewhere in a condition.
    names_type: bool,
}

impl Measure {
    /// Side by side in one selection set.
    fn beside(self, other: Self) -> Self {
        Self {
            selections: self.selections.saturating_add(other.selections),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            fields: self.fields.saturating_add(other.fields),
            nesting: self.nesting.max(other.nesting),
            depth: self.depth.max(other.depth),
            introspection_depth: self.introspection_depth.max(other.introspection_depth),
            lists: self.lists.max(other.lists),
            introspection_lists: self.introspection_lists.max(other.introspection_lists),
            asks_schema: self.asks_schema || other.asks_schema,
            asks_sdl: self.asks_sdl || other.asks_sdl,
            asks_data: self.asks_data || other.asks_data,
            names_type: self.names_type || other.names_type,
        }
    }

    /// As a spread or an inline fragment, which is a selection of its own around these.
    fn spread(self, directives: &[Positioned<Directive>]) -> Self {
        Self {
            selections: self.selections.saturating_add(1),
            directives: self.directives.saturating_add(count(directives.len())),
            nesting: self.nesting.saturating_add(1),
            ..self
        }
    }

    fn conditioned(self, on: Option<&Name>) -> Self {
        let ours = on.is_some_and(|name| !name.starts_with("__") && !is_root(name));
        Self { names_type: self.names_type || ours, ..self }
    }
}

enum Entry {
    /// Being measured: meeting it again is a cycle.
    Open,
    Known(Measure),
}

/// One pass over one document.
pub(super) struct Survey<'d> {
    document: &'d ExecutableDocument,
    fragments: HashMap<&'d str, Entry>,
    /// What some spread names.
    spread: HashSet<&'d str>,
}

impl<'d> Survey<'d> {
    /// Measures `document`, fragments that nothing spreads included: validation walks those too.
    pub(super) fn of(document: &'d ExecutableDocument, limits: &Limits) -> Result<Found, GateRefusal> {
        Limit::Fragments.hold(count(document.fragments.len()), limits)?;
        let mut survey = Self { document, fragments: HashMap::new(), spread: HashSet::new() };
        let (mut whole, mut root_fields) = (Measure::default(), 0);
        for (_, operation) in document.operations.iter() {
            let measure = survey.operation(&operation.node)?;
            root_fields = root_fields.max(measure.fields);
            whole = whole.beside(measure);
        }
        for name in document.fragments.keys() {
            survey.fragment(name)?;
        }
        for name in document.fragments.keys().filter(|name| !survey.spread.contains(name.as_str())) {
            whole = whole.beside(survey.known(name));
        }
        Ok(whole.found(root_fields))
    }

    fn operation(&mut self, operation: &'d OperationDefinition) -> Result<Measure, GateRefusal> {
        let mut measure = self.set(&operation.selection_set.node)?;
        measure.directives = measure.directives.saturating_add(count(operation.directives.len()));
        for variable in &operation.variable_definitions {
            measure.directives = measure.directives.saturating_add(count(variable.node.directives.len()));
            measure.names_type |= !is_builtin(&variable.node);
        }
        Ok(measure)
    }

    fn set(&mut self, set: &'d SelectionSet) -> Result<Measure, GateRefusal> {
        set.items.iter().try_fold(Measure::default(), |whole, selection| {
            Ok(whole.beside(match &selection.node {
                Selection::Field(field) => self.field(&field.node)?,
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                    let inside = self.set(&inline.node.selection_set.node)?;
                    inside.spread(&inline.node.directives).conditioned(on)
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    self.spread.insert(name.as_str());
                    self.fragment(name)?.spread(&spread.node.directives)
                }
            }))
        })
    }

    fn field(&mut self, field: &'d Field) -> Result<Measure, GateRefusal> {
        let inside = self.set(&field.selection_set.node)?;
        let name = field.name.node.as_str();
        let introspects = matches!(name, "__schema" | "__type");
        let lists = inside.lists + u64::from(TYPE_LISTS.contains(&name));
        let deepest = inside.depth.max(inside.introspection_depth);
        let on_introspection = if introspects { deepest } else { inside.introspection_depth };
        Ok(Measure {
            selections: inside.selections.saturating_add(1),
            aliases: inside.aliases.saturating_add(u64::from(field.alias.is_some())),
            directives: inside.directives.saturating_add(count(field.directives.len())),
            fields: 1,
            nesting: if field.selection_set.node.items.is_empty() { 0 } else { inside.nesting + 1 },
            depth: if introspects { 1 } else { inside.depth + 1 },
            introspection_depth: if introspects || on_introspection > 0 { on_introspection + 1 } else { 0 },
            lists,
            introspection_lists: if introspects { lists } else { inside.introspection_lists },
            asks_schema: introspects,
            asks_sdl: name == "_service",
            asks_data: !introspects && name != "__typename",
            names_type: inside.names_type,
        })
    }

    /// What was measured, or nothing.
    fn known(&self, name: &Name) -> Measure {
        match self.fragments.get(name.as_str()) {
            Some(Entry::Known(measure)) => *measure,
            Some(Entry::Open) | None => Measure::default(),
        }
    }

    fn fragment(&mut self, name: &'d Name) -> Result<Measure, GateRefusal> {
        match self.fragments.get(name.as_str()) {
            Some(Entry::Known(measure)) => return Ok(*measure),
            Some(Entry::Open) => return Err(GateRefusal::FragmentCycle { fragment: name.to_string() }),
            None => {}
        }
        // A spread of nothing weighs nothing: validation names it.
        let Some(definition) = self.document.fragments.get(name) else { return Ok(Measure::default()) };
        let definition = &definition.node;
        self.fragments.insert(name.as_str(), Entry::Open);
        let mut measure = self.set(&definition.selection_set.node)?;
        measure.directives = measure.directives.saturating_add(count(definition.directives.len()));
        let measure = measure.conditioned(Some(&definition.type_condition.node.on.node));
        self.fragments.insert(name.as_str(), Entry::Known(measure));
        Ok(measure)
    }
}

impl Measure {
    fn found(self, root_fields: u64) -> Found {
        Found {
            selections: self.selections,
            nesting: self.nesting,
            depth: self.depth,
            introspection_depth: self.introspection_depth,
            introspection_lists: self.introspection_lists,
            aliases: self.aliases,
            directives: self.directives,
            root_fields,
            introspects: self.asks_schema || self.asks_sdl,
            reach: match (self.asks_data || self.names_type, self.asks_schema) {
                (true, _) => Reach::Data,
                (false, true) => Reach::Introspection,
                (false, false) => Reach::TypeName,
            },
        }
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn is_root(name: &Name) -> bool {
    matches!(name.as_str(), "Query" | "Mutation" | "Subscription")
}

/// Validation tells whether a type exists, so a variable of a type of ours touches more than the
/// root's `__typename`.
fn is_builtin(variable: &VariableDefinition) -> bool {
    let mut base = &variable.var_type.node.base;
    while let BaseType::List(inner) = base {
        base = &inner.base;
    }
    matches!(base, BaseType::Named(name) if matches!(name.as_str(), "ID" | "Int" | "Float" | "String" | "Boolean"))
}
