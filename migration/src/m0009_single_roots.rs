//! The roots there is one of: the skill catalogue and the shape of the team tree. They exist before the
//! first write, so that the first writers find something to lock.

use crate::change::{Change, Dialect};

pub(crate) const CHANGE: Change = Change {
    name: "m0009_single_roots",
    up: |dialect| {
        let nil = match dialect {
            Dialect::Postgres => "'00000000-0000-0000-0000-000000000000'",
            Dialect::Sqlite => "zeroblob(16)",
        };
        format!(
            "INSERT INTO revision (aggregate, id, value) VALUES ('SKILL_CATALOGUE', {nil}, 1), ('TEAM_TREE', {nil}, 1);\n"
        )
    },
    down: |_| "DELETE FROM revision WHERE aggregate IN ('SKILL_CATALOGUE', 'TEAM_TREE');\n".to_owned(),
};
