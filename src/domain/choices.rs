//! Enums with one spelling: the same name in SQL, in GraphQL, in files and in what is remembered.

use std::{fmt, marker::PhantomData};

use serde::de::{Deserializer, Error, Visitor};

/// Declares a closed set of choices, each with the name it is stored and shown under.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every choice, in the order declared.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name it is stored and shown under.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads the name; `None` when it is not one of the choices.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::domain::choices::read(deserializer, Self::parse)
            }
        }
    )*};
}
pub(crate) use choices;

/// Reads a choice by its name.
pub(crate) fn read<'de, D, C>(deserializer: D, parse: fn(&str) -> Option<C>) -> Result<C, D::Error>
where
    D: Deserializer<'de>,
{
    struct Named<C>(fn(&str) -> Option<C>, PhantomData<C>);

    impl<C> Visitor<'_> for Named<C> {
        type Value = C;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the name of a choice")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<C, E> {
            (self.0)(text).ok_or_else(|| E::custom("not the name of a choice"))
        }
    }

    deserializer.deserialize_str(Named(parse, PhantomData))
}
