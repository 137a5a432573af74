//! Where settings come from: the environment over a TOML file over a default.
//!
//! Every setting is read by one call that names its key in the file, its variable, its default and its
//! rule. What is wrong is collected, so that an operator sees all of it at once; what nobody read is
//! unknown, and an error. Secrets are never shown.

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

/// The variables of this prefix are all ours, so that one we do not know is a mistake.
const PREFIX: &str = "ASSAY_";

/// The variables and the file, and what was found wrong with them so far.
pub(super) struct Source {
    variables: BTreeMap<String, String>,
    file: Table,
    seen: RefCell<Seen>,
}

#[derive(Default)]
struct Seen {
    keys: BTreeSet<&'static str>,
    variables: BTreeSet<&'static str>,
    problems: Vec<String>,
}

/// The two names of a setting: its key in the file and its environment variable.
#[derive(Clone, Copy)]
pub(super) struct Name(pub(super) &'static str, pub(super) &'static str);

impl Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} in the file)", self.1, self.0)
    }
}

impl Source {
    /// An empty variable counts as absent: that is how compose files unset one.
    pub(super) fn new(mut variables: BTreeMap<String, String>, file: Table) -> Self {
        variables.retain(|_, value| !value.is_empty());
        Self { variables, file, seen: RefCell::default() }
    }

    /// Text of any form.
    pub(super) fn text(&self, name: Name) -> Option<String> {
        self.raw(name)
    }

    /// A file path; relative ones count from the working directory.
    pub(super) fn path(&self, name: Name) -> Option<PathBuf> {
        self.raw(name).map(PathBuf::from)
    }

    /// A whole number in `range`.
    pub(super) fn number<N>(&self, name: Name, default: N, range: RangeInclusive<N>) -> N
    where
        N: FromStr + PartialOrd + Display,
    {
        let rule = format!("a whole number from {} to {}", range.start(), range.end());
        self.parsed(name, &rule, |text| text.parse().ok().filter(|number| range.contains(number)))
            .unwrap_or(default)
    }

    /// A length of time: `250ms`, `30s`, `5m`, `24h`.
    pub(super) fn duration(&self, name: Name, default: Duration) -> Duration {
        let rule = "a length of time above zero such as 250ms, 30s, 5m or 24h";
        self.parsed(name, rule, parse_duration).unwrap_or(default)
    }

    /// One of a few words.
    pub(super) fn choice<C: Copy>(&self, name: Name, default: C, choices: &[(&str, C)]) -> C {
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        let find = |text: &str| choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        self.parsed(name, &format!("one of {}", words.join(", ")), find).unwrap_or(default)
    }

    /// Anything that `read` understands; `rule` completes the sentence "… is not".
    pub(super) fn parsed<T>(&self, name: Name, rule: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.raw(name)?;
        let value = read(&text);
        if value.is_none() {
            self.problem(format!("{name}: `{text}` is not {rule}"));
        }
        value
    }

    /// `a=b,c=d` in the environment, a table in the file.
    pub(super) fn pairs(&self, name: Name) -> Option<Vec<(String, String)>> {
        self.note(name);
        if let Some(text) = self.variables.get(name.1) {
            let pair =
                |pair: &str| pair.split_once('=').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
            let pairs: Option<Vec<_>> = text.split(',').map(pair).collect();
            return pairs.or_else(|| {
                self.problem(format!("{name}: `{text}` is not of the form a=b,c=d"));
                None
            });
        }
        let table = self.find(name.0)?.as_table().map(|table| {
            table.iter().map(|(key, value)| (key.clone(), spelled(value).unwrap_or_default())).collect()
        });
        table.or_else(|| {
            self.problem(format!("{name} is not a table of names to names"));
            None
        })
    }

    /// A secret: in the variable, in the file that the variable with `_FILE` names, or in the settings file.
    /// A value that breaks the rule is not shown.
    pub(super) fn secret(
        &self,
        name: Name,
        file_variable: &'static str,
        rule: &str,
        holds: impl Fn(&str) -> bool,
    ) -> Option<SecretString> {
        self.seen.borrow_mut().variables.insert(file_variable);
        let text = match (self.variables.get(file_variable), self.variables.contains_key(name.1)) {
            (Some(_), true) => {
                self.note(name);
                self.problem(format!("{} and {file_variable} are both set: set one", name.1));
                None
            }
            (Some(path), false) => {
                self.note(name);
                let read = fs::read_to_string(path).map(|text| text.trim_end().to_owned());
                read.inspect_err(|error| self.problem(format!("{file_variable}: `{path}`: {error}"))).ok()
            }
            (None, _) => self.raw(name),
        }?;
        if holds(&text) {
            return Some(SecretString::from(text));
        }
        self.problem(format!("{name}: the value (hidden) is not {rule}"));
        None
    }

    /// Notes something wrong that a single reading could not see.
    pub(super) fn problem(&self, problem: String) {
        self.seen.borrow_mut().problems.push(problem);
    }

    /// Everything that is wrong, the unknown included.
    pub(super) fn problems(self) -> Vec<String> {
        let mut seen = self.seen.into_inner();
        let strange = |name: &&String| name.starts_with(PREFIX) && !seen.variables.contains(name.as_str());
        let variables = self.variables.keys().filter(strange);
        seen.problems.extend(variables.map(|name| format!("{name} is not a setting")));
        unknown(&self.file, "", &seen.keys, &mut seen.problems);
        seen.problems
    }

    fn note(&self, name: Name) {
        let mut seen = self.seen.borrow_mut();
        seen.keys.insert(name.0);
        seen.variables.insert(name.1);
    }

    fn raw(&self, name: Name) -> Option<String> {
        self.note(name);
        if let Some(text) = self.variables.get(name.1) {
            return Some(text.clone());
        }
        let text = spelled(self.find(name.0)?);
        text.or_else(|| {
            self.problem(format!("{name} is not a single value"));
            None
        })
    }

    fn find(&self, key: &str) -> Option<&Value> {
        let mut parts = key.split('.');
        let first = self.file.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    }
}

/// How a single value of the file is written in the environment.
fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(flag) => Some(flag.to_string()),
        Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
    }
}

/// Lists the keys of the file that nobody read.
fn unknown(table: &Table, path: &str, known: &BTreeSet<&'static str>, problems: &mut Vec<String>) {
    for (name, value) in table {
        let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let inside = format!("{key}.");
        match value {
            _ if known.contains(key.as_str()) => {}
            Value::Table(inner) if known.iter().any(|one| one.starts_with(&inside)) => {
                unknown(inner, &key, known, problems);
            }
            _ => problems.push(format!("`{key}` in the file is not a setting")),
        }
    }
}

/// Reads `250ms`, `30s`, `5m` or `24h`; zero is no length of time.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    let length = number.parse::<u64>().ok()?.checked_mul(millis)?;
    (length > 0).then(|| Duration::from_millis(length))
}
