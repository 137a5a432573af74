//! Exemptions from requirements: who is excused from what, why and until when. They stay as history: one
//! ends by its day or is ended early, once, and only its words can be blanked.

use crate::{
    change::{Change, Dialect, drop_tables},
    triggers::{Refusal, create},
};

pub(crate) const CHANGE: Change = Change {
    name: "m0012_requirement_exemptions",
    up: |dialect| dialect.render(TABLE) + &refusals(dialect),
    down: |_| drop_tables(&["requirement_exemption"]),
};

const TABLE: &str = "
CREATE TABLE requirement_exemption (
    id <uuid> NOT NULL PRIMARY KEY,
    person_id <uuid> NOT NULL REFERENCES person (id),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    reason text NOT NULL CHECK (length(reason) <= 4000),
    -- Who excused; absent for a program that acts for nobody.
    granted_by_id <uuid> REFERENCES person (id),
    valid_from <instant> NOT NULL,
    -- The stated end. Where ended_at is earlier, that is the end.
    valid_until <instant> NOT NULL,
    ended_at <instant>,
    ended_by_id <uuid> REFERENCES person (id),
    CHECK (valid_until > valid_from),
    CHECK (ended_at > valid_from AND ended_at < valid_until),
    CHECK (ended_by_id IS NULL OR ended_at IS NOT NULL)
) <end>;
CREATE INDEX requirement_exemption_person_id_valid_from_id_idx
    ON requirement_exemption (person_id, valid_from, id);
CREATE INDEX requirement_exemption_skill_id_idx ON requirement_exemption (skill_id);
CREATE INDEX requirement_exemption_granted_by_id_idx ON requirement_exemption (granted_by_id)
    WHERE granted_by_id IS NOT NULL;
CREATE INDEX requirement_exemption_ended_by_id_idx ON requirement_exemption (ended_by_id)
    WHERE ended_by_id IS NOT NULL;
";

fn refusals(dialect: Dialect) -> String {
    REFUSALS.iter().map(|refusal| create(refusal, dialect)).collect()
}

const REFUSALS: [Refusal<'static>; 4] = [
    Refusal {
        name: "requirement_exemption_keep",
        event: "DELETE",
        table: "requirement_exemption",
        when: "",
        because: "requirement_exemption keeps its history",
    },
    Refusal {
        name: "requirement_exemption_fixed",
        event: "UPDATE OF id, person_id, skill_id, granted_by_id, valid_from, valid_until",
        table: "requirement_exemption",
        when: "",
        because: "requirement_exemption can only be closed",
    },
    Refusal {
        name: "requirement_exemption_words",
        event: "UPDATE OF reason",
        table: "requirement_exemption",
        when: "NEW.reason != ''",
        because: "the reason of an exemption can only be blanked",
    },
    Refusal {
        name: "requirement_exemption_close",
        event: "UPDATE OF ended_at, ended_by_id",
        table: "requirement_exemption",
        when: "OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL",
        because: "requirement_exemption is closed once",
    },
];
