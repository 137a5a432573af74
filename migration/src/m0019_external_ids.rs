//! What people and teams are called in the systems that imports come from.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0019_external_ids",
    up: |dialect| dialect.render(TABLES),
    down: |_| drop_tables(&["team_external_id", "person_external_id"]),
};

/// Tables of their own: most organisations have none, and erasing a person takes their row away.
const TABLES: &str = "
CREATE TABLE person_external_id (
    person_id <uuid> NOT NULL PRIMARY KEY REFERENCES person (id),
    external_id <key> NOT NULL CHECK (length(external_id) <= 200)
) <end>;
CREATE UNIQUE INDEX person_external_id_external_id_key ON person_external_id (external_id);

CREATE TABLE team_external_id (
    team_id <uuid> NOT NULL PRIMARY KEY REFERENCES team (id),
    external_id <key> NOT NULL CHECK (length(external_id) <= 200)
) <end>;
CREATE UNIQUE INDEX team_external_id_external_id_key ON team_external_id (external_id);
";
