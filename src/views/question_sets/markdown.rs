//! The kit as Markdown (CommonMark with tables), for a document or a note. Texts that are Markdown themselves are
//! quoted, so that nothing in them reaches beyond them; names are escaped.

use std::fmt::Write;

use crate::{
    domain::questions::{
        SkillRole,
        content::Criterion,
        sets::{QuestionSetWarning, QuestionSetWarningKind},
    },
    views::question_sets::{Kit, KitItem},
};

/// The kit as one document.
#[must_use]
pub fn markdown_of(kit: &Kit) -> String {
    let mut out = Document::default();
    out.heading(kit);
    for (at, item) in kit.items.iter().enumerate() {
        out.question(at, item, kit);
    }
    out.0
}

#[derive(Default)]
struct Document(String);

impl Document {
    /// One line. Writing to a `String` never fails.
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.0, "{line}");
    }

    fn heading(&mut self, kit: &Kit) {
        self.line(format_args!("# {}\n", plain(&kit.set.name)));
        if let Some(role) = &kit.role {
            self.line(format_args!("- Role: {}", plain(role)));
        }
        self.line(format_args!("- Questions: {}", kit.items.len()));
        self.line(format_args!("- Minutes: {}", kit.minutes()));
        for warning in &kit.warnings {
            self.line(format_args!("- **{}**", told(warning)));
        }
        self.line(format_args!("\n| # | Section | Question | Kind | Difficulty | Minutes | |"));
        self.line(format_args!("|--:|---|---|---|--:|--:|---|"));
        for (at, item) in kit.items.iter().enumerate() {
            let place = &item.pinned.item;
            let section = plain(place.section.as_deref().unwrap_or_default());
            let (title, body) = (titled(item), &item.version.body);
            let (kind, required) = (body.kind.label(), if place.required { "required" } else { "" });
            let (number, difficulty, minutes) = (at + 1, body.difficulty, place.minutes);
            self.line(format_args!(
                "| {number} | {section} | {title} | {kind} | {difficulty} | {minutes} | {required} |"
            ));
        }
    }

    fn question(&mut self, at: usize, item: &KitItem, kit: &Kit) {
        let (place, body) = (&item.pinned.item, &item.version.body);
        let of = kit.items.len();
        self.line(format_args!("\n---\n\n## {} of {of}: {}\n", at + 1, titled(item)));
        if let Some(section) = &place.section {
            self.line(format_args!("*{}*\n", plain(section)));
        }
        let optional = if place.required { "" } else { ", may be left out" };
        let (kind, difficulty, minutes) = (body.kind.label(), body.difficulty, place.minutes);
        self.line(format_args!("{kind}, difficulty {difficulty} of 5, {minutes} minutes{optional}  "));
        let shown = item.skills.iter().map(|(name, shown)| {
            let along = if shown.role == SkillRole::Secondary { ", along the way" } else { "" };
            format!("{} (level {}{along})", plain(name), shown.level.value())
        });
        self.line(format_args!("Shows {}", shown.collect::<Vec<_>>().join(", ")));
        for warning in kit.warnings.iter().filter(|warning| warning.items.contains(&at)) {
            self.line(format_args!("\n**{}**", told(warning)));
        }
        self.quoted("Ask", Some(&body.stem));
        self.quoted("Know before", body.context.as_ref());
        self.listed("Follow up", &body.follow_ups);
        self.listed("Good signs", &body.expected_signals);
        self.listed("Red flags", &body.red_flags);
        self.quoted("An answer that would score high", body.sample_answer.as_ref());
        self.line(format_args!("\n### Score"));
        for (skill, criterion) in &item.criteria {
            self.criterion(skill, criterion);
        }
        self.line(format_args!("\n### Notes\n"));
    }

    fn quoted(&mut self, heading: &str, text: Option<&String>) {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return };
        self.line(format_args!("\n### {heading}\n"));
        self.quote(text);
    }

    /// Each line in quotes, wherever Markdown sees one end.
    fn quote(&mut self, text: &str) {
        for line in text.trim_end().replace("\r\n", "\n").split(['\n', '\r']) {
            self.line(format_args!("{}{line}", if line.is_empty() { ">" } else { "> " }));
        }
    }

    fn listed(&mut self, heading: &str, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        self.line(format_args!("\n### {heading}\n"));
        for line in lines {
            self.line(format_args!("- {}", one_line(line)));
        }
    }

    fn criterion(&mut self, skill: &str, criterion: &Criterion) {
        let required = if criterion.required { "required" } else { "optional" };
        let weight =
            if criterion.weight == 1 { String::new() } else { format!(", weight {}", criterion.weight) };
        self.line(format_args!(
            "\n#### {} ({}, {required}{weight})\n",
            plain(&criterion.title),
            plain(skill)
        ));
        self.quote(&criterion.prompt);
        self.line(format_args!(""));
        self.line(format_args!("| Score | What it looks like |\n|--:|---|"));
        for score in 1..=5 {
            let anchor = criterion.anchors.iter().find(|anchor| anchor.score == score);
            let behaviour = anchor.map_or_else(|| "in between".to_owned(), |anchor| cell(&anchor.behaviour));
            self.line(format_args!("| {score} | {behaviour} |"));
        }
    }
}

/// What a warning says, as a sentence.
#[must_use]
pub fn told(warning: &QuestionSetWarning) -> String {
    let numbers: Vec<String> = warning.items.iter().map(|at| format!("{}", at + 1)).collect();
    let numbers = numbers.join(" and ");
    match warning.kind {
        QuestionSetWarningKind::Compromised => {
            format!("Question {numbers} is known outside: do not ask it.")
        }
        QuestionSetWarningKind::Retired => {
            format!("Question {numbers} is no longer asked, or in a newer version.")
        }
        QuestionSetWarningKind::Siblings => {
            format!("Questions {numbers} give each other away or ask the same: ask one of them.")
        }
    }
}

/// What a question is called, with its name in the bank, which tells two of one skill apart.
fn titled(item: &KitItem) -> String {
    format!("{} ({})", plain(&item.title()), item.key())
}

/// Text as it reads, whatever it holds: punctuation that Markdown would read something into is escaped.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if "\\`*_{}[]<>#|~&!".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Markdown inside the cell of a table.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}
