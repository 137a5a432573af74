//! One setting as it was read: what it is, what it may be, its value and where that came from. Never holds
//! a secret: what is secret of a value is hidden before it gets here.

use std::path::PathBuf;

/// A setting, told where it is read: its key in the file, its environment variable, and in one sentence
/// what it does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting(pub(super) &'static str, pub(super) &'static str, pub(super) &'static str);

impl std::fmt::Display for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} in the file)", self.1, self.0)
    }
}

/// What holds when nobody set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Absent {
    /// This value, as it would be written.
    Value(String),
    /// No value; what happens then, in words, or nothing worth telling.
    Words(&'static str),
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// Nobody set it.
    Default,
    /// The settings file of this name.
    File(String),
    /// The environment variable.
    Environment,
    /// A secret's own file, which the variable with `_FILE`, or the key with `_file`, names.
    SecretFile(String),
}

/// What a value looks like in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Text.
    Text,
    /// A bare number.
    Number,
    /// A table of names to names; `a=b,c=d` in the environment.
    Pairs,
    /// A URL, of which only what is harmless is shown.
    Url,
    /// Text that is never shown whole.
    Secret,
}

/// A setting that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub(super) key: &'static str,
    pub(super) variable: &'static str,
    pub(super) about: &'static str,
    /// Completes the sentence "it is …".
    pub(super) rule: String,
    pub(super) absent: Absent,
    pub(super) shape: Shape,
    pub(super) origin: Origin,
    /// As the environment would spell it; `None` when it has none.
    pub(super) value: Option<String>,
    /// Whether some of the value is not shown.
    pub(super) hidden: bool,
}

impl Entry {
    /// The key of the secret's own file.
    pub(super) fn file_key(&self) -> Option<String> {
        (self.shape == Shape::Secret).then(|| format!("{}_file", self.key))
    }

    /// The variable of the secret's own file.
    pub(super) fn file_variable(&self) -> Option<String> {
        (self.shape == Shape::Secret).then(|| format!("{}_FILE", self.variable))
    }

    /// The file that its value came from, if it is a secret.
    pub(super) fn secret_file(&self) -> Option<PathBuf> {
        match &self.origin {
            Origin::SecretFile(path) => Some(path.into()),
            Origin::File(path) if self.shape == Shape::Secret => Some(path.into()),
            _ => None,
        }
    }

    /// The table of the file it stands in, none for the top, and its name there.
    pub(super) fn place(&self) -> (&'static str, &'static str) {
        self.key.split_once('.').unwrap_or(("", self.key))
    }

    /// The value in effect.
    pub(super) fn effective(&self) -> Option<&str> {
        match (&self.value, &self.absent) {
            (Some(value), _) => Some(value),
            (None, Absent::Value(default)) => Some(default),
            (None, Absent::Words(_)) => None,
        }
    }

    /// Where the value came from, for people.
    pub(super) fn from(&self) -> String {
        match &self.origin {
            Origin::Default => "default".to_owned(),
            Origin::File(name) => name.clone(),
            Origin::Environment => self.variable.to_owned(),
            Origin::SecretFile(path) => format!("the file {path}"),
        }
    }
}
