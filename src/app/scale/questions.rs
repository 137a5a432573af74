//! The question bank: words drawn from a vocabulary, so that searches find some, and no two are
//! near duplicates but for a few that are meant to be.

use crate::{
    app::{
        demo::{ApprovedQuestion, instants::days_ago},
        scale::{Scale, catalogue::SKILLS, words::AREAS},
    },
    domain::{
        ids::{QuestionId, QuestionVersionId},
        levels::Level,
        questions::{
            Question, QuestionKind, QuestionVersion, QuestionVersionStatus, SkillRole,
            content::{Anchor, Criterion, QuestionBody, QuestionContent, QuestionSkill, Rubric},
        },
    },
    store::WrittenVersion,
};

/// Questions were approved before anyone was interviewed.
const APPROVED_DAYS_AGO: i64 = 1_200;

/// What questions are about …
const SUBJECTS: [&str; 16] = [
    "a queue",
    "an index",
    "a cache",
    "a migration",
    "a deadlock",
    "an upload",
    "a release",
    "a rollback",
    "a schedule",
    "a webhook",
    "a report",
    "an import",
    "a session",
    "a retry",
    "a timeout",
    "a replica",
];
/// … what happens to it …
const EVENTS: [&str; 16] = [
    "grows without end",
    "loses what it was given",
    "answers twice",
    "stops in the night",
    "is read too early",
    "costs ten times as much",
    "blocks everything behind it",
    "fails for one customer",
    "is never tested",
    "has no owner",
    "was copied from elsewhere",
    "hides its errors",
    "breaks on the first of the month",
    "is slow after a restart",
    "cannot be rolled back",
    "is trusted by nobody",
];
/// … and what is asked of it.
const TASKS: [&str; 16] = [
    "Find the cause",
    "Design it anew",
    "Explain it to a manager",
    "Write the test that shows it",
    "Say what you measure first",
    "Plan the next two weeks",
    "Decide what to leave alone",
    "Estimate what it costs",
    "Review the change that caused it",
    "Write the code that repairs it",
    "Compare two remedies",
    "Say whom you involve",
    "Describe how you did it before",
    "Draw what talks to what",
    "Name what you would not do",
    "Prepare the conversation",
];

impl Scale {
    /// The `n`th question, approved.
    pub(super) fn question(&self, n: u32) -> ApprovedQuestion {
        let (id, version_id): (QuestionId, QuestionVersionId) = (self.id(n), self.id(n));
        let at = days_ago(self.now, APPROVED_DAYS_AGO);
        let content = self.content_of_question(n);
        let question = Question {
            id,
            key: format!("question-{n}"),
            category: (*drawn(&AREAS, n)).to_owned(),
            tags: vec![format!("topic-{}", n % 40), format!("round-{}", n % 7)],
            owner_id: None,
            licence: None,
            source_url: None,
            created_at: at,
            latest_version_id: version_id,
            approved_version_id: Some(version_id),
            asked_count: 0,
            last_used_at: None,
            revision: 1,
        };
        let version = QuestionVersion {
            id: version_id,
            question_id: id,
            number: 1,
            status: QuestionVersionStatus::Approved,
            author_id: None,
            change_note: String::new(),
            body: content.body.clone(),
            created_at: at,
            approved_at: Some(at),
            retired_at: None,
        };
        ApprovedQuestion { question, written: WrittenVersion { version, content }, relations: Vec::new() }
    }

    fn content_of_question(&self, n: u32) -> QuestionContent {
        let (subject, event) = (drawn(&SUBJECTS, n), drawn(&EVENTS, n / 16));
        let (task, area) = (drawn(&TASKS, n / 256), drawn(&AREAS, n / 5));
        let skill = self.id(n * 7 % SKILLS);
        let digit = |many: u32| i32::try_from(n % many).unwrap_or(0);
        let line = |text: &str| vec![format!("{text} of {subject} in {area}")];
        QuestionContent {
            body: QuestionBody {
                kind: *drawn(QuestionKind::ALL, n),
                difficulty: 1 + digit(5),
                seniority_range: None,
                language: if n.is_multiple_of(10) { "de" } else { "en" }.to_owned(),
                expected_minutes: 5 + digit(20),
                stem: format!(
                    "In {area} team {n} has {subject} that {event}. {task}, and say why you begin there."
                ),
                context: None,
                follow_ups: line("What comes next"),
                expected_signals: line("Names the risk"),
                red_flags: line("Overlooks the state"),
                sample_answer: Some(format!("First look at {subject}: it {event}, and that has a cause.")),
            },
            skills: vec![QuestionSkill {
                skill,
                level: Level::ALL[(1 + n % 5) as usize],
                role: SkillRole::Primary,
                weight: 1,
            }],
            rubric: Rubric {
                criteria: vec![Criterion {
                    key: "cause".to_owned(),
                    title: "Finds the cause".to_owned(),
                    prompt: format!("Is the cause of {subject} named?"),
                    skill,
                    weight: 1,
                    required: true,
                    anchors: anchors(subject),
                }],
                weight_rationale: None,
            },
        }
    }
}

fn anchors(subject: &str) -> Vec<Anchor> {
    let told = [(1, "Guesses about"), (3, "Looks closely at"), (5, "Measures and then changes")];
    told.map(|(score, does)| Anchor { score, behaviour: format!("{does} {subject}") }).to_vec()
}

fn drawn<T>(words: &[T], n: u32) -> &T {
    &words[n as usize % words.len()]
}
