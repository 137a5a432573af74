//! Teams, people, the tree of teams and who is in which.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0001_organisation",
    up: |dialect| dialect.render(TABLES),
    down: |_| drop_tables(&["team_membership", "team_parent", "person", "team"]),
};

const TABLES: &str = "
CREATE TABLE team (
    id <uuid> NOT NULL PRIMARY KEY,
    name <name> NOT NULL,
    name_key <key> NOT NULL,
    slug <slug> NOT NULL,
    status <one of ACTIVE ARCHIVED> NOT NULL
) <end>;
CREATE UNIQUE INDEX team_slug_key ON team (slug);
CREATE INDEX team_name_key_id_idx ON team (name_key, id);

CREATE TABLE team_parent (
    id <uuid> NOT NULL PRIMARY KEY,
    team_id <uuid> NOT NULL REFERENCES team (id),
    parent_id <uuid> NOT NULL REFERENCES team (id),
    valid_from <instant> NOT NULL,
    valid_to <instant>,
    CHECK (valid_to > valid_from),
    CHECK (team_id != parent_id)
) <end>;
-- One open row; that closed rows do not overlap is checked under the team's lock.
CREATE UNIQUE INDEX team_parent_team_id_key ON team_parent (team_id) WHERE valid_to IS NULL;
CREATE INDEX team_parent_team_id_valid_from_idx ON team_parent (team_id, valid_from);
CREATE INDEX team_parent_parent_id_idx ON team_parent (parent_id);

CREATE TABLE person (
    id <uuid> NOT NULL PRIMARY KEY,
    display_name <name> NOT NULL,
    display_name_key <key> NOT NULL,
    email text NOT NULL CHECK (status = 'ERASED' OR length(email) BETWEEN 3 AND 320),
    email_key text NOT NULL CHECK (status = 'ERASED' OR email_key != ''),
    title text CHECK (length(title) BETWEEN 1 AND 200),
    issuer text CHECK (length(issuer) BETWEEN 1 AND 2000),
    subject text CHECK (length(subject) BETWEEN 1 AND 2000),
    status <one of ACTIVE INACTIVE ERASED> NOT NULL,
    discoverability <one of TEAM ORGANISATION NOBODY> NOT NULL,
    CHECK ((issuer IS NULL) = (subject IS NULL)),
    CHECK (status != 'ERASED' OR (issuer IS NULL AND title IS NULL AND email = '' AND email_key = ''))
) <end>;
-- The erased have no address, and there can be many of them.
CREATE UNIQUE INDEX person_email_key_key ON person (email_key) WHERE status != 'ERASED';
CREATE UNIQUE INDEX person_issuer_subject_key ON person (issuer, subject);
CREATE INDEX person_display_name_key_id_idx ON person (display_name_key, id);

CREATE TABLE team_membership (
    id <uuid> NOT NULL PRIMARY KEY,
    team_id <uuid> NOT NULL REFERENCES team (id),
    person_id <uuid> NOT NULL REFERENCES person (id),
    role <one of LEAD MEMBER> NOT NULL,
    allocation_pct integer NOT NULL CHECK (allocation_pct BETWEEN 1 AND 100),
    valid_from <instant> NOT NULL,
    valid_to <instant>,
    CHECK (valid_to > valid_from)
) <end>;
CREATE UNIQUE INDEX team_membership_team_id_person_id_key ON team_membership (team_id, person_id)
    WHERE valid_to IS NULL;
CREATE INDEX team_membership_team_id_valid_from_idx ON team_membership (team_id, valid_from);
CREATE INDEX team_membership_person_id_valid_from_idx ON team_membership (person_id, valid_from);
";
