//! Sets of questions: an order of pinned versions. What a published set holds never changes.

use crate::{
    change::{Change, Dialect, drop_tables},
    triggers::{Refusal, create, drop},
};

pub(crate) const CHANGE: Change = Change { name: "m0024_question_sets", up, down };

fn up(dialect: Dialect) -> String {
    let functions = if dialect == Dialect::Postgres { FUNCTIONS } else { "" };
    dialect.render(TABLES) + functions + &each_refusal(dialect, create)
}

fn down(dialect: Dialect) -> String {
    let functions = if dialect == Dialect::Postgres { DROP_FUNCTIONS } else { "" };
    each_refusal(dialect, drop) + &drop_tables(&["question_set_item", "question_set"]) + functions
}

const TABLES: &str = "
CREATE TABLE question_set (
    id <uuid> NOT NULL PRIMARY KEY,
    name <name> NOT NULL,
    name_key <key> NOT NULL,
    purpose <one of TEMPLATE INTERVIEW> NOT NULL,
    status <one of DRAFT PUBLISHED ARCHIVED> NOT NULL,
    role_profile_version_id <uuid> REFERENCES role_profile_version (id),
    author_id <uuid> REFERENCES person (id),
    created_at <instant> NOT NULL,
    published_at <instant>,
    archived_at <instant>,
    CHECK ((published_at IS NOT NULL) = (status IN ('PUBLISHED', 'ARCHIVED'))),
    CHECK ((archived_at IS NOT NULL) = (status = 'ARCHIVED'))
) <end>;
CREATE INDEX question_set_name_key_id_idx ON question_set (name_key, id);
CREATE INDEX question_set_role_profile_version_id_idx ON question_set (role_profile_version_id)
    WHERE role_profile_version_id IS NOT NULL;

CREATE TABLE question_set_item (
    question_set_id <uuid> NOT NULL REFERENCES question_set (id),
    position integer NOT NULL CHECK (position >= 0),
    section text CHECK (length(section) BETWEEN 1 AND 200),
    question_version_id <uuid> NOT NULL REFERENCES question_version (id),
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 180),
    required <flag> NOT NULL,
    PRIMARY KEY (question_set_id, position)
) <end>;
CREATE UNIQUE INDEX question_set_item_question_set_id_question_version_id_key
    ON question_set_item (question_set_id, question_version_id);
CREATE INDEX question_set_item_question_version_id_idx ON question_set_item (question_version_id);
";

fn each_refusal(dialect: Dialect, statement: fn(&Refusal<'_>, Dialect) -> String) -> String {
    let mut script: String = SET.iter().map(|refusal| statement(refusal, dialect)).collect();
    let because = "what a question set holds changes only while it is DRAFT";
    let table = "question_set_item";
    for (event, name, rows) in [
        ("INSERT", "question_set_item_insert_in_draft", vec!["NEW"]),
        ("UPDATE", "question_set_item_update_in_draft", vec!["OLD", "NEW"]),
        ("DELETE", "question_set_item_delete_in_draft", vec!["OLD"]),
    ] {
        let when = rows.iter().map(|row| is_fixed(dialect, row)).collect::<Vec<_>>().join(" OR ");
        script += &statement(&Refusal { name, event, table, when: &when, because }, dialect);
    }
    let when = not_approved(dialect);
    let because = "only an APPROVED question version enters a set";
    let name = "question_set_item_is_approved";
    script + &statement(&Refusal { name, event: "INSERT", table, when: &when, because }, dialect)
}

pub(crate) fn is_fixed(dialect: Dialect, row: &str) -> String {
    match dialect {
        Dialect::Postgres => format!("question_set_is_fixed({row}.question_set_id)"),
        Dialect::Sqlite => {
            format!(
                "EXISTS (SELECT 1 FROM question_set WHERE id = {row}.question_set_id AND status != 'DRAFT')"
            )
        }
    }
}

/// Invariant 8. A version that is withdrawn later stays where it is pinned.
fn not_approved(dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => "NOT question_version_is_approved(NEW.question_version_id)".to_owned(),
        Dialect::Sqlite => "NOT EXISTS (SELECT 1 FROM question_version \
                            WHERE id = NEW.question_version_id AND status = 'APPROVED')"
            .to_owned(),
    }
}

const SET: [Refusal<'static>; 3] = [
    Refusal {
        name: "question_set_begins",
        event: "INSERT",
        table: "question_set",
        when: "NEW.status != 'DRAFT'",
        because: "a question set begins as DRAFT",
    },
    Refusal {
        name: "question_set_moves",
        event: "UPDATE OF status",
        table: "question_set",
        when: "NOT (OLD.status = NEW.status OR OLD.status = 'DRAFT' AND NEW.status = 'PUBLISHED' \
               OR OLD.status = 'PUBLISHED' AND NEW.status = 'ARCHIVED')",
        because: "a question set moves DRAFT, PUBLISHED, ARCHIVED",
    },
    Refusal {
        name: "question_set_fixed",
        event: "UPDATE OF id, name, purpose, role_profile_version_id, author_id, created_at",
        table: "question_set",
        when: "OLD.status != 'DRAFT'",
        because: "a published question set never changes",
    },
];

const FUNCTIONS: &str = "
CREATE FUNCTION question_set_is_fixed(uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM question_set WHERE id = $1 AND status != 'DRAFT')
$$;
CREATE FUNCTION question_version_is_approved(uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM question_version WHERE id = $1 AND status = 'APPROVED')
$$;
";

const DROP_FUNCTIONS: &str = "
DROP FUNCTION question_version_is_approved(uuid);
DROP FUNCTION question_set_is_fixed(uuid);
";
