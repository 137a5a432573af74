//! Role profiles, their versions with all they hold, who has which profile, and career paths.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0003_role_profiles",
    up: |dialect| dialect.render(PROFILES) + &dialect.render(CONTENT),
    down: |_| {
        drop_tables(&[
            "salary_benchmark",
            "market_insight",
            "challenge_skill",
            "challenge",
            "practice",
            "qualification",
            "role_skill_requirement",
            "responsibility",
            "career_path",
            "person_role_profile",
            "role_profile_version",
            "role_profile",
        ])
    },
};

const PROFILES: &str = "
CREATE TABLE role_profile (
    id <uuid> NOT NULL PRIMARY KEY,
    key <slug> NOT NULL,
    title <name> NOT NULL,
    title_key <key> NOT NULL,
    family <name> NOT NULL,
    track <one of TECHNICAL MANAGERIAL INDEPENDENT> NOT NULL,
    seniority integer NOT NULL CHECK (seniority BETWEEN 1 AND 9),
    status <one of ACTIVE ARCHIVED> NOT NULL
) <end>;
CREATE UNIQUE INDEX role_profile_key_key ON role_profile (key);
CREATE INDEX role_profile_title_key_id_idx ON role_profile (title_key, id);

CREATE TABLE role_profile_version (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_id <uuid> NOT NULL REFERENCES role_profile (id),
    number integer NOT NULL CHECK (number >= 1),
    summary <prose> NOT NULL,
    status <one of DRAFT PUBLISHED SUPERSEDED ARCHIVED> NOT NULL,
    published_at <instant>,
    retired_at <instant>,
    CHECK ((published_at IS NULL) = (status = 'DRAFT')),
    CHECK ((retired_at IS NULL) = (status IN ('DRAFT', 'PUBLISHED'))),
    CHECK (retired_at >= published_at)
) <end>;
CREATE UNIQUE INDEX role_profile_version_role_profile_id_number_key
    ON role_profile_version (role_profile_id, number);
-- At most one DRAFT and one PUBLISHED a profile.
CREATE UNIQUE INDEX role_profile_version_role_profile_id_status_key
    ON role_profile_version (role_profile_id, status) WHERE status IN ('DRAFT', 'PUBLISHED');

CREATE TABLE person_role_profile (
    id <uuid> NOT NULL PRIMARY KEY,
    person_id <uuid> NOT NULL REFERENCES person (id),
    role_profile_id <uuid> NOT NULL REFERENCES role_profile (id),
    valid_from <instant> NOT NULL,
    valid_to <instant>,
    CHECK (valid_to > valid_from)
) <end>;
CREATE UNIQUE INDEX person_role_profile_person_id_role_profile_id_key
    ON person_role_profile (person_id, role_profile_id) WHERE valid_to IS NULL;
CREATE INDEX person_role_profile_person_id_valid_from_idx ON person_role_profile (person_id, valid_from);
CREATE INDEX person_role_profile_role_profile_id_idx ON person_role_profile (role_profile_id);

CREATE TABLE career_path (
    from_id <uuid> NOT NULL REFERENCES role_profile (id),
    to_id <uuid> NOT NULL REFERENCES role_profile (id),
    kind <one of PROMOTION LATERAL TRACK_CHANGE> NOT NULL,
    criteria <prose> NOT NULL,
    position integer NOT NULL CHECK (position >= 0),
    PRIMARY KEY (from_id, to_id, kind),
    CHECK (from_id != to_id)
) <end>;
CREATE INDEX career_path_to_id_idx ON career_path (to_id);
";

/// What a version holds; `position` is the order it was written in.
const CONTENT: &str = "
CREATE TABLE responsibility (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_version_id <uuid> NOT NULL REFERENCES role_profile_version (id),
    position integer NOT NULL CHECK (position >= 0),
    area <name> NOT NULL,
    statement <prose> NOT NULL
) <end>;
CREATE INDEX responsibility_version_position_idx ON responsibility (role_profile_version_id, position);

CREATE TABLE role_skill_requirement (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_version_id <uuid> NOT NULL REFERENCES role_profile_version (id),
    position integer NOT NULL CHECK (position >= 0),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    required_level integer NOT NULL CHECK (required_level BETWEEN 1 AND 5),
    importance <one of MUST SHOULD NICE> NOT NULL,
    weight integer NOT NULL CHECK (weight BETWEEN 1 AND 100)
) <end>;
CREATE UNIQUE INDEX role_skill_requirement_role_profile_version_id_skill_id_key
    ON role_skill_requirement (role_profile_version_id, skill_id);
CREATE INDEX role_skill_requirement_skill_id_idx ON role_skill_requirement (skill_id);

CREATE TABLE qualification (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_version_id <uuid> NOT NULL REFERENCES role_profile_version (id),
    position integer NOT NULL CHECK (position >= 0),
    kind <one of EDUCATION EXPERIENCE CERTIFICATION PREFERENCE> NOT NULL,
    statement <prose> NOT NULL,
    min_years integer CHECK (min_years BETWEEN 0 AND 60)
) <end>;
CREATE INDEX qualification_version_position_idx ON qualification (role_profile_version_id, position);

CREATE TABLE practice (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_version_id <uuid> NOT NULL REFERENCES role_profile_version (id),
    position integer NOT NULL CHECK (position >= 0),
    topic <name> NOT NULL,
    statement <prose> NOT NULL,
    skill_id <uuid> REFERENCES skill (id)
) <end>;
CREATE INDEX practice_version_position_idx ON practice (role_profile_version_id, position);
CREATE INDEX practice_skill_id_idx ON practice (skill_id) WHERE skill_id IS NOT NULL;

CREATE TABLE challenge (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_version_id <uuid> NOT NULL REFERENCES role_profile_version (id),
    position integer NOT NULL CHECK (position >= 0),
    title <name> NOT NULL,
    problem <prose> NOT NULL,
    resolution <prose> NOT NULL
) <end>;
CREATE INDEX challenge_version_position_idx ON challenge (role_profile_version_id, position);

CREATE TABLE challenge_skill (
    challenge_id <uuid> NOT NULL REFERENCES challenge (id),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    position integer NOT NULL CHECK (position >= 0),
    PRIMARY KEY (challenge_id, skill_id)
) <end>;
CREATE INDEX challenge_skill_skill_id_idx ON challenge_skill (skill_id);

CREATE TABLE market_insight (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_version_id <uuid> NOT NULL REFERENCES role_profile_version (id),
    position integer NOT NULL CHECK (position >= 0),
    topic <one of DEMAND SHORTAGE INDUSTRY TREND FACTOR> NOT NULL,
    statement <prose> NOT NULL,
    source text NOT NULL CHECK (length(source) BETWEEN 1 AND 2000),
    as_of <day> NOT NULL
) <end>;
CREATE INDEX market_insight_version_position_idx ON market_insight (role_profile_version_id, position);

CREATE TABLE salary_benchmark (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_version_id <uuid> NOT NULL REFERENCES role_profile_version (id),
    position integer NOT NULL CHECK (position >= 0),
    region text NOT NULL CHECK (length(region) BETWEEN 1 AND 100),
    currency text NOT NULL CHECK (length(currency) = 3 AND currency = upper(currency)),
    period <one of YEAR HOUR> NOT NULL,
    basis <one of BASE TOTAL> NOT NULL,
    statistic <one of MEAN MEDIAN PERCENTILE RANGE> NOT NULL,
    percentile integer CHECK (percentile BETWEEN 1 AND 99),
    low_minor <bigint> NOT NULL CHECK (low_minor >= 0),
    high_minor <bigint> NOT NULL,
    source text NOT NULL CHECK (length(source) BETWEEN 1 AND 2000),
    as_of <day> NOT NULL,
    CHECK ((percentile IS NOT NULL) = (statistic = 'PERCENTILE')),
    CHECK (high_minor >= low_minor AND (statistic = 'RANGE' OR high_minor = low_minor))
) <end>;
CREATE INDEX salary_benchmark_version_position_idx ON salary_benchmark (role_profile_version_id, position);
";
