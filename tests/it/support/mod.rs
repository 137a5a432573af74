//! The kit: `on_both!` declares a test on both databases, a [`World`] is what it plays in.
//!
//! Nothing here pretends: the databases are real, tokens are signed and verified, and only the clock
//! and the ids of the rows a test lays down are its own.

mod client;
mod databases;
mod organisation;
mod postgres;
mod proxy;
mod replicated;
mod sqlite;
mod world;

pub use client::Client;
pub use databases::{Backend, TestDatabase, beside, run};
pub use organisation::{Rating, SkillSketch};
pub use proxy::Proxy;
pub use replicated::Replicated;
pub use world::World;

/// Declares tests that hold on both databases. The name is a sentence; the body gets a world of its own.
///
/// ```ignore
/// on_both! {
///     async fn a_member_sees_their_team(world: World) { … }
/// }
/// ```
macro_rules! on_both {
    ($($(#[$attribute:meta])* async fn $name:ident($world:ident: World) $body:block)+) => {
        $(async fn $name($world: $crate::support::World) $body)+

        mod sqlite {
            $($(#[$attribute])* #[test]
            fn $name() {
                let name = concat!(module_path!(), "::", stringify!($name));
                $crate::support::run($crate::support::Backend::Sqlite, name, super::$name);
            })+
        }

        mod postgres {
            $($(#[$attribute])* #[test]
            fn $name() {
                let name = concat!(module_path!(), "::", stringify!($name));
                $crate::support::run($crate::support::Backend::Postgres, name, super::$name);
            })+
        }
    };
}

/// Declares tests of what PostgreSQL alone has: a network in between, replicas.
macro_rules! on_postgres {
    ($($(#[$attribute:meta])* async fn $name:ident($world:ident: World) $body:block)+) => {
        $(async fn $name($world: $crate::support::World) $body)+

        mod postgres {
            $($(#[$attribute])* #[test]
            fn $name() {
                let name = concat!(module_path!(), "::", stringify!($name));
                $crate::support::run($crate::support::Backend::Postgres, name, super::$name);
            })+
        }
    };
}
