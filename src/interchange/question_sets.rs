//! A set of questions as a file, one set a file. Makes no ids; what it asks is named by the keys of questions.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{
    domain::questions::{
        rules::MOST_MINUTES,
        sets::{MOST_ITEMS, QuestionSetPurpose},
    },
    interchange::{
        checks,
        reading::{Located, Refused, Source, choice},
    },
};

/// A set, to be published.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionSetRow {
    /// Its stable name among the files.
    pub key: Located<String>,
    /// 1–200 characters.
    pub name: Located<String>,
    /// What it is for.
    #[serde(deserialize_with = "choice")]
    pub purpose: QuestionSetPurpose,
    /// The key of the role profile it interviews for; any when absent.
    pub role_profile: Option<Located<String>>,
    /// What it holds, in order.
    pub items: Vec<QuestionSetItemRow>,
}

/// One question of a set.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionSetItemRow {
    /// The question's key.
    pub question: Located<String>,
    /// The heading it stands under.
    pub section: Option<Located<String>>,
    /// 1–180; as long as the question says when absent.
    pub minutes: Option<Located<i32>>,
    /// Whether it must be asked.
    #[serde(default = "required")]
    pub required: bool,
}

const fn required() -> bool {
    true
}

/// What sets may name.
#[derive(Debug)]
pub struct KnownNames<'a> {
    /// The keys of questions.
    pub questions: BTreeSet<&'a str>,
    /// The keys of role profiles.
    pub profiles: BTreeSet<&'a str>,
}

impl QuestionSetRow {
    /// Reads and checks one set against the questions and role profiles there are.
    ///
    /// # Errors
    /// [`Refused`] with every fault found.
    pub fn read(file: &str, text: &str, known: &KnownNames<'_>) -> Result<Self, Refused> {
        let mut source = Source::new(file, text);
        let row: Self = source.rows()?;
        checks::slugs(&mut source, [&row.key]);
        checks::name_length(&mut source, &row.name);
        if let Some(profile) = &row.role_profile {
            checks::known(&mut source, "role profile", profile, &known.profiles);
        }
        let held = (1..=MOST_ITEMS).contains(&row.items.len());
        source.require(held, &row.key, || format!("has to hold 1 to {MOST_ITEMS} questions"));
        let mut asked = BTreeSet::new();
        for item in &row.items {
            checks::known(&mut source, "question", &item.question, &known.questions);
            let new = asked.insert(item.question.as_str());
            source.require(new, &item.question, || format!("`{}` was named before", item.question.value));
            if let Some(section) = &item.section {
                checks::name_length(&mut source, section);
            }
            if let Some(minutes) = &item.minutes {
                let holds = (1..=MOST_MINUTES).contains(&minutes.value);
                source.require(holds, minutes, || format!("has to be 1 to {MOST_MINUTES}"));
            }
        }
        source.finish(row)
    }
}

/// Reads sets, `(file, text)` each; their keys are unique.
///
/// # Errors
/// [`Refused`] with every fault of every file.
pub fn read_all(files: &[(&str, &str)], known: &KnownNames<'_>) -> Result<Vec<QuestionSetRow>, Refused> {
    let (mut rows, mut faults) = (Vec::<QuestionSetRow>::new(), Vec::new());
    for (file, text) in files {
        match QuestionSetRow::read(file, text, known) {
            Ok(row) => {
                let mut source = Source::new(file, text);
                let new = rows.iter().all(|other| other.key.value != row.key.value);
                source.require(new, &row.key, || format!("`{}` was used in another file", row.key.value));
                faults.extend(source.finish(()).err().into_iter().flat_map(|refused| refused.0));
                rows.push(row);
            }
            Err(refused) => faults.extend(refused.0),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(Refused(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let known =
            KnownNames { questions: BTreeSet::from(["one", "two"]), profiles: BTreeSet::from(["dev"]) };
        let refused = read_all(&[("set.yaml", text)], &known).expect_err("it breaks a rule");
        refused.0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_breaks_a_rule_is_told_with_its_line() {
        let text = "key: a_b\nname: \"\"\npurpose: TEMPLATE\nroleProfile: none\nitems:\n  \
                    - {question: three}\n  - {question: one, minutes: 0}\n  - {question: one, section: \"\"}\n";
        let found = faults(text);
        let expected = [
            "set.yaml:1: key",
            "set.yaml:2: name",
            "set.yaml:4: roleProfile",
            "set.yaml:6: question",
            "set.yaml:7: minutes",
            "set.yaml:8: question",
            "set.yaml:8: section",
        ];
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found} begins with {expected}");
        }
        let found = faults("key: a\nname: A\npurpose: GAME\nitems: []\n");
        assert!(found[0].contains("`GAME` is none of TEMPLATE, INTERVIEW"), "{found:?}");
        let found = faults("key: a\nname: A\npurpose: INTERVIEW\nitems: []\n");
        assert!(found[0].contains("has to hold 1 to 50 questions"), "{found:?}");
    }
}
