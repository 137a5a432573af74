//! The question bank: entries, their versions with skills and rubrics, relations, reviews and leaks.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0021_questions",
    up: |dialect| dialect.render(BANK) + &dialect.render(CONTENT) + &dialect.render(JUDGEMENT),
    down: |_| {
        drop_tables(&[
            "leak_report",
            "question_review",
            "question_relation",
            "question_fingerprint",
            "rubric_anchor",
            "rubric_criterion",
            "question_version_skill",
            "question_version",
            "question_tag",
            "question",
        ])
    },
};

/// An entry names the version it is known by: to those who write it the latest, to those who ask it the
/// approved one. Both follow from the versions, and are kept so that lists need not look for them.
const BANK: &str = "
CREATE TABLE question (
    id <uuid> NOT NULL PRIMARY KEY,
    key <slug> NOT NULL,
    category <name> NOT NULL,
    category_key <key> NOT NULL,
    owner_id <uuid> REFERENCES person (id),
    licence text CHECK (length(licence) BETWEEN 1 AND 200),
    source_url text CHECK (length(source_url) BETWEEN 1 AND 2000),
    created_at <instant> NOT NULL,
    latest_version_id <uuid> NOT NULL,
    approved_version_id <uuid>,
    asked_count integer NOT NULL DEFAULT 0 CHECK (asked_count >= 0),
    last_used_at <instant>
) <end>;
CREATE UNIQUE INDEX question_key_key ON question (key);
CREATE INDEX question_category_key_idx ON question (category_key);
CREATE INDEX question_created_at_id_idx ON question (created_at, id);
CREATE INDEX question_asked_count_id_idx ON question (asked_count, id);
CREATE INDEX question_latest_version_id_idx ON question (latest_version_id);
CREATE INDEX question_approved_version_id_idx ON question (approved_version_id) WHERE approved_version_id IS NOT NULL;
CREATE INDEX question_owner_id_idx ON question (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE question_tag (
    question_id <uuid> NOT NULL REFERENCES question (id),
    tag <slug> NOT NULL,
    PRIMARY KEY (question_id, tag)
) <end>;
CREATE INDEX question_tag_tag_idx ON question_tag (tag);

CREATE TABLE question_version (
    id <uuid> NOT NULL PRIMARY KEY,
    question_id <uuid> NOT NULL REFERENCES question (id),
    number integer NOT NULL CHECK (number >= 1),
    status <one of DRAFT IN_REVIEW APPROVED COMPROMISED RETIRED> NOT NULL,
    author_id <uuid> REFERENCES person (id),
    change_note <prose> NOT NULL,
    kind <one of BEHAVIORAL SITUATIONAL KNOWLEDGE CODING SYSTEM_DESIGN CASE> NOT NULL,
    difficulty integer NOT NULL CHECK (difficulty BETWEEN 1 AND 5),
    seniority_from integer CHECK (seniority_from BETWEEN 1 AND 9),
    seniority_to integer CHECK (seniority_to BETWEEN 1 AND 9),
    language text NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
    expected_minutes integer NOT NULL CHECK (expected_minutes BETWEEN 1 AND 180),
    stem <prose> NOT NULL,
    context <prose>,
    follow_ups <list> NOT NULL,
    expected_signals <list> NOT NULL,
    red_flags <list> NOT NULL,
    sample_answer <prose>,
    weight_rationale <prose>,
    content_hash text NOT NULL CHECK (length(content_hash) = 64),
    words text NOT NULL,
    created_at <instant> NOT NULL,
    approved_at <instant>,
    retired_at <instant>,
    CHECK ((seniority_from IS NULL) = (seniority_to IS NULL)),
    CHECK (seniority_from <= seniority_to),
    CHECK ((approved_at IS NOT NULL) = (status IN ('APPROVED', 'COMPROMISED', 'RETIRED'))),
    CHECK ((retired_at IS NOT NULL) = (status IN ('COMPROMISED', 'RETIRED')))
) <end>;
CREATE UNIQUE INDEX question_version_question_id_number_key ON question_version (question_id, number);
-- At most one being written, and one that may be asked.
CREATE UNIQUE INDEX question_version_question_id_approved_key
    ON question_version (question_id) WHERE status = 'APPROVED';
CREATE UNIQUE INDEX question_version_open_key
    ON question_version (question_id, (CASE WHEN status IN ('DRAFT', 'IN_REVIEW') THEN 1 END))
    WHERE status IN ('DRAFT', 'IN_REVIEW');
CREATE INDEX question_version_content_hash_idx ON question_version (content_hash);
";

const CONTENT: &str = "
CREATE TABLE question_version_skill (
    question_version_id <uuid> NOT NULL REFERENCES question_version (id),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    position integer NOT NULL CHECK (position >= 0),
    level integer NOT NULL CHECK (level BETWEEN 1 AND 5),
    role <one of PRIMARY SECONDARY> NOT NULL,
    weight integer NOT NULL CHECK (weight BETWEEN 1 AND 100),
    PRIMARY KEY (question_version_id, skill_id)
) <end>;
CREATE INDEX question_version_skill_skill_id_level_idx ON question_version_skill (skill_id, level);

CREATE TABLE rubric_criterion (
    id <uuid> NOT NULL PRIMARY KEY,
    question_version_id <uuid> NOT NULL REFERENCES question_version (id),
    position integer NOT NULL CHECK (position >= 0),
    key <slug> NOT NULL,
    title <name> NOT NULL,
    prompt text NOT NULL CHECK (length(prompt) BETWEEN 1 AND 1000),
    skill_id <uuid> NOT NULL,
    weight integer NOT NULL CHECK (weight BETWEEN 1 AND 100),
    required <flag> NOT NULL,
    FOREIGN KEY (question_version_id, skill_id) REFERENCES question_version_skill (question_version_id, skill_id)
) <end>;
CREATE UNIQUE INDEX rubric_criterion_question_version_id_key_key ON rubric_criterion (question_version_id, key);

CREATE TABLE rubric_anchor (
    criterion_id <uuid> NOT NULL REFERENCES rubric_criterion (id),
    score integer NOT NULL CHECK (score BETWEEN 1 AND 5),
    behaviour text NOT NULL CHECK (length(behaviour) BETWEEN 1 AND 1000),
    PRIMARY KEY (criterion_id, score)
) <end>;

-- The smallest digests of a text, by which near duplicates are found.
CREATE TABLE question_fingerprint (
    digest <bigint> NOT NULL,
    question_version_id <uuid> NOT NULL REFERENCES question_version (id),
    PRIMARY KEY (digest, question_version_id)
) <end, by primary key>;
CREATE INDEX question_fingerprint_question_version_id_idx ON question_fingerprint (question_version_id);
";

const JUDGEMENT: &str = "
CREATE TABLE question_relation (
    from_id <uuid> NOT NULL REFERENCES question (id),
    to_id <uuid> NOT NULL REFERENCES question (id),
    kind <one of ENEMY VARIANT FOLLOW_UP DUPLICATE> NOT NULL,
    PRIMARY KEY (from_id, to_id, kind),
    CHECK (from_id != to_id),
    -- What holds both ways is stored once.
    CHECK (kind = 'FOLLOW_UP' OR from_id < to_id)
) <end>;
CREATE INDEX question_relation_to_id_idx ON question_relation (to_id);

CREATE TABLE question_review (
    id <uuid> NOT NULL PRIMARY KEY,
    question_version_id <uuid> NOT NULL REFERENCES question_version (id),
    reviewer_id <uuid> NOT NULL REFERENCES person (id),
    verdict <one of APPROVE REQUEST_CHANGES> NOT NULL,
    comments <prose> NOT NULL,
    at <instant> NOT NULL
) <end>;
CREATE INDEX question_review_question_version_id_at_idx ON question_review (question_version_id, at);

CREATE TABLE leak_report (
    id <uuid> NOT NULL PRIMARY KEY,
    question_version_id <uuid> NOT NULL REFERENCES question_version (id),
    reporter_id <uuid> REFERENCES person (id),
    source <prose> NOT NULL,
    at <instant> NOT NULL
) <end>;
CREATE INDEX leak_report_question_version_id_at_idx ON leak_report (question_version_id, at);
";
