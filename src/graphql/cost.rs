//! What an operation costs before it runs: object 1, leaf 0, list of scalars 1, connection = page
//! size × its node, any other list of objects 1 and 5 × what is asked of each. Written once over the finished registry,
//! so that no field can forget it; a field with a price of its own keeps it. Never refuses anything
//! itself: the schema's limit does.

use async_graphql::{
    Positioned, ServerResult, VisitorContext,
    parser::types::{Field, VariableDefinition},
    registry::{MetaField, MetaType, MetaTypeName, Registry},
};

use crate::graphql::paging::{DEFAULT_PAGE, MAX_PAGE};

/// How many objects a plain list is priced for, whatever its bound.
const LIST: usize = 5;

type Variables<'a> = &'a [Positioned<VariableDefinition>];

/// Prices every field that has no price of its own.
pub(in crate::graphql) fn price(registry: &mut Registry) {
    let leaves: Vec<String> =
        registry.types.values().filter(|ty| ty.is_leaf()).map(|ty| ty.name().to_owned()).collect();
    for ty in registry.types.values_mut() {
        let owner = ty.name().to_owned();
        if let MetaType::Object { fields, .. } = ty {
            for field in fields.values_mut().filter(|field| field.compute_complexity.is_none()) {
                let named = MetaTypeName::concrete_typename(&field.ty);
                let leaf = leaves.iter().any(|leaf| leaf == named);
                field.compute_complexity = Some(price_of(&owner, field, leaf));
            }
        }
    }
}

type Price = fn(&VisitorContext<'_>, Variables<'_>, &Field, usize) -> ServerResult<usize>;

fn price_of(owner: &str, field: &MetaField, leaf: bool) -> Price {
    match (leaf, field.ty.starts_with('[')) {
        (true, false) => |_, _, _, _| Ok(0),
        (true, true) => |_, _, _, _| Ok(1),
        _ if field.name.starts_with("__") => |_, _, _, _| Ok(1),
        _ if field.ty.ends_with("Connection!") || field.ty.ends_with("Connection") => page,
        // The frame of a connection is free: its nodes are what was asked for.
        _ if owner.ends_with("Connection") && field.name != "nodes" => |_, _, _, child| Ok(child),
        // A bounded list holds a handful: priced so that lists in lists add up before they are read.
        (false, true) if !owner.ends_with("Connection") => {
            |_, _, _, child| Ok(1 + child.saturating_mul(LIST))
        }
        _ => |_, _, _, child| Ok(1 + child),
    }
}

fn page(
    ctx: &VisitorContext<'_>,
    variables: Variables<'_>,
    field: &Field,
    child: usize,
) -> ServerResult<usize> {
    let asked = ["first", "last"].into_iter().find_map(|name| size(ctx, variables, field, name));
    Ok(asked.unwrap_or(DEFAULT_PAGE).min(MAX_PAGE).saturating_mul(child))
}

/// `None` for a size that is left out, null or out of its range: execution takes the default or refuses.
fn size(ctx: &VisitorContext<'_>, variables: Variables<'_>, field: &Field, name: &str) -> Option<usize> {
    let size: Option<i32> = ctx.param_value(variables, field, name, None).ok()?;
    usize::try_from(size?).ok()
}

#[cfg(test)]
mod tests {
    use crate::graphql;

    /// The least limit that lets the document pass. Nothing is read: without an operation's data the
    /// first resolver fails.
    async fn cost(document: &str) -> usize {
        for limit in 0..10_000 {
            let answer = graphql::build(limit).execute(document).await;
            let refused = answer.errors.iter().any(|error| error.message == "Query is too complex.");
            if !refused {
                let valid = answer.errors.iter().all(|error| !error.path.is_empty());
                assert!(valid, "{document}: {:?}", answer.errors);
                return limit;
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
        ] {
            assert_eq!(cost(document).await, price, "{document}");
        }
    }
}
