//! What an operation costs before it runs: object 1, leaf 0, list of scalars 1, connection = page
//! size × its node, any other list of objects 1 and 5 × what is asked of each. Written once over the finished registry,
//! so that no field can forget it; a field with a price of its own keeps it. Never refuses anything
//! itself: the schema's limit does. Sees the document and its variables, and nobody's data.
//!
//! The library adds the prices up and keeps the sum to itself, or gives it to an extension, which makes it wrap
//! every field of every object. So the fields of a root, whose prices are that sum, note theirs on the way.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    future::Future,
};

use async_graphql::{
    Pos, Positioned, ServerError, ServerResult, Value, VisitorContext,
    parser::types::{Field, VariableDefinition},
    registry::{MetaField, MetaType, MetaTypeName, Registry},
};

use crate::graphql::{
    matrix::TeamScope,
    paging::{DEFAULT_PAGE, MAX_PAGE},
};

/// How many objects a plain list is priced for, whatever its bound.
const LIST: usize = 5;

/// A question of one team's people, whose abilities are weighed one by one.
const TEAM: usize = 20;

/// The same of all the people below a team, who may be thousands: ten of them are all an operation may ask.
pub(in crate::graphql) const ORGANISATION: usize = 100;

/// What a question of a team's people costs.
pub(in crate::graphql) const fn of_people(scope: Option<TeamScope>) -> usize {
    match scope {
        Some(TeamScope::Subtree) => ORGANISATION,
        Some(TeamScope::Direct) | None => TEAM,
    }
}

/// How the library words that an operation costs more than it may.
pub(in crate::graphql) const TOO_COMPLEX: &str = "Query is too complex.";

/// What is noted of an operation while it is validated, and while it runs.
struct Noted {
    limit: Option<usize>,
    /// The prices of the root's fields, `_entities` excepted.
    roots: Cell<usize>,
    /// By how much each field costs more than what is asked of it, over all fields. Below a field these add up to the
    /// price of its children.
    above: Cell<usize>,
    /// What the entities cost that were looked for so far, and the places of the fields that name them.
    entities: Cell<usize>,
    fields: RefCell<BTreeSet<(usize, usize)>>,
}

tokio::task_local! {
    /// Of the operation that runs in this task.
    static NOTED: Noted;
}

/// What an operation costs, and the most it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) struct Cost {
    pub(in crate::graphql) requested: usize,
    pub(in crate::graphql) limit: usize,
}

impl Cost {
    /// As clients see it, under `extensions.cost`.
    pub(in crate::graphql) fn shown(self) -> Value {
        async_graphql::value!({ "requested": self.requested, "limit": self.limit })
    }
}

/// Executes an operation of a priced schema whose limit this is, and tells what it costs.
pub(in crate::graphql) async fn noted<T>(
    limit: Option<usize>,
    operation: impl Future<Output = T>,
) -> (T, usize) {
    let run = async {
        let answer = operation.await;
        (answer, NOTED.with(|noted| noted.roots.get().saturating_add(noted.entities.get())))
    };
    let (roots, above, entities) = Default::default();
    NOTED.scope(Noted { limit, roots, above, entities, fields: RefCell::default() }, run).await
}

/// The price of a field that has one of its own, which is noted.
pub(in crate::graphql) fn own(price: usize, child: usize) -> usize {
    // Whoever validates outside of an operation asks for no sum.
    let _outside = NOTED.try_with(|noted| {
        noted.above.set(noted.above.get().wrapping_add(price.wrapping_sub(child)));
    });
    price
}

/// The same of a root's field.
pub(in crate::graphql) fn of_root(price: usize, child: usize) -> usize {
    let _outside = NOTED.try_with(|noted| noted.roots.set(noted.roots.get().saturating_add(price)));
    own(price, child)
}

/// Notes the entities that a gateway names in the field at this place, once: each is an object, and what is asked of
/// it. The library prices `_entities` as one object however many are named, and lets nobody else price it, so they
/// pay when the first of them is looked for; of several such fields, each pays for the selections of all.
///
/// # Errors
/// When the operation costs more than its limit with them.
pub(in crate::graphql) fn of_entities(at: Pos, named: impl FnOnce() -> usize) -> ServerResult<()> {
    let within = NOTED.try_with(|noted| {
        if noted.fields.borrow_mut().insert((at.line, at.column)) {
            // Below zero by the few fields of interfaces, which have no price to note theirs.
            let asked =
                noted.above.get().wrapping_sub(noted.roots.get()).cast_signed().max(0).cast_unsigned();
            let price = asked.saturating_add(1).saturating_mul(named());
            noted.entities.set(noted.entities.get().saturating_add(price));
        }
        let requested = noted.roots.get().saturating_add(noted.entities.get());
        noted.limit.is_none_or(|limit| requested <= limit)
    });
    if within.unwrap_or(true) { Ok(()) } else { Err(ServerError::new(TOO_COMPLEX, Some(at))) }
}

type Variables<'a> = &'a [Positioned<VariableDefinition>];

/// Prices every field known so far that has no price of its own; those of the type `root` note theirs.
pub(in crate::graphql) fn price(registry: &mut Registry, root: &str) {
    let leaves: Vec<String> =
        registry.types.values().filter(|ty| ty.is_leaf()).map(|ty| ty.name().to_owned()).collect();
    for ty in registry.types.values_mut() {
        let owner = ty.name().to_owned();
        if let MetaType::Object { fields, .. } = ty {
            for field in fields.values_mut().filter(|field| field.compute_complexity.is_none()) {
                let named = MetaTypeName::concrete_typename(&field.ty);
                let leaf = leaves.iter().any(|leaf| leaf == named);
                // The library adds its own fields to a root, later; those of federation after all prices.
                let at_root = owner == root || field.name.starts_with("__");
                let price = if at_root { price_of::<true> } else { price_of::<false> };
                field.compute_complexity = Some(price(&owner, field, leaf));
            }
        }
    }
}

type Price = fn(&VisitorContext<'_>, Variables<'_>, &Field, usize) -> ServerResult<usize>;

fn price_of<const ROOT: bool>(owner: &str, field: &MetaField, leaf: bool) -> Price {
    match (leaf, field.ty.starts_with('[')) {
        (true, false) => |_, _, _, child| Ok(at::<ROOT>(0, child)),
        (true, true) => |_, _, _, child| Ok(at::<ROOT>(1, child)),
        _ if field.name.starts_with("__") => |_, _, _, child| Ok(at::<ROOT>(1, child)),
        _ if field.ty.ends_with("Connection!") || field.ty.ends_with("Connection") => page::<ROOT>,
        // The frame of a connection is free: its nodes are what was asked for.
        _ if owner.ends_with("Connection") && field.name != "nodes" => |_, _, _, child| Ok(child),
        // A bounded list holds a handful: priced so that lists in lists add up before they are read.
        (false, true) if !owner.ends_with("Connection") => {
            |_, _, _, child| Ok(at::<ROOT>(child.saturating_mul(LIST).saturating_add(1), child))
        }
        _ => |_, _, _, child| Ok(at::<ROOT>(child.saturating_add(1), child)),
    }
}

fn at<const ROOT: bool>(price: usize, child: usize) -> usize {
    if ROOT { of_root(price, child) } else { own(price, child) }
}

fn page<const ROOT: bool>(
    ctx: &VisitorContext<'_>,
    variables: Variables<'_>,
    field: &Field,
    child: usize,
) -> ServerResult<usize> {
    let asked = ["first", "last"].into_iter().find_map(|name| size(ctx, variables, field, name));
    Ok(at::<ROOT>(asked.unwrap_or(DEFAULT_PAGE).min(MAX_PAGE).saturating_mul(child), child))
}

/// `None` for a size that is left out, null or out of its range: execution takes the default or refuses.
fn size(ctx: &VisitorContext<'_>, variables: Variables<'_>, field: &Field, name: &str) -> Option<usize> {
    let size: Option<i32> = ctx.param_value(variables, field, name, None).ok()?;
    usize::try_from(size?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql;

    /// The least limit that lets the document pass, and what was noted of it. Nothing is read: without an
    /// operation's data the first resolver fails.
    async fn cost(document: &str) -> (usize, usize) {
        for limit in 0..10_000 {
            let (answer, requested) = noted(Some(limit), graphql::build(limit).execute(document)).await;
            let refused = answer.errors.iter().any(|error| error.message == TOO_COMPLEX);
            if !refused {
                let valid = answer.errors.iter().all(|error| !error.path.is_empty());
                assert!(valid, "{document}: {:?}", answer.errors);
                return (limit, requested);
            }
        }
        panic!("{document} costs more than it should")
    }

    #[tokio::test]
    async fn an_operation_is_priced_by_what_it_may_read() {
        for (document, price) in [
            ("{ __typename }", 0),
            ("{ viewer { roles } }", 2),
            ("{ team(id: 1) { name slug } }", 1),
            ("{ team(id: 1) { parent { name } } }", 2),
            ("{ team(id: 1) { parent { parent { name } } } }", 3),
            // A page: its size, asked for or by default, times its node.
            ("{ teams { nodes { name } } }", 20),
            ("{ teams(first: 7) { nodes { name } } }", 7),
            ("{ teams(last: 7) { edges { cursor node { name } } } }", 7),
            ("{ teams(first: 7) { nodes { parent { name } } } }", 14),
            ("{ teams(first: 7) { nodes { children(first: 3) { nodes { name } } } } }", 7 * (1 + 3)),
            // A plain list: five times what is asked of each, and so on inwards.
            ("{ skill(id: 1) { aliases } }", 2),
            ("{ skill(id: 1) { levelDescriptors { level } } }", 1 + 1),
            ("{ skill(id: 1) { levelDescriptors { examples } } }", 1 + (1 + 5)),
            ("{ skill(id: 1) { relations { skill { name } } } }", 1 + (1 + 5)),
            ("{ skill(id: 1) { relations { skill { relations { skill { name } } } } } }", 1 + (1 + 5 * 7)),
            // Roots, several and of every kind.
            ("{ team(id: 1) { name } teams(first: 3) { nodes { name } } viewer { roles } }", 1 + 3 + 2),
            // An interface has no prices: each of its fields is 1.
            ("{ nodes(ids: [1, 2, 3]) { id } }", 3 * (1 + 1)),
            ("{ assessmentsDue(teamId: 1) { pageInfo { hasNextPage } } }", 20),
            ("{ whatIf(teamId: 1) { version } }", 20),
            ("{ whatIf(teamId: 1, scope: SUBTREE) { version } }", 100),
            ("{ team(id: 1) { coverage(scope: SUBTREE) { members } } }", 101),
            ("{ closestMatches(roleProfile: { key: \"x\" }) { policyVersion } }", 100),
            ("{ __type(name: \"Team\") { fields { name } } }", 1),
            ("{ __schema { types { name } } team(id: 1) { name } }", 2),
            ("query { ...Two } fragment Two on Query { a: team(id: 1) { id } b: team(id: 2) { id } }", 2),
        ] {
            assert_eq!(cost(document).await, (price, price), "{document}");
        }
    }

    #[tokio::test]
    async fn each_entity_pays_for_what_is_asked_of_it() {
        // Two aliases, which pay for the selections of both; a price of its own; lists in lists; beside a root.
        for (asked, entities, price) in [
            ("nodes(ids: [1, 2]) { id } _entities(representations: []) { __typename }", 3, 2 * 2 + 3),
            ("_entities(representations: []) { ... on Team { name } }", 3, 3),
            ("_entities(representations: []) { ... on Team { parent { name } } }", 3, 3 * 2),
            ("_entities(representations: []) { ... on QuestionSet { kitMarkdown } }", 3, 3 * 101),
            ("_entities(representations: []) { ... on Skill { relations { skill { name } } } }", 3, 3 * 7),
            (
                "teams(first: 7) { nodes { parent { name } } } \
              _entities(representations: []) { ... on Team { parent { name } } }",
                3,
                14 + 3 * 2,
            ),
            (
                "a: _entities(representations: []) { ... on Team { parent { name } } } \
              b: _entities(representations: []) { ... on Team { name } }",
                6,
                6 * 2,
            ),
        ] {
            let document = format!("{{ {asked} }}");
            let (answer, noted) = noted(None, async {
                // Validation alone notes the prices; every entity is then looked for.
                let answer = graphql::build(10_000).execute(document.as_str()).await;
                of_entities(Pos::default(), || entities).expect("no limit");
                of_entities(Pos::default(), || entities).expect("paid already");
                answer
            })
            .await;
            assert_eq!(noted, price, "{document}: {:?}", answer.errors);
        }
    }
}
