//! What holds for every field alike, written once over the finished registry: what it costs, and how
//! the arguments of a connection are described. Knows no field by name.

use std::borrow::Cow;

use async_graphql::{
    Any, ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult,
    Value, parser::types::Field, registry::Registry,
};

use crate::graphql::{cost, paging};

/// A root type whose registration completes every field known so far.
#[derive(Debug, Default)]
pub struct Whole<Root>(pub Root);

impl<Root: ObjectType> ContainerType for Whole<Root> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }

    async fn find_entity(&self, ctx: &Context<'_>, params: &Value) -> ServerResult<Option<Value>> {
        let named =
            || ctx.param_value::<Vec<Any>>("representations", None).map_or(1, |(_, named)| named.len());
        cost::of_entities(ctx.item.pos, named)?;
        self.0.find_entity(ctx, params).await
    }
}

impl<Root: ObjectType> OutputType for Whole<Root> {
    fn type_name() -> Cow<'static, str> {
        Root::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = Root::create_type_info(registry);
        cost::price(registry, &Root::type_name());
        paging::describe(registry);
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl<Root: ObjectType> ObjectType for Whole<Root> {}
