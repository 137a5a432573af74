//! YAML text to rows that remember their lines. The only home of the YAML crate; checks no rule.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_saphyr::{MessageFormatter, UserMessageFormatter};

use crate::domain::{
    levels::Level,
    people::{Discoverability, PersonStatus},
    profiles::{
        CareerPathKind, CareerTrack, FigurePrecision, FigureUnit, Importance, MarketTopic, QualificationKind,
        SalaryBasis, SalaryPeriod, SalaryStatistic,
    },
    questions::{QuestionKind, QuestionRelationKind, SkillRole, sets::QuestionSetPurpose},
    skills::{ExternalMatch, ExternalScheme, SkillKind, SkillRelationKind},
    teams::TeamRole,
};

/// One thing wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {field}: {rule}")]
pub struct Fault {
    /// The file's name, as it was given.
    pub file: String,
    /// The line, from 1; 0 when the fault is the whole file's.
    pub line: u64,
    /// The field, as it is spelled in the file.
    pub field: String,
    /// The rule it breaks, and with what.
    pub rule: String,
}

/// Everything wrong with what was read; at least one fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub Vec<Fault>);

impl Refused {
    /// The faults in the order of their lines.
    pub(super) fn by_line(mut self) -> Self {
        self.0.sort_by_key(|fault| fault.line);
        self
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}

/// A value and where it stands in its file.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    line: u64,
    column: u64,
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Located<T> {
    /// The line it stands in.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = serde_saphyr::Spanned::<T>::deserialize(deserializer)?;
        Ok(Self { line: read.referenced.line(), column: read.referenced.column(), value: read.value })
    }
}

/// A file being read, and the faults found in it so far.
pub(super) struct Source<'a> {
    name: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

impl<'a> Source<'a> {
    /// A file by its name and text.
    pub(super) const fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, faults: Vec::new() }
    }

    /// Reads the text into rows; a wrong type, an unknown or a missing field ends the reading.
    pub(super) fn rows<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        let options = serde_saphyr::options! { with_snippet: false };
        serde_saphyr::from_str_with_options(self.text, options).map_err(|error| {
            let (line, column) = error.location().map_or((0, 0), |at| (at.line(), at.column()));
            let mut fault = self.fault(line, column, said(&error));
            // A missing field stands nowhere: its name is in the message, the line is its row's end.
            if let Some(missing) =
                fault.rule.split("missing field `").nth(1).and_then(|tail| tail.split('`').next())
            {
                fault.field = missing.to_owned();
            }
            Refused(vec![fault])
        })
    }

    /// Notes a broken rule at a value.
    pub(super) fn note<T>(&mut self, at: &Located<T>, rule: impl Into<String>) {
        let fault = self.fault(at.line, at.column, rule.into());
        self.faults.push(fault);
    }

    /// Notes a broken rule unless it is kept.
    pub(super) fn require<T>(&mut self, kept: bool, at: &Located<T>, rule: impl FnOnce() -> String) {
        if !kept {
            self.note(at, rule());
        }
    }

    /// Notes a fault that was found in another way.
    pub(super) fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Hands `rows` on when no fault was noted.
    pub(super) fn finish<T>(self, rows: T) -> Result<T, Refused> {
        if self.faults.is_empty() { Ok(rows) } else { Err(Refused(self.faults)) }
    }

    fn fault(&self, line: u64, column: u64, rule: String) -> Fault {
        Fault { file: self.name.to_owned(), line, field: self.field_at(line, column), rule }
    }

    /// The key nearest before a position: on its own line, else on the lines above (a list's).
    fn field_at(&self, line: u64, column: u64) -> String {
        let line = usize::try_from(line).unwrap_or(0);
        let column = usize::try_from(column).unwrap_or(0);
        let above = self.text.lines().take(line.saturating_sub(1)).collect::<Vec<_>>();
        let own = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let before: String = own.chars().take(column.saturating_sub(1)).collect();
        last_key(&before)
            .or_else(|| last_key(own))
            .or_else(|| above.into_iter().rev().find_map(last_key))
            .unwrap_or("file")
            .to_owned()
    }
}

/// What the parser says of a file, for whoever wrote it, without the place: that is told beside it.
pub(super) fn said(error: &serde_saphyr::Error) -> String {
    let said = UserMessageFormatter.format_message(error);
    said.lines().next().unwrap_or("is not YAML").to_owned()
}

/// The last `key:` of a piece of a line.
fn last_key(piece: &str) -> Option<&str> {
    piece.match_indices(':').rev().find_map(|(end, _)| {
        let head = piece.get(..end)?;
        let start = head.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
        let key = head.get(start..)?;
        key.starts_with(|c: char| c.is_ascii_lowercase()).then_some(key)
    })
}

/// A closed set of names, as `domain` declares them.
pub(super) trait Choice: Copy + 'static {
    /// All of them.
    const CHOICES: &'static [Self];
    /// Reads a name.
    fn named(text: &str) -> Option<Self>;
    /// Its name.
    fn name(self) -> &'static str;
}

macro_rules! readable {
    ($($name:ident)*) => {$(
        impl Choice for $name {
            const CHOICES: &'static [Self] = Self::ALL;
            fn named(text: &str) -> Option<Self> {
                Self::parse(text)
            }
            fn name(self) -> &'static str {
                self.as_str()
            }
        }
    )*};
}

readable! {
    CareerPathKind CareerTrack Discoverability ExternalMatch ExternalScheme FigurePrecision FigureUnit
    Importance MarketTopic PersonStatus QualificationKind QuestionKind QuestionRelationKind QuestionSetPurpose
    SalaryBasis
    SalaryPeriod SalaryStatistic SkillKind SkillRelationKind SkillRole TeamRole
}

/// Reads one of a closed set of names; the refusal lists them.
pub(super) fn choice<'de, D: Deserializer<'de>, E: Choice>(deserializer: D) -> Result<E, D::Error> {
    let text = String::deserialize(deserializer)?;
    E::named(&text).ok_or_else(|| {
        let names = E::CHOICES.iter().map(|choice| choice.name()).collect::<Vec<_>>().join(", ");
        serde::de::Error::custom(format!("`{text}` is none of {names}"))
    })
}

/// Reads a level of the proficiency scale.
pub(super) fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Level, D::Error> {
    Level::new(i64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}
