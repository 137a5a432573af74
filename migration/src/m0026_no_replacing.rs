//! What stays is not replaced, and not emptied away. On SQLite `INSERT OR REPLACE` and `UPDATE OR REPLACE`
//! delete the row that is in their way, and no trigger for DELETE hears of it; on PostgreSQL TRUNCATE does.
//! A published question set is never deleted either, and keeps the instants of its life.

use crate::{
    change::{Change, Dialect},
    m0007_published_versions as profiles, m0022_approved_questions as questions, m0024_question_sets as sets,
    triggers::{Refusal, create, drop},
};

pub(crate) const CHANGE: Change = Change { name: "m0026_no_replacing", up, down };

/// A unique key of a table, by which another row could be in the way.
struct Key {
    /// Its columns.
    columns: &'static [&'static str],
    /// Of which rows it is the key, over `{row}`; of all when empty.
    among: &'static str,
}

/// The number by which SQLite finds a row is a key as well, though no table writes it down.
const PLACE: Key = Key { columns: &["rowid"], among: "" };
const ID: Key = Key { columns: &["id"], among: "" };
const OPEN: &str = "{row}.valid_to IS NULL";

/// Tables no row of which is ever deleted, with their keys.
const KEPT: [(&str, &[Key]); 16] = [
    ("skill_assessment", &[ID]),
    ("skill_assessment_status", &[ID, Key { columns: &["assessment_id", "seq"], among: "" }]),
    ("skill_assessment_note", &[Key { columns: &["assessment_id"], among: "" }]),
    ("skill_assessment_response", &[ID]),
    ("audit_event", &[ID]),
    ("access_event", &[ID]),
    ("goal_check_in", &[ID, Key { columns: &["goal_id", "seq"], among: "" }]),
    ("requirement_exemption", &[ID]),
    ("team_parent", &[ID, Key { columns: &["team_id"], among: OPEN }]),
    ("team_membership", &[ID, Key { columns: &["team_id", "person_id"], among: OPEN }]),
    ("person_role_profile", &[ID, Key { columns: &["person_id", "role_profile_id"], among: OPEN }]),
    ("skill_merge", &[ID, Key { columns: &["from_id"], among: "{row}.undone_at IS NULL" }]),
    (
        "question_version",
        &[
            ID,
            Key { columns: &["question_id", "number"], among: "" },
            Key { columns: &["question_id"], among: "{row}.status = 'APPROVED'" },
            Key { columns: &["question_id"], among: "{row}.status IN ('DRAFT', 'IN_REVIEW')" },
        ],
    ),
    // Whoever writes to a draft again is named again (ON CONFLICT DO NOTHING), with nothing in the way but that.
    ("question_version_writer", &[]),
    ("question_review", &[ID]),
    ("leak_report", &[ID]),
];

/// Tables whose rows stay once they are no longer DRAFT.
const PUBLISHED: [(&str, &[Key]); 2] = [
    (
        "role_profile_version",
        &[
            ID,
            Key { columns: &["role_profile_id", "number"], among: "" },
            Key { columns: &["role_profile_id", "status"], among: "{row}.status = 'PUBLISHED'" },
        ],
    ),
    ("question_set", &[ID]),
];

/// Tables that PostgreSQL already keeps from TRUNCATE.
const KEPT_WHOLE: [&str; 7] = [
    "skill_assessment",
    "skill_assessment_status",
    "skill_assessment_note",
    "skill_assessment_response",
    "audit_event",
    "access_event",
    "goal_check_in",
];

/// What a version or a set holds: the table, the column that says of which, and which of its rows stay.
/// Every other key of theirs begins with that column, and whatever comes to a published version is refused.
fn contents() -> impl Iterator<Item = (&'static str, String)> {
    let of = |is_fixed: fn(Dialect, &str, &str) -> String, table, parent| {
        (table, is_fixed(Dialect::Sqlite, parent, "held"))
    };
    let of_profiles = profiles::CONTENT
        .into_iter()
        .map(move |table| of(profiles::is_fixed, table, "role_profile_version_id"));
    let of_questions =
        questions::CONTENT.into_iter().map(move |(table, parent)| of(questions::is_fixed, table, parent));
    of_profiles
        .chain([("challenge_skill", profiles::is_fixed(Dialect::Sqlite, "challenge_id", "held"))])
        .chain(of_questions)
        .chain([("question_set_item", sets::is_fixed(Dialect::Sqlite, "held"))])
}

/// The tables of content whose rows have an id of their own.
fn has_id(table: &str) -> bool {
    table == "rubric_criterion" || profiles::CONTENT.contains(&table)
}

fn up(dialect: Dialect) -> String {
    let keep = match dialect {
        Dialect::Sqlite => each_replacing(create),
        Dialect::Postgres => each_emptying(|table| {
            format!(
                "CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT \
                 EXECUTE FUNCTION refuse_change('{table} is never emptied');\n"
            )
        }),
    };
    SETS.iter().map(|refusal| create(refusal, dialect)).collect::<String>() + &keep
}

fn down(dialect: Dialect) -> String {
    let keep = match dialect {
        Dialect::Sqlite => each_replacing(drop),
        Dialect::Postgres => each_emptying(|table| format!("DROP TRIGGER {table}_keep_all ON {table};\n")),
    };
    keep + &SETS.iter().map(|refusal| drop(refusal, dialect)).collect::<String>()
}

fn each_emptying(statement: fn(&str) -> String) -> String {
    let held = KEPT.into_iter().chain(PUBLISHED).map(|(table, _)| table);
    let all = held.chain(contents().map(|(table, _)| table));
    all.filter(|table| !KEPT_WHOLE.contains(table)).map(statement).collect()
}

fn each_replacing(statement: fn(&Refusal<'_>, Dialect) -> String) -> String {
    let mut script = String::new();
    let tables =
        KEPT.iter().map(|entry| (entry, "")).chain(PUBLISHED.iter().map(|entry| (entry, PAST_DRAFT)));
    for ((table, keys), stays) in tables {
        for (at, key) in keys.iter().chain([&PLACE]).enumerate() {
            script += &guard(table, at, key, stays, statement);
        }
    }
    for (table, stays) in contents() {
        // Rows of a table without numbers are found by the primary key alone.
        let numbered = table != "question_fingerprint";
        let keys = [(has_id(table), ID), (numbered, PLACE)];
        for (at, (_, key)) in keys.iter().filter(|(has, _)| *has).enumerate() {
            script += &guard(table, at, key, &stays, statement);
        }
    }
    script
}

const PAST_DRAFT: &str = "held.status != 'DRAFT'";

/// Refuses a row that would have another one, which stays, out of the way. It says so as a unique key does.
fn guard(
    table: &str,
    at: usize,
    key: &Key,
    stays: &str,
    statement: fn(&Refusal<'_>, Dialect) -> String,
) -> String {
    let columns = key.columns.iter().map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ");
    let because = format!("{table} is never replaced: UNIQUE constraint failed: {columns}");
    let among = |row: &str| key.among.replace("{row}", row);
    let same = key.columns.iter().map(|column| format!("held.{column} = NEW.{column}"));
    let same = same.chain([among("held"), among("NEW"), stays.to_owned()]).filter(|said| !said.is_empty());
    let same = same.collect::<Vec<_>>().join(" AND ");
    let inserted = format!("EXISTS (SELECT 1 FROM {table} held WHERE {same})");
    let updated = format!("EXISTS (SELECT 1 FROM {table} held WHERE {same} AND held.rowid != OLD.rowid)");
    let refuse = |verb: &str, event: &str, when: &str| {
        let name = format!("{table}_{verb}_beside_{at}");
        statement(&Refusal { name: &name, event, table, when, because: &because }, Dialect::Sqlite)
    };
    refuse("insert", "INSERT", &inserted) + &refuse("update", "UPDATE", &updated)
}

const SETS: [Refusal<'static>; 2] = [
    Refusal {
        name: "question_set_stays",
        event: "DELETE",
        table: "question_set",
        when: "OLD.status != 'DRAFT'",
        because: "a question set that was published is never deleted",
    },
    Refusal {
        name: "question_set_published",
        event: "UPDATE OF name_key, published_at, archived_at",
        table: "question_set",
        when: "OLD.status != 'DRAFT' AND (NEW.name_key != OLD.name_key OR NEW.published_at != OLD.published_at) \
               OR OLD.status = 'ARCHIVED' AND NEW.archived_at != OLD.archived_at",
        because: "a published question set never changes",
    },
];
