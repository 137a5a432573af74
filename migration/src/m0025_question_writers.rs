//! Who wrote to a version of a question, all of them: none of them approves it (invariant 8). Until now a
//! version knew who wrote to it last, and pressing "save" was enough to have somebody else approve alone.
//!
//! Writers are added while the version is DRAFT, and never taken back.

use crate::{
    change::{Change, Dialect, drop_tables},
    m0022_approved_questions::approved_alone,
    triggers::{Refusal, create, drop},
};

pub(crate) const CHANGE: Change = Change { name: "m0025_question_writers", up, down };

const TABLE: &str = "
CREATE TABLE question_version_writer (
    question_version_id <uuid> NOT NULL REFERENCES question_version (id),
    person_id <uuid> NOT NULL REFERENCES person (id),
    at <instant> NOT NULL,
    PRIMARY KEY (question_version_id, person_id)
) <end>;
CREATE INDEX question_version_writer_person_id_idx ON question_version_writer (person_id);
INSERT INTO question_version_writer (question_version_id, person_id, at)
    SELECT id, author_id, created_at FROM question_version WHERE author_id IS NOT NULL;
";

fn up(dialect: Dialect) -> String {
    let function = if dialect == Dialect::Postgres { function() } else { String::new() };
    let mut script = dialect.render(TABLE) + &function + &drop(&two_people("", ""), dialect);
    for refusal in [&kept("UPDATE", KEPT[0]), &kept("DELETE", KEPT[1]), &begun(&is_fixed(dialect))] {
        script += &create(refusal, dialect);
    }
    script + &create(&two_people(&unapproved(dialect), BY_ANOTHER), dialect)
}

fn down(dialect: Dialect) -> String {
    let mut script = drop(&two_people("", ""), dialect);
    for refusal in [&kept("UPDATE", KEPT[0]), &kept("DELETE", KEPT[1]), &begun("")] {
        script += &drop(refusal, dialect);
    }
    script += if dialect == Dialect::Postgres { DROP_FUNCTION } else { "" };
    script += &drop_tables(&["question_version_writer"]);
    script + &create(&two_people(&approved_alone(dialect), BY_NO_AUTHOR), dialect)
}

const BY_ANOTHER: &str = "a question version is approved by somebody who did not write to it";
const KEPT: [&str; 2] = ["question_version_writer_fixed", "question_version_writer_keep"];

fn kept<'a>(event: &'a str, name: &'a str) -> Refusal<'a> {
    let because = "who wrote to a question version stands";
    Refusal { name, event, table: "question_version_writer", when: "", because }
}

fn begun(when: &str) -> Refusal<'_> {
    Refusal {
        name: "question_version_writer_in_draft",
        event: "INSERT",
        table: "question_version_writer",
        when,
        because: "a question version is written to only while it is DRAFT",
    }
}

fn is_fixed(dialect: Dialect) -> String {
    if dialect == Dialect::Postgres {
        return "question_version_is_fixed(NEW.question_version_id)".to_owned();
    }
    "EXISTS (SELECT 1 FROM question_version WHERE id = NEW.question_version_id AND status != 'DRAFT')"
        .to_owned()
}

fn two_people<'a>(when: &'a str, because: &'a str) -> Refusal<'a> {
    let (name, event, table) = ("question_version_two_people", "UPDATE OF status", "question_version");
    Refusal { name, event, table, when, because }
}

/// The condition that a version becomes APPROVED without the approval of anyone who wrote nothing of it. What
/// nobody wrote was imported, and was reviewed where it comes from. The author counts as a writer even where
/// a server that knows no writers stored the version.
fn unapproved(dialect: Dialect) -> String {
    let approved = "NEW.status = 'APPROVED' AND OLD.status != 'APPROVED' AND NOT ";
    if dialect == Dialect::Postgres {
        return format!("{approved}question_version_is_approved_by_another(NEW.id, NEW.author_id)");
    }
    let by_another = BY_OTHERS.replace("$1", "NEW.id").replace("$2", "NEW.author_id");
    format!("{approved}({by_another})")
}

const BY_OTHERS: &str = "\
    ($2 IS NULL AND NOT EXISTS (SELECT 1 FROM question_version_writer WHERE question_version_id = $1)) \
    OR EXISTS (SELECT 1 FROM question_review r WHERE r.question_version_id = $1 AND r.verdict = 'APPROVE' \
               AND ($2 IS NULL OR r.reviewer_id != $2) \
               AND NOT EXISTS (SELECT 1 FROM question_version_writer w \
                               WHERE w.question_version_id = $1 AND w.person_id = r.reviewer_id))";

/// A trigger of PostgreSQL cannot ask another table by itself; a function it calls can.
fn function() -> String {
    format!(
        "CREATE FUNCTION question_version_is_approved_by_another(uuid, uuid) RETURNS boolean LANGUAGE sql STABLE \
         AS $$ SELECT {BY_OTHERS} $$;\n"
    )
}

const DROP_FUNCTION: &str = "
DROP FUNCTION question_version_is_approved_by_another(uuid, uuid);
";

const BY_NO_AUTHOR: &str = "a question version is approved by somebody other than its author";
