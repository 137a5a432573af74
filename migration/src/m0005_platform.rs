//! What keeps writes safe and accountable: revisions, audit, idempotency, and settings of the database.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0005_platform",
    up: |dialect| dialect.render(TABLES),
    down: |_| drop_tables(&["setting", "idempotency_record", "audit_event", "revision"]),
};

/// Kinds of aggregate, actions and mutations grow with every capability, so that a list of them in a
/// check would have to be rewritten each time: only their shape is held. Audit rows reference nothing:
/// they outlive what they tell of.
const TABLES: &str = "
CREATE TABLE revision (
    aggregate <key> NOT NULL CHECK (aggregate = upper(aggregate)),
    id <uuid> NOT NULL,
    value <bigint> NOT NULL CHECK (value >= 1),
    PRIMARY KEY (aggregate, id)
) <end, by primary key>;

CREATE TABLE audit_event (
    id <uuid> NOT NULL PRIMARY KEY,
    actor_digest text CHECK (length(actor_digest) BETWEEN 1 AND 128),
    actor_id <uuid>,
    on_behalf_of <uuid>,
    action text NOT NULL CHECK (length(action) BETWEEN 1 AND 100),
    aggregate text NOT NULL CHECK (aggregate = upper(aggregate) AND length(aggregate) BETWEEN 1 AND 100),
    entity_id <uuid> NOT NULL,
    digest text CHECK (length(digest) BETWEEN 1 AND 128),
    request_id text CHECK (length(request_id) BETWEEN 1 AND 200),
    at <instant> NOT NULL
) <end>;
CREATE INDEX audit_event_entity_id_at_idx ON audit_event (entity_id, at);
CREATE INDEX audit_event_at_id_idx ON audit_event (at, id);
CREATE INDEX audit_event_actor_id_at_idx ON audit_event (actor_id, at) WHERE actor_id IS NOT NULL;

CREATE TABLE idempotency_record (
    subject_digest text NOT NULL CHECK (length(subject_digest) BETWEEN 1 AND 128),
    mutation text NOT NULL CHECK (length(mutation) BETWEEN 1 AND 100),
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    input_digest text NOT NULL CHECK (length(input_digest) BETWEEN 1 AND 128),
    entity_ids <list> NOT NULL,
    outcome text NOT NULL CHECK (length(outcome) BETWEEN 1 AND 20000),
    at <instant> NOT NULL,
    PRIMARY KEY (subject_digest, mutation, key)
) <end>;
CREATE INDEX idempotency_record_at_idx ON idempotency_record (at);

CREATE TABLE setting (
    key <key> NOT NULL PRIMARY KEY,
    value text NOT NULL
) <end>;
";
