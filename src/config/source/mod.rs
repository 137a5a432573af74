//! Where settings come from: the environment over a TOML file over a default.
//!
//! Every setting is read by one call that names its key in the file, its variable, what it does, its default
//! and its rule. What is wrong is collected, so that an operator sees all of it at once; what nobody read is
//! unknown, and an error. Secrets are never shown.

mod file;
mod values;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    fs,
    ops::RangeInclusive,
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

use secrecy::SecretString;
use toml::{Table, Value};

use crate::config::{
    entry::{Absent, Entry, Origin, Setting, Shape},
    hiding::{hidden, shown_url},
};

pub(super) use file::SettingsFile;
pub use values::parse_duration;
pub(super) use values::{parse_pause, spell_duration};

/// The variables of this prefix are all ours, so that one we do not know is a mistake.
const PREFIX: &str = "ASSAY_";

/// The variables and the file, and what was found in them so far.
pub(super) struct Source {
    variables: BTreeMap<String, String>,
    file: SettingsFile,
    seen: RefCell<Seen>,
}

#[derive(Default)]
struct Seen {
    entries: Vec<Entry>,
    problems: Vec<String>,
}

impl Source {
    /// An empty variable counts as absent: that is how compose files unset one.
    pub(super) fn new(mut variables: BTreeMap<String, String>, file: SettingsFile) -> Self {
        variables.retain(|_, value| !value.is_empty());
        Self { variables, file, seen: RefCell::default() }
    }

    /// Text of any form.
    pub(super) fn text(&self, setting: Setting, absent: &'static str) -> Option<String> {
        self.parsed(setting, "text", absent, |text| Some(text.to_owned()))
    }

    /// Text of any form.
    pub(super) fn text_or(&self, setting: Setting, default: String) -> String {
        self.parsed_or(setting, "text", default, |text| Some(text.to_owned()))
    }

    /// A file path; relative ones count from the working directory.
    pub(super) fn path(&self, setting: Setting, absent: &'static str) -> Option<PathBuf> {
        self.parsed(setting, "the path of a file", absent, |text| Some(PathBuf::from(text)))
    }

    /// A whole number in `range`.
    pub(super) fn number<N>(&self, setting: Setting, default: N, range: RangeInclusive<N>) -> N
    where
        N: FromStr + PartialOrd + Display,
    {
        let rule = format!("a whole number from {} to {}", range.start(), range.end());
        let read = |text: &str| text.parse().ok().filter(|number| range.contains(number));
        let absent = Absent::Value(default.to_string());
        self.single(setting, &rule, absent, Shape::Number, read).unwrap_or(default)
    }

    /// A share of a whole: 0 to 1.
    pub(super) fn share(&self, setting: Setting, default: f64) -> f64 {
        let read = |text: &str| text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
        let absent = Absent::Value(default.to_string());
        self.single(setting, "a number from 0 to 1", absent, Shape::Number, read).unwrap_or(default)
    }

    /// A length of time: `250ms`, `30s`, `5m`, `24h`.
    pub(super) fn duration(&self, setting: Setting, default: Duration) -> Duration {
        let rule = "a length of time above zero such as 250ms, 30s, 5m or 24h";
        let absent = Absent::Value(spell_duration(default));
        self.single(setting, rule, absent, Shape::Text, parse_duration).unwrap_or(default)
    }

    /// A length of time that is not above `most`.
    pub(super) fn duration_up_to(&self, setting: Setting, default: Duration, most: Duration) -> Duration {
        let rule = format!("a length of time above zero and up to {}", spell_duration(most));
        let read = |text: &str| parse_duration(text).filter(|length| *length <= most);
        let absent = Absent::Value(spell_duration(default));
        self.single(setting, &rule, absent, Shape::Text, read).unwrap_or(default)
    }

    /// One of a few words.
    pub(super) fn choice<C: Copy + PartialEq>(
        &self,
        setting: Setting,
        default: C,
        choices: &[(&str, C)],
    ) -> C {
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        let find = |text: &str| choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        let word = choices.iter().find(|(_, choice)| *choice == default).map_or("", |(word, _)| word);
        let (rule, absent) = (format!("one of {}", words.join(", ")), Absent::Value(word.to_owned()));
        self.single(setting, &rule, absent, Shape::Text, find).unwrap_or(default)
    }

    /// Anything that `read` understands; `rule` completes the sentence "… is not", `absent` tells what
    /// happens without it.
    pub(super) fn parsed<T>(
        &self,
        setting: Setting,
        rule: &str,
        absent: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.single(setting, rule, Absent::Words(absent), Shape::Text, read)
    }

    /// Anything that `read` understands.
    pub(super) fn parsed_or<T: Display>(
        &self,
        setting: Setting,
        rule: &str,
        default: T,
        read: impl Fn(&str) -> Option<T>,
    ) -> T {
        let absent = Absent::Value(default.to_string());
        self.single(setting, rule, absent, Shape::Text, read).unwrap_or(default)
    }

    /// A URL. What it may hold of a secret is shown to nobody.
    pub(super) fn url<T>(
        &self,
        setting: Setting,
        rule: &str,
        absent: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.single(setting, rule, Absent::Words(absent), Shape::Url, read)
    }

    /// `a=b,c=d` in the environment, a table in the file.
    pub(super) fn pairs(
        &self,
        setting: Setting,
        rule: &str,
        absent: &'static str,
    ) -> Option<Vec<(String, String)>> {
        let variable = self.variables.get(setting.1);
        let (read, origin) = match (variable, self.find(setting.0)) {
            (Some(text), _) => (values::pairs_of_text(text), Origin::Environment),
            (None, Some(value)) => (values::pairs_of_table(value), Origin::File(self.file.name.clone())),
            (None, None) => (Ok(Vec::new()), Origin::Default),
        };
        let pairs = read.inspect_err(|why| self.wrong(setting, why)).ok();
        let pairs = pairs.filter(|_| origin != Origin::Default);
        let value = pairs.as_deref().map(values::spell_pairs);
        self.tell(setting, rule, Absent::Words(absent), Shape::Pairs, origin, value);
        pairs
    }

    /// A secret: in the variable, in a file of its own, or in the settings file. The variable with `_FILE`,
    /// or the key with `_file`, names its own file. A value that breaks the rule is not shown.
    pub(super) fn secret(
        &self,
        setting: Setting,
        rule: &str,
        holds: impl Fn(&str) -> bool,
    ) -> Option<SecretString> {
        let found = self.find_secret(setting);
        let origin = found.as_ref().map_or(Origin::Default, |(_, origin)| origin.clone());
        let good = found.filter(|(text, _)| {
            let good = holds(text);
            if !good {
                self.wrong(setting, &format!(": the value (hidden) is not {rule}"));
            }
            good
        });
        let value = good.as_ref().map(|(text, _)| text.clone());
        self.tell(setting, rule, Absent::Words(""), Shape::Secret, origin, value);
        good.map(|(text, _)| SecretString::from(text))
    }

    fn find_secret(&self, setting: Setting) -> Option<(String, Origin)> {
        let (variable, key) = (format!("{}_FILE", setting.1), format!("{}_file", setting.0));
        let both = |one: &str, other: &str| self.problem(format!("{one} and {other} are both set: set one"));
        let place = self.file.place(&key);
        let read = |name: &str, path: &str| match fs::read_to_string(path) {
            Ok(text) => Some((text.trim_end().to_owned(), Origin::SecretFile(path.to_owned()))),
            Err(error) => {
                self.problem(format!("{name}: `{path}`: {error}"));
                None
            }
        };
        match (self.variables.get(&variable), self.variables.get(setting.1)) {
            (Some(_), Some(_)) => both(setting.1, &variable),
            (Some(path), None) => return read(&variable, path),
            (None, Some(text)) => return Some((text.clone(), Origin::Environment)),
            (None, None) => match (self.find(&key).map(values::spelled), self.find(setting.0)) {
                (Some(_), Some(_)) => both(&format!("{place}: {}", setting.0), &key),
                (Some(Some(path)), None) => return read(&format!("{place}: {key}"), &path),
                (Some(None), None) => self.problem(format!("{place}: {key} is not a single value")),
                (None, _) => return self.raw(setting),
            },
        }
        None
    }

    /// Notes something wrong that a single reading could not see.
    pub(super) fn problem(&self, problem: String) {
        self.seen.borrow_mut().problems.push(problem);
    }

    /// Notes what is wrong with a setting, in words that go on after its name; where the file says it, with its
    /// line.
    pub(super) fn wrong(&self, setting: Setting, what: &str) {
        let in_file = !self.variables.contains_key(setting.1) && self.find(setting.0).is_some();
        let place = if in_file { format!("{}: ", self.file.place(setting.0)) } else { String::new() };
        self.problem(format!("{place}{setting}{what}"));
    }

    /// Every setting that was read, in that order, and everything that is wrong, the unknown included.
    pub(super) fn finish(self) -> (Vec<Entry>, Vec<String>) {
        let Seen { entries, mut problems } = self.seen.into_inner();
        let (mut keys, mut variables) = (BTreeSet::new(), BTreeSet::new());
        for entry in &entries {
            keys.extend(entry.file_key().into_iter().chain([entry.key.to_owned()]));
            variables.extend(entry.file_variable().into_iter().chain([entry.variable.to_owned()]));
        }
        let ours = self.variables.keys().filter(|name| name.starts_with(PREFIX));
        let strange = ours.filter(|name| !variables.contains(*name));
        problems.extend(strange.map(|name| format!("{name} is not a setting")));
        unknown(&self.file, &self.file.table, "", &keys, &mut problems);
        (entries, problems)
    }

    fn single<T>(
        &self,
        setting: Setting,
        rule: &str,
        absent: Absent,
        shape: Shape,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let Some((text, origin)) = self.raw(setting) else {
            self.tell(setting, rule, absent, shape, Origin::Default, None);
            return None;
        };
        let value = read(&text);
        if value.is_none() {
            self.wrong(setting, &format!(": `{}` is not {rule}", shown(shape, &text)));
        }
        self.tell(setting, rule, absent, shape, origin, Some(text));
        value
    }

    fn tell(
        &self,
        setting: Setting,
        rule: &str,
        absent: Absent,
        shape: Shape,
        origin: Origin,
        value: Option<String>,
    ) {
        let Setting(key, variable, about) = setting;
        let shown = value.as_deref().map(|value| shown(shape, value));
        let hidden = value.is_some() && (shape == Shape::Secret || shown != value);
        let (rule, value) = (rule.to_owned(), shown);
        let entry = Entry { key, variable, about, rule, absent, shape, origin, value, hidden };
        self.seen.borrow_mut().entries.push(entry);
    }

    fn raw(&self, setting: Setting) -> Option<(String, Origin)> {
        if let Some(text) = self.variables.get(setting.1) {
            return Some((text.clone(), Origin::Environment));
        }
        let text = values::spelled(self.find(setting.0)?);
        if text.is_none() {
            self.wrong(setting, " is not a single value");
        }
        Some((text?, Origin::File(self.file.name.clone())))
    }

    fn find(&self, key: &str) -> Option<&Value> {
        let mut parts = key.split('.');
        let first = self.file.table.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    }
}

/// A value as it may be shown.
fn shown(shape: Shape, value: &str) -> String {
    match shape {
        Shape::Secret => hidden(value),
        Shape::Url => shown_url(value),
        Shape::Text | Shape::Number | Shape::Pairs => value.to_owned(),
    }
}

/// Lists the keys of the file that nobody read.
fn unknown(
    file: &SettingsFile,
    table: &Table,
    path: &str,
    known: &BTreeSet<String>,
    problems: &mut Vec<String>,
) {
    for (name, value) in table {
        let key = file::joined(path, name);
        let inside = format!("{key}.");
        match value {
            _ if known.contains(&key) => {}
            Value::Table(inner) if known.iter().any(|one| one.starts_with(&inside)) => {
                unknown(file, inner, &key, known, problems);
            }
            _ => problems.push(format!("{}: `{key}` is not a setting", file.place(&key))),
        }
    }
}
