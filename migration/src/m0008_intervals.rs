//! Dated rows are history: an open one is closed once, and nothing else about it ever changes.

use crate::{
    change::{Change, Dialect},
    triggers::{Refusal, create, drop},
};

pub(crate) const CHANGE: Change = Change {
    name: "m0008_intervals",
    up: |dialect| each_refusal(dialect, create),
    down: |dialect| each_refusal(dialect, drop),
};

/// A table of dated rows, the columns fixed from the start, and the column that closes a row.
const DATED: [(&str, &str, &str); 4] = [
    ("team_parent", "id, team_id, parent_id, valid_from", "valid_to"),
    ("team_membership", "id, team_id, person_id, role, allocation_pct, valid_from", "valid_to"),
    ("person_role_profile", "id, person_id, role_profile_id, valid_from", "valid_to"),
    ("skill_merge", "id, from_id, into_id, at", "undone_at"),
];

fn each_refusal(dialect: Dialect, statement: fn(&Refusal<'_>, Dialect) -> String) -> String {
    let refuse = |table: &str, verb: &str, event: &str, when: &str, because: &str| {
        statement(&Refusal { name: &format!("{table}_{verb}"), event, table, when, because }, dialect)
    };
    let mut script = String::new();
    for (table, fixed, end) in DATED {
        let reopened = format!("OLD.{end} IS NOT NULL OR NEW.{end} IS NULL");
        script += &refuse(table, "keep", "DELETE", "", &format!("{table} keeps its history"));
        script += &refuse(
            table,
            "fixed",
            &format!("UPDATE OF {fixed}"),
            "",
            &format!("{table} can only be closed"),
        );
        script += &refuse(
            table,
            "close",
            &format!("UPDATE OF {end}"),
            &reopened,
            &format!("{table} is closed once"),
        );
    }
    script
}
