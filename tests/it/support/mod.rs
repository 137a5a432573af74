//! The kit: `on_both!` declares a test on both databases, a [`World`] is what it plays in.
//!
//! Nothing here pretends: the databases are real, tokens are signed and verified, and only the clock
//! and the ids of the rows a test lays down are its own.

mod client;
mod databases;
mod memories;
mod organisation;
mod postgres;
mod proxy;
mod redis;
mod replicated;
mod sqlite;
mod world;

pub use client::Client;
pub use databases::{Backend, TestDatabase, beside, run};
pub use memories::{Memory, redis_url};
pub use organisation::{Rating, SkillSketch};
pub use proxy::Proxy;
pub use redis::RedisServer;
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

/// Declares tests that hold on both databases, whatever the service remembers and in whichever moment it
/// forgets: each is played once for each [`Memory`]. For tests of what is remembered; everything else is
/// [`on_both!`].
macro_rules! whatever_is_remembered {
    ($(async fn $name:ident($world:ident: World) $body:block)+) => {
        $(async fn $name($world: $crate::support::World) $body)+

        whatever_is_remembered! { @sqlite Sqlite $($name)+ }
        whatever_is_remembered! { @postgres Postgres $($name)+ }
    };
    (@$module:ident $backend:ident $($name:ident)+) => {
        mod $module {
            $(#[test]
            fn $name() {
                let name = concat!(module_path!(), "::", stringify!($name));
                for memory in $crate::support::Memory::ALL {
                    println!("remembering: {memory:?}");
                    $crate::support::run($crate::support::Backend::$backend, name, |world| async move {
                        super::$name(world.remembering(memory).await).await;
                    });
                }
            })+
        }
    };
}
