//! What a published role profile version holds never changes (invariant 7).
//!
//! A version begins as DRAFT and moves only DRAFT → PUBLISHED → SUPERSEDED or ARCHIVED; its content can
//! be written only while it is DRAFT.

use crate::{
    change::{Change, Dialect},
    triggers::{Refusal, create, drop},
};

pub(crate) const CHANGE: Change = Change { name: "m0007_published_versions", up, down };

/// The tables whose rows belong to one version.
pub(crate) const CONTENT: [&str; 7] = [
    "responsibility",
    "role_skill_requirement",
    "qualification",
    "practice",
    "challenge",
    "market_insight",
    "salary_benchmark",
];

fn up(dialect: Dialect) -> String {
    let functions = if dialect == Dialect::Postgres { IS_FIXED } else { "" };
    functions.to_owned() + &each_refusal(dialect, create)
}

fn down(dialect: Dialect) -> String {
    let functions = if dialect == Dialect::Postgres { DROP_IS_FIXED } else { "" };
    each_refusal(dialect, drop) + functions
}

fn each_refusal(dialect: Dialect, statement: fn(&Refusal<'_>, Dialect) -> String) -> String {
    let mut script = VERSION.iter().map(|refusal| statement(refusal, dialect)).collect::<String>();
    for table in CONTENT {
        script += &guard_content(table, "role_profile_version_id", dialect, statement);
    }
    script + &guard_content("challenge_skill", "challenge_id", dialect, statement)
}

/// The triggers of one table of content, for a later change that makes the table anew.
pub(crate) fn guard(table: &str, dialect: Dialect) -> String {
    guard_content(table, "role_profile_version_id", dialect, create)
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
        let because = "the content of a role profile version changes only while it is DRAFT";
        statement(&Refusal { name: &name, event, table, when: &when, because }, dialect)
    };
    events.into_iter().map(refuse).collect()
}

/// The condition that the parent of a row is, or belongs to, a version that is no longer DRAFT.
pub(crate) fn is_fixed(dialect: Dialect, parent: &str, row: &str) -> String {
    match (dialect, parent) {
        (Dialect::Postgres, "challenge_id") => format!("challenge_is_fixed({row}.challenge_id)"),
        (Dialect::Postgres, _) => format!("role_profile_version_is_fixed({row}.{parent})"),
        (Dialect::Sqlite, "challenge_id") => format!(
            "EXISTS (SELECT 1 FROM challenge c JOIN role_profile_version v ON v.id = c.role_profile_version_id \
             WHERE c.id = {row}.challenge_id AND v.status != 'DRAFT')"
        ),
        (Dialect::Sqlite, _) => format!(
            "EXISTS (SELECT 1 FROM role_profile_version WHERE id = {row}.{parent} AND status != 'DRAFT')"
        ),
    }
}

const VERSION: [Refusal<'static>; 5] = [
    Refusal {
        name: "role_profile_version_begins",
        event: "INSERT",
        table: "role_profile_version",
        when: "NEW.status != 'DRAFT'",
        because: "a role profile version begins as DRAFT",
    },
    Refusal {
        name: "role_profile_version_stays",
        event: "DELETE",
        table: "role_profile_version",
        when: "OLD.status != 'DRAFT'",
        because: "a role profile version that was published is never deleted",
    },
    Refusal {
        name: "role_profile_version_identity",
        event: "UPDATE OF id, role_profile_id, number",
        table: "role_profile_version",
        when: "NEW.id != OLD.id OR NEW.role_profile_id != OLD.role_profile_id OR NEW.number != OLD.number",
        because: "a role profile version keeps its profile and its number",
    },
    Refusal {
        name: "role_profile_version_moves",
        event: "UPDATE",
        table: "role_profile_version",
        when: "NOT (OLD.status = 'DRAFT' AND NEW.status IN ('DRAFT', 'PUBLISHED') \
               OR OLD.status = 'PUBLISHED' AND NEW.status IN ('SUPERSEDED', 'ARCHIVED'))",
        because: "a role profile version moves DRAFT, PUBLISHED, then SUPERSEDED or ARCHIVED",
    },
    Refusal {
        name: "role_profile_version_published",
        event: "UPDATE",
        table: "role_profile_version",
        when: "OLD.status != 'DRAFT' AND (NEW.summary != OLD.summary OR NEW.published_at != OLD.published_at)",
        because: "a published role profile version never changes",
    },
];

/// A trigger of PostgreSQL cannot ask another table by itself; a function it calls can.
const IS_FIXED: &str = "
CREATE FUNCTION role_profile_version_is_fixed(uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM role_profile_version WHERE id = $1 AND status != 'DRAFT')
$$;
CREATE FUNCTION challenge_is_fixed(uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM challenge c JOIN role_profile_version v ON v.id = c.role_profile_version_id
                   WHERE c.id = $1 AND v.status != 'DRAFT')
$$;
";

const DROP_IS_FIXED: &str = "
DROP FUNCTION challenge_is_fixed(uuid);
DROP FUNCTION role_profile_version_is_fixed(uuid);
";
