//! Assessments, what happened to them, and the audit trail are only ever added to.
//!
//! One exception, for the erasure of a person: words (a note, a response, a reason, evidence) can be
//! blanked. Ratings, sources and dates cannot change, for anyone.

use crate::{
    change::{Change, Dialect},
    triggers::{REFUSE_CHANGE, Refusal, create, drop},
};

pub(crate) const CHANGE: Change = Change { name: "m0006_append_only", up, down };

/// The tables that only grow.
const APPEND_ONLY: [&str; 5] = [
    "skill_assessment",
    "skill_assessment_status",
    "skill_assessment_note",
    "skill_assessment_response",
    "audit_event",
];

fn up(dialect: Dialect) -> String {
    let mut script = String::new();
    if dialect == Dialect::Postgres {
        script += REFUSE_CHANGE;
        for table in APPEND_ONLY {
            script += &format!(
                "CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT \
                 EXECUTE FUNCTION refuse_change('{table} is append-only');\n\
                 REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC;\n\
                 REVOKE DELETE, TRUNCATE ON {table} FROM CURRENT_USER;\n"
            );
        }
    }
    script + &REFUSALS.iter().map(|refusal| create(refusal, dialect)).collect::<String>()
}

fn down(dialect: Dialect) -> String {
    let mut script = REFUSALS.iter().map(|refusal| drop(refusal, dialect)).collect::<String>();
    if dialect == Dialect::Postgres {
        for table in APPEND_ONLY {
            script += &format!("GRANT DELETE, TRUNCATE ON {table} TO CURRENT_USER;\n");
            script += &format!("DROP TRIGGER {table}_keep_all ON {table};\n");
        }
        script += "DROP FUNCTION refuse_change();\n";
    }
    script
}

const REFUSALS: [Refusal<'static>; 14] = [
    Refusal {
        name: "skill_assessment_keep",
        event: "DELETE",
        table: "skill_assessment",
        when: "",
        because: "skill_assessment is append-only",
    },
    Refusal {
        name: "skill_assessment_fixed",
        event: "UPDATE OF id, person_id, skill_id, level, confidence, source, party, assessor_id, certificate, \
                observed_at, recorded_at, expires_at",
        table: "skill_assessment",
        when: "",
        because: "skill_assessment is append-only",
    },
    Refusal {
        name: "skill_assessment_words",
        event: "UPDATE OF evidence",
        table: "skill_assessment",
        when: "NEW.evidence != '[]'",
        because: "the evidence of an assessment can only be blanked",
    },
    Refusal {
        name: "skill_assessment_status_keep",
        event: "DELETE",
        table: "skill_assessment_status",
        when: "",
        because: "skill_assessment_status is append-only",
    },
    Refusal {
        name: "skill_assessment_status_fixed",
        event: "UPDATE OF id, assessment_id, status, by_id, at, seq",
        table: "skill_assessment_status",
        when: "",
        because: "skill_assessment_status is append-only",
    },
    Refusal {
        name: "skill_assessment_status_words",
        event: "UPDATE OF reason",
        table: "skill_assessment_status",
        when: "OLD.reason IS NULL OR NEW.reason IS NULL OR NEW.reason != ''",
        because: "the reason of a status can only be blanked",
    },
    Refusal {
        name: "skill_assessment_note_keep",
        event: "DELETE",
        table: "skill_assessment_note",
        when: "",
        because: "skill_assessment_note is append-only",
    },
    Refusal {
        name: "skill_assessment_note_fixed",
        event: "UPDATE OF assessment_id",
        table: "skill_assessment_note",
        when: "",
        because: "skill_assessment_note is append-only",
    },
    Refusal {
        name: "skill_assessment_note_words",
        event: "UPDATE OF note",
        table: "skill_assessment_note",
        when: "NEW.note != ''",
        because: "the note of an assessment can only be blanked",
    },
    Refusal {
        name: "skill_assessment_response_keep",
        event: "DELETE",
        table: "skill_assessment_response",
        when: "",
        because: "skill_assessment_response is append-only",
    },
    Refusal {
        name: "skill_assessment_response_fixed",
        event: "UPDATE OF id, assessment_id, at",
        table: "skill_assessment_response",
        when: "",
        because: "skill_assessment_response is append-only",
    },
    Refusal {
        name: "skill_assessment_response_words",
        event: "UPDATE OF text",
        table: "skill_assessment_response",
        when: "NEW.text != ''",
        because: "the response to an assessment can only be blanked",
    },
    Refusal {
        name: "audit_event_keep",
        event: "DELETE",
        table: "audit_event",
        when: "",
        because: "audit_event is append-only",
    },
    Refusal {
        name: "audit_event_fixed",
        event: "UPDATE",
        table: "audit_event",
        when: "",
        because: "audit_event is append-only",
    },
];
