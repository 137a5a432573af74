//! Assessments with their statuses, notes and responses; interests; and the current-level projection.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0004_assessments",
    up: |dialect| dialect.render(TABLES),
    down: |_| {
        drop_tables(&[
            "current_level",
            "skill_interest",
            "skill_assessment_response",
            "skill_assessment_note",
            "skill_assessment_status",
            "skill_assessment",
        ])
    },
};

const TABLES: &str = "
CREATE TABLE skill_assessment (
    id <uuid> NOT NULL PRIMARY KEY,
    person_id <uuid> NOT NULL REFERENCES person (id),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    level <level> NOT NULL,
    confidence <one of LOW MEDIUM HIGH>,
    source <one of SELF MANAGER PEER INTERVIEW CERTIFICATE IMPORT> NOT NULL,
    -- Who or what, beside the source, a later row must share to supersede this one; '' for most.
    party text NOT NULL CHECK (length(party) <= 400),
    assessor_id <uuid> REFERENCES person (id),
    certificate text CHECK (length(certificate) BETWEEN 1 AND 400),
    observed_at <instant> NOT NULL,
    recorded_at <instant> NOT NULL,
    expires_at <instant>,
    evidence <list> NOT NULL,
    CHECK ((party != '') = (source IN ('PEER', 'CERTIFICATE'))),
    CHECK ((certificate IS NOT NULL) = (source = 'CERTIFICATE')),
    CHECK (assessor_id IS NOT NULL OR source = 'IMPORT'),
    CHECK (source != 'SELF' OR assessor_id = person_id),
    CHECK (source NOT IN ('MANAGER', 'PEER') OR assessor_id != person_id),
    CHECK (observed_at <= recorded_at),
    CHECK (expires_at > observed_at)
) <end>;
CREATE INDEX skill_assessment_person_id_skill_id_observed_at_idx
    ON skill_assessment (person_id, skill_id, observed_at);
CREATE INDEX skill_assessment_person_id_observed_at_id_idx ON skill_assessment (person_id, observed_at, id);
CREATE INDEX skill_assessment_skill_id_source_idx ON skill_assessment (skill_id, source);
CREATE INDEX skill_assessment_assessor_id_idx ON skill_assessment (assessor_id) WHERE assessor_id IS NOT NULL;

-- What happened to an assessment; the row with the greatest seq is its status.
CREATE TABLE skill_assessment_status (
    id <uuid> NOT NULL PRIMARY KEY,
    assessment_id <uuid> NOT NULL REFERENCES skill_assessment (id),
    status <one of PENDING VALIDATED REJECTED SUPERSEDED REVOKED> NOT NULL,
    by_id <uuid> REFERENCES person (id),
    at <instant> NOT NULL,
    reason text CHECK (length(reason) <= 4000),
    seq integer NOT NULL CHECK (seq >= 1)
) <end>;
CREATE UNIQUE INDEX skill_assessment_status_assessment_id_seq_key
    ON skill_assessment_status (assessment_id, seq);
-- What was withdrawn never counts: an as-of read asks for it by assessment, and it is rare.
CREATE INDEX skill_assessment_status_withdrawn_idx ON skill_assessment_status (assessment_id)
    WHERE status IN ('REJECTED', 'REVOKED');
CREATE INDEX skill_assessment_status_by_id_idx ON skill_assessment_status (by_id) WHERE by_id IS NOT NULL;

-- Free text stands apart from the rating, so that erasing a person blanks words and keeps levels.
CREATE TABLE skill_assessment_note (
    assessment_id <uuid> NOT NULL PRIMARY KEY REFERENCES skill_assessment (id),
    note text NOT NULL CHECK (length(note) <= 4000)
) <end>;

CREATE TABLE skill_assessment_response (
    id <uuid> NOT NULL PRIMARY KEY,
    assessment_id <uuid> NOT NULL REFERENCES skill_assessment (id),
    text text NOT NULL CHECK (length(text) <= 4000),
    at <instant> NOT NULL
) <end>;
CREATE INDEX skill_assessment_response_assessment_id_at_idx ON skill_assessment_response (assessment_id, at);

CREATE TABLE skill_interest (
    person_id <uuid> NOT NULL REFERENCES person (id),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    interest <level> NOT NULL,
    since <instant> NOT NULL,
    PRIMARY KEY (person_id, skill_id, since)
) <end, by primary key>;
CREATE INDEX skill_interest_skill_id_person_id_idx ON skill_interest (skill_id, person_id, interest);

-- Derived, and rebuilt from the rows above at any time: what may count of each person now, by the skill
-- it counts for today. A matrix is a range of its primary key.
CREATE TABLE current_level (
    person_id <uuid> NOT NULL REFERENCES person (id),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    assessment_id <uuid> NOT NULL REFERENCES skill_assessment (id),
    recorded_skill_id <uuid> NOT NULL REFERENCES skill (id),
    source <one of SELF MANAGER PEER INTERVIEW CERTIFICATE IMPORT> NOT NULL,
    party text NOT NULL,
    level <level> NOT NULL,
    confidence <one of LOW MEDIUM HIGH>,
    observed_at <instant> NOT NULL,
    recorded_at <instant> NOT NULL,
    expires_at <instant>,
    validated <flag> NOT NULL,
    PRIMARY KEY (person_id, skill_id, assessment_id)
) <end, by primary key>;
-- Invariant 1: one current level a person, skill and source, for PEER and CERTIFICATE a party.
CREATE UNIQUE INDEX current_level_person_id_recorded_skill_id_source_party_key
    ON current_level (person_id, recorded_skill_id, source, party) WHERE validated;
CREATE INDEX current_level_skill_id_person_id_level_idx ON current_level (skill_id, person_id, level);
CREATE INDEX current_level_assessment_id_idx ON current_level (assessment_id);
CREATE INDEX current_level_recorded_skill_id_idx ON current_level (recorded_skill_id);
";
