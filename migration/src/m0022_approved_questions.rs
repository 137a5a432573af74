//! What an approved question version holds never changes (invariant 7), and nobody approves alone what
//! they wrote (invariant 8).
//!
//! A version begins as DRAFT and moves only along its lifecycle; its content can be written only while
//! it is DRAFT. Reviews and leaks are only ever added; their words can be blanked.

use crate::{
    change::{Change, Dialect},
    triggers::{Refusal, create, drop},
};

pub(crate) const CHANGE: Change = Change { name: "m0022_approved_questions", up, down };

/// The tables whose rows belong to one version, and the column that says to which.
pub(crate) const CONTENT: [(&str, &str); 4] = [
    ("question_version_skill", "question_version_id"),
    ("rubric_criterion", "question_version_id"),
    ("question_fingerprint", "question_version_id"),
    ("rubric_anchor", "criterion_id"),
];

fn up(dialect: Dialect) -> String {
    let functions = if dialect == Dialect::Postgres { FUNCTIONS } else { "" };
    functions.to_owned() + &each_refusal(dialect, create)
}

fn down(dialect: Dialect) -> String {
    let functions = if dialect == Dialect::Postgres { DROP_FUNCTIONS } else { "" };
    each_refusal(dialect, drop) + functions
}

fn each_refusal(dialect: Dialect, statement: fn(&Refusal<'_>, Dialect) -> String) -> String {
    let mut script: String = FIXED.iter().map(|refusal| statement(refusal, dialect)).collect();
    let when = approved_alone(dialect);
    script += &statement(&Refusal { when: &when, ..ALONE }, dialect);
    for (table, parent) in CONTENT {
        script += &guard_content(table, parent, dialect, statement);
    }
    script
}

/// Refuses every write to a row of a version that is no longer DRAFT, and moving a row into one.
fn guard_content(
    table: &str,
    parent: &str,
    dialect: Dialect,
    statement: fn(&Refusal<'_>, Dialect) -> String,
) -> String {
    let events = [
        ("INSERT", "insert", vec!["NEW"]),
        ("UPDATE", "update", vec!["OLD", "NEW"]),
        ("DELETE", "delete", vec!["OLD"]),
    ];
    let refuse = |(event, verb, rows): (&str, &str, Vec<&str>)| {
        let when = rows.iter().map(|row| is_fixed(dialect, parent, row)).collect::<Vec<_>>().join(" OR ");
        let name = format!("{table}_{verb}_in_draft");
        let because = "the content of a question version changes only while it is DRAFT";
        statement(&Refusal { name: &name, event, table, when: &when, because }, dialect)
    };
    events.into_iter().map(refuse).collect()
}

/// The condition that the parent of a row is, or belongs to, a version that is no longer DRAFT.
pub(crate) fn is_fixed(dialect: Dialect, parent: &str, row: &str) -> String {
    match (dialect, parent) {
        (Dialect::Postgres, "criterion_id") => format!("rubric_criterion_is_fixed({row}.criterion_id)"),
        (Dialect::Postgres, _) => format!("question_version_is_fixed({row}.{parent})"),
        (Dialect::Sqlite, "criterion_id") => format!(
            "EXISTS (SELECT 1 FROM rubric_criterion c JOIN question_version v ON v.id = c.question_version_id \
             WHERE c.id = {row}.criterion_id AND v.status != 'DRAFT')"
        ),
        (Dialect::Sqlite, _) => {
            format!("EXISTS (SELECT 1 FROM question_version WHERE id = {row}.{parent} AND status != 'DRAFT')")
        }
    }
}

/// The condition that a version becomes APPROVED without the approval of anyone but its author. What has
/// no author was imported, and was reviewed where it comes from.
pub(crate) fn approved_alone(dialect: Dialect) -> String {
    let approved =
        "NEW.status = 'APPROVED' AND OLD.status != 'APPROVED' AND NEW.author_id IS NOT NULL AND NOT ";
    if dialect == Dialect::Postgres {
        return format!("{approved}question_version_is_reviewed(NEW.id, NEW.author_id)");
    }
    format!(
        "{approved}EXISTS (SELECT 1 FROM question_review r WHERE r.question_version_id = NEW.id \
         AND r.verdict = 'APPROVE' AND r.reviewer_id != NEW.author_id)"
    )
}

const ALONE: Refusal<'static> = Refusal {
    name: "question_version_two_people",
    event: "UPDATE OF status",
    table: "question_version",
    when: "",
    because: "a question version is approved by somebody other than its author",
};

const FIXED: [Refusal<'static>; 10] = [
    Refusal {
        name: "question_version_begins",
        event: "INSERT",
        table: "question_version",
        when: "NEW.status != 'DRAFT'",
        because: "a question version begins as DRAFT",
    },
    Refusal {
        name: "question_version_stays",
        event: "DELETE",
        table: "question_version",
        when: "",
        because: "a question version is never deleted",
    },
    Refusal {
        name: "question_version_identity",
        event: "UPDATE OF id, question_id, number, created_at",
        table: "question_version",
        when: "NEW.id != OLD.id OR NEW.question_id != OLD.question_id OR NEW.number != OLD.number \
               OR NEW.created_at != OLD.created_at",
        because: "a question version keeps its question and its number",
    },
    Refusal {
        name: "question_version_moves",
        event: "UPDATE OF status",
        table: "question_version",
        when: "NOT (OLD.status = NEW.status OR OLD.status = 'DRAFT' AND NEW.status = 'IN_REVIEW' \
               OR OLD.status = 'IN_REVIEW' AND NEW.status IN ('DRAFT', 'APPROVED') \
               OR OLD.status = 'APPROVED' AND NEW.status IN ('COMPROMISED', 'RETIRED') \
               OR OLD.status = 'COMPROMISED' AND NEW.status = 'RETIRED')",
        because: "a question version moves DRAFT, IN_REVIEW, APPROVED, COMPROMISED or RETIRED",
    },
    Refusal {
        name: "question_version_fixed",
        event: "UPDATE OF author_id, change_note, kind, difficulty, seniority_from, seniority_to, language, \
                expected_minutes, stem, context, follow_ups, expected_signals, red_flags, sample_answer, \
                weight_rationale, content_hash, words",
        table: "question_version",
        when: "OLD.status != 'DRAFT'",
        because: "the content of a question version changes only while it is DRAFT",
    },
    Refusal {
        name: "question_version_approved",
        event: "UPDATE OF approved_at",
        table: "question_version",
        when: "OLD.approved_at IS NOT NULL AND (NEW.approved_at IS NULL OR NEW.approved_at != OLD.approved_at)",
        because: "a question version is approved once",
    },
    Refusal {
        name: "question_review_keep",
        event: "DELETE",
        table: "question_review",
        when: "",
        because: "question_review is append-only",
    },
    Refusal {
        name: "question_review_fixed",
        event: "UPDATE OF id, question_version_id, reviewer_id, verdict, at",
        table: "question_review",
        when: "",
        because: "question_review is append-only",
    },
    Refusal {
        name: "leak_report_keep",
        event: "DELETE",
        table: "leak_report",
        when: "",
        because: "leak_report is append-only",
    },
    Refusal {
        name: "leak_report_fixed",
        event: "UPDATE OF id, question_version_id, reporter_id, at",
        table: "leak_report",
        when: "",
        because: "leak_report is append-only",
    },
];

/// A trigger of PostgreSQL cannot ask another table by itself; a function it calls can.
const FUNCTIONS: &str = "
CREATE FUNCTION question_version_is_fixed(uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM question_version WHERE id = $1 AND status != 'DRAFT')
$$;
CREATE FUNCTION rubric_criterion_is_fixed(uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM rubric_criterion c JOIN question_version v ON v.id = c.question_version_id
                   WHERE c.id = $1 AND v.status != 'DRAFT')
$$;
CREATE FUNCTION question_version_is_reviewed(uuid, uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM question_review
                   WHERE question_version_id = $1 AND verdict = 'APPROVE' AND reviewer_id != $2)
$$;
";

const DROP_FUNCTIONS: &str = "
DROP FUNCTION question_version_is_reviewed(uuid, uuid);
DROP FUNCTION rubric_criterion_is_fixed(uuid);
DROP FUNCTION question_version_is_fixed(uuid);
";
