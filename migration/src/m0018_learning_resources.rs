//! What skills can be learned from.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0018_learning_resources",
    up: |dialect| dialect.render(TABLE),
    down: |_| drop_tables(&["learning_resource"]),
};

const TABLE: &str = "
CREATE TABLE learning_resource (
    id <uuid> NOT NULL PRIMARY KEY,
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    level integer NOT NULL CHECK (level BETWEEN 1 AND 5),
    title <name> NOT NULL,
    title_key <key> NOT NULL,
    url text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
    licence text NOT NULL CHECK (length(licence) BETWEEN 1 AND 200),
    language text CHECK (length(language) BETWEEN 2 AND 35),
    minutes integer CHECK (minutes BETWEEN 1 AND 100000),
    status <one of ACTIVE ARCHIVED> NOT NULL
) <end>;
-- One offer of an address a skill.
CREATE UNIQUE INDEX learning_resource_skill_id_url_key ON learning_resource (skill_id, url)
    WHERE status = 'ACTIVE';
CREATE INDEX learning_resource_title_key_id_idx ON learning_resource (title_key, id);
CREATE INDEX learning_resource_skill_id_level_idx ON learning_resource (skill_id, level);
";
