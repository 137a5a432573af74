//! Who has read what not everyone may: only ever added to.

use crate::{
    change::{Change, Dialect, drop_tables},
    triggers::{Refusal, create, drop},
};

pub(crate) const CHANGE: Change = Change { name: "m0011_access_events", up, down };

/// As audit rows, these reference nothing and hold no name: they outlive what they tell of.
const TABLE: &str = "
CREATE TABLE access_event (
    id <uuid> NOT NULL PRIMARY KEY,
    actor_digest text NOT NULL CHECK (length(actor_digest) BETWEEN 1 AND 128),
    actor_id <uuid>,
    on_behalf_of <uuid>,
    subject text NOT NULL CHECK (subject = upper(subject) AND length(subject) BETWEEN 1 AND 100),
    entity_id <uuid> NOT NULL,
    request_id text NOT NULL CHECK (length(request_id) BETWEEN 1 AND 200),
    at <instant> NOT NULL
) <end>;
CREATE INDEX access_event_entity_id_at_idx ON access_event (entity_id, at);
CREATE INDEX access_event_at_id_idx ON access_event (at, id);
CREATE INDEX access_event_actor_id_at_idx ON access_event (actor_id, at) WHERE actor_id IS NOT NULL;
";

const REFUSALS: [Refusal<'static>; 2] = [
    Refusal {
        name: "access_event_keep",
        event: "DELETE",
        table: "access_event",
        when: "",
        because: "access_event is append-only",
    },
    Refusal {
        name: "access_event_fixed",
        event: "UPDATE",
        table: "access_event",
        when: "",
        because: "access_event is append-only",
    },
];

/// What PostgreSQL alone can refuse.
const KEEP: &str = "
CREATE TRIGGER access_event_keep_all BEFORE TRUNCATE ON access_event FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('access_event is append-only');
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_event FROM PUBLIC;
REVOKE DELETE, TRUNCATE ON access_event FROM CURRENT_USER;
";

fn up(dialect: Dialect) -> String {
    let keep = if dialect == Dialect::Postgres { KEEP } else { "" };
    dialect.render(TABLE)
        + keep
        + &REFUSALS.iter().map(|refusal| create(refusal, dialect)).collect::<String>()
}

fn down(dialect: Dialect) -> String {
    REFUSALS.iter().map(|refusal| drop(refusal, dialect)).collect::<String>()
        + &drop_tables(&["access_event"])
}
