//! What a team is asked to be able to do: a level of a skill, and how many of its people have to have it.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0014_skill_targets",
    up: |dialect| dialect.render(TABLES),
    down: |_| drop_tables(&["team_skill_target"]),
};

const TABLES: &str = "
CREATE TABLE team_skill_target (
    team_id <uuid> NOT NULL REFERENCES team (id),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    level <level> NOT NULL CHECK (level >= 1),
    head_count integer NOT NULL CHECK (head_count BETWEEN 1 AND 1000),
    PRIMARY KEY (team_id, skill_id)
) <end, by primary key>;
CREATE INDEX team_skill_target_skill_id_idx ON team_skill_target (skill_id);
";
