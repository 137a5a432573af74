//! Relay connections, one generic type for all of them. Knows nothing of how a page was found.

use std::borrow::Cow;

use async_graphql::{Description, Object, OutputType, TypeName, connection::PageInfo};

/// Something that comes in pages, with the descriptions of its connection and edge.
pub trait Listed: OutputType {
    /// Describes `<Type>Connection`.
    const CONNECTION: &'static str;
    /// Describes `<Type>Edge`.
    const EDGE: &'static str;
}

/// Makes a type [`Listed`].
macro_rules! listed {
    ($($ty:ident: $plural:literal;)*) => {$(
        impl $crate::graphql::connection::Listed for $ty {
            const CONNECTION: &'static str = concat!("One page of ", $plural, ".");
            const EDGE: &'static str = concat!("One of the ", $plural, " of a page, with its cursor.");
        }
    )*};
}
pub(in crate::graphql) use listed;

/// One page.
#[derive(Debug)]
pub struct Connection<T> {
    /// The page's items in order.
    pub edges: Vec<Edge<T>>,
    /// Whether there are items before the page.
    pub has_previous_page: bool,
    /// Whether there are items after the page.
    pub has_next_page: bool,
}

impl<T> Connection<T> {
    /// A page with nothing on it: what a viewer sees who may see none of the items.
    #[must_use]
    pub const fn empty() -> Self {
        Self { edges: Vec::new(), has_previous_page: false, has_next_page: false }
    }
}

/// One item of a page.
#[derive(Debug, Clone)]
pub struct Edge<T> {
    /// Where the item stands in the order.
    pub cursor: String,
    /// The item.
    pub node: T,
}

impl<T: Listed> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", T::type_name()))
    }
}

impl<T: Listed> Description for Connection<T> {
    fn description() -> &'static str {
        T::CONNECTION
    }
}

#[Object(name_type, use_type_description)]
impl<T: Listed> Connection<T> {
    /// The items of the page in order, each with its cursor.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The items of the page in order, without cursors.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Whether there is more, and where to go on.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous_page,
            has_next_page: self.has_next_page,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }
}

impl<T: Listed> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Edge", T::type_name()))
    }
}

impl<T: Listed> Description for Edge<T> {
    fn description() -> &'static str {
        T::EDGE
    }
}

#[Object(name_type, use_type_description)]
impl<T: Listed> Edge<T> {
    /// Where the item stands in the order: pass it as `after` or `before` to go on from here.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The item.
    async fn node(&self) -> &T {
        &self.node
    }
}
