//! What was measured on the way to a goal: only ever added to. Erasure may blank its words.

use crate::{
    change::{Change, Dialect, drop_tables},
    triggers::{Refusal, create},
};

pub(crate) const CHANGE: Change =
    Change { name: "m0017_goal_check_ins", up, down: |_| drop_tables(&["goal_check_in"]) };

const TABLE: &str = "
CREATE TABLE goal_check_in (
    id <uuid> NOT NULL PRIMARY KEY,
    goal_id <uuid> NOT NULL REFERENCES development_goal (id),
    seq integer NOT NULL CHECK (seq >= 1),
    at <instant> NOT NULL,
    value <bigint> NOT NULL,
    note text CHECK (length(note) <= 4000),
    by_id <uuid> NOT NULL REFERENCES person (id)
) <end>;
CREATE UNIQUE INDEX goal_check_in_goal_id_seq_key ON goal_check_in (goal_id, seq);
";

const KEEP_ALL: &str = "
CREATE TRIGGER goal_check_in_keep_all BEFORE TRUNCATE ON goal_check_in FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('goal_check_in is append-only');
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON goal_check_in FROM PUBLIC;
REVOKE DELETE, TRUNCATE ON goal_check_in FROM CURRENT_USER;
";

fn up(dialect: Dialect) -> String {
    let mut script = dialect.render(TABLE);
    if dialect == Dialect::Postgres {
        script += KEEP_ALL;
    }
    script + &REFUSALS.iter().map(|refusal| create(refusal, dialect)).collect::<String>()
}

const REFUSALS: [Refusal<'static>; 3] = [
    Refusal {
        name: "goal_check_in_keep",
        event: "DELETE",
        table: "goal_check_in",
        when: "",
        because: "goal_check_in is append-only",
    },
    Refusal {
        name: "goal_check_in_fixed",
        event: "UPDATE OF id, goal_id, seq, at, value, by_id",
        table: "goal_check_in",
        when: "",
        because: "goal_check_in is append-only",
    },
    Refusal {
        name: "goal_check_in_words",
        event: "UPDATE OF note",
        table: "goal_check_in",
        when: "OLD.note IS NULL OR NEW.note IS NULL OR NEW.note != ''",
        because: "the note of a check-in can only be blanked",
    },
];
