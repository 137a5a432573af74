//! The demo's files, carried inside the binary. Holds no content of its own: that is in `demo/`.

use std::collections::BTreeSet;

use include_dir::{Dir, File, include_dir};

use crate::interchange::{
    catalogue::Catalogue,
    organisation::Organisation,
    profiles::{Known, ProfileRow, read_all},
    question_sets::{self, KnownNames, QuestionSetRow},
    questions::{self, QuestionRow},
    reading::Refused,
};

const SKILLS: (&str, &str) = ("demo/skills.yaml", include_str!("../../demo/skills.yaml"));
const ORGANISATION: (&str, &str) = ("demo/organisation.yaml", include_str!("../../demo/organisation.yaml"));

macro_rules! profiles {
    ($($key:literal)*) => {
        &[$((
            concat!("demo/profiles/", $key, ".yaml"),
            include_str!(concat!("../../demo/profiles/", $key, ".yaml")),
        ),)*]
    };
}

const PROFILES: &[(&str, &str)] = profiles! {
    "junior-python-developer" "python-developer" "senior-python-developer" "technical-lead"
    "principal-engineer" "engineering-manager" "project-manager" "consultant" "entrepreneur"
    "data-engineer" "machine-learning-engineer" "platform-engineer"
};

/// One file a question, in a folder for each area.
static QUESTIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo/questions");
/// One file a set.
static QUESTION_SETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo/question_sets");

/// All that the demo is made of.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Categories and skills.
    pub catalogue: Catalogue,
    /// Role profiles.
    pub profiles: Vec<ProfileRow>,
    /// The question bank.
    pub questions: Vec<QuestionRow>,
    /// Sets of its questions.
    pub question_sets: Vec<QuestionSetRow>,
    /// Teams and people.
    pub organisation: Organisation,
}

impl Demo {
    /// Reads an organisation from its files, each a name for messages and a text.
    ///
    /// # Errors
    /// [`Refused`] with the faults of the first kind of file that has any.
    pub fn read(
        skills: (&str, &str),
        profiles: &[(&str, &str)],
        questions: &[(&str, &str)],
        question_sets: &[(&str, &str)],
        organisation: (&str, &str),
    ) -> Result<Self, Refused> {
        let catalogue = Catalogue::read(skills.0, skills.1)?;
        let slugs = catalogue.skill_slugs();
        let profiles = read_all(profiles, &Known::skills(slugs.iter().copied()))?;
        let questions = questions::read_all(questions, &slugs)?;
        let keys: BTreeSet<&str> = profiles.iter().map(|profile| profile.key.as_str()).collect();
        let asked = questions.iter().map(|question| question.key.as_str()).collect();
        let known = KnownNames { questions: asked, profiles: keys.clone() };
        let question_sets = question_sets::read_all(question_sets, &known)?;
        let organisation = Organisation::read(organisation.0, organisation.1, &slugs, &keys)?;
        Ok(Self { catalogue, profiles, questions, question_sets, organisation })
    }
}

/// Reads the demo.
///
/// # Errors
/// [`Refused`] when a file in `demo/` breaks a rule; a test keeps that from being released.
pub fn demo() -> Result<Demo, Refused> {
    let questions = question_files();
    let questions: Vec<(&str, &str)> = questions.iter().map(|(file, text)| (file.as_str(), *text)).collect();
    let sets = files("demo/question_sets", QUESTION_SETS.files());
    let sets: Vec<(&str, &str)> = sets.iter().map(|(file, text)| (file.as_str(), *text)).collect();
    Demo::read(SKILLS, PROFILES, &questions, &sets, ORGANISATION)
}

/// The files of the bank, by area and then name.
fn question_files() -> Vec<(String, &'static str)> {
    files("demo/questions", QUESTIONS.dirs().flat_map(Dir::files))
}

/// Files of a folder, by name.
fn files<'d>(folder: &str, found: impl Iterator<Item = &'d File<'d>>) -> Vec<(String, &'d str)> {
    let mut files: Vec<(String, &str)> = found
        .filter_map(|file| Some((format!("{folder}/{}", file.path().display()), file.contents_utf8()?)))
        .collect();
    files.sort_unstable();
    files
}

/// The files of the role profiles, by name.
#[cfg(test)]
pub(super) fn profile_files() -> &'static [(&'static str, &'static str)] {
    PROFILES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_demo_keeps_every_rule() {
        if let Err(refused) = demo() {
            panic!("{refused}");
        }
    }
}
