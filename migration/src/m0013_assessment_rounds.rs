//! Assessment rounds: a team asked to be assessed in some skills by a day. How far a round has come is never
//! stored: it is what was observed since it was opened.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0013_assessment_rounds",
    up: |dialect| dialect.render(TABLES),
    down: |_| drop_tables(&["assessment_round_skill", "assessment_round"]),
};

const TABLES: &str = "
CREATE TABLE assessment_round (
    id <uuid> NOT NULL PRIMARY KEY,
    team_id <uuid> NOT NULL REFERENCES team (id),
    name <name> NOT NULL,
    opened_at <instant> NOT NULL,
    -- Who opened it; absent for a program that acts for nobody.
    opened_by_id <uuid> REFERENCES person (id),
    due_at <instant> NOT NULL,
    closed_at <instant>,
    closed_by_id <uuid> REFERENCES person (id),
    CHECK (due_at > opened_at),
    CHECK (closed_at > opened_at),
    CHECK (closed_by_id IS NULL OR closed_at IS NOT NULL)
) <end>;
CREATE INDEX assessment_round_team_id_due_at_id_idx ON assessment_round (team_id, due_at, id);
CREATE INDEX assessment_round_opened_by_id_idx ON assessment_round (opened_by_id)
    WHERE opened_by_id IS NOT NULL;
CREATE INDEX assessment_round_closed_by_id_idx ON assessment_round (closed_by_id)
    WHERE closed_by_id IS NOT NULL;

CREATE TABLE assessment_round_skill (
    round_id <uuid> NOT NULL REFERENCES assessment_round (id),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    position integer NOT NULL CHECK (position >= 0),
    PRIMARY KEY (round_id, skill_id)
) <end, by primary key>;
CREATE INDEX assessment_round_skill_skill_id_idx ON assessment_round_skill (skill_id);
";
