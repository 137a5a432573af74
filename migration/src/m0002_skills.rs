//! The skill catalogue: categories, skills, their names, relations, references and merges.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0002_skills",
    up: |dialect| dialect.render(TABLES),
    down: |_| {
        drop_tables(&[
            "skill_level_descriptor",
            "skill_merge",
            "external_ref",
            "skill_relation",
            "skill_name",
            "skill_alias",
            "skill",
            "skill_category",
        ])
    },
};

const TABLES: &str = "
CREATE TABLE skill_category (
    id <uuid> NOT NULL PRIMARY KEY,
    name <name> NOT NULL,
    name_key <key> NOT NULL,
    slug <slug> NOT NULL,
    parent_id <uuid> REFERENCES skill_category (id),
    position integer NOT NULL CHECK (position >= 0),
    CHECK (parent_id != id)
) <end>;
CREATE UNIQUE INDEX skill_category_slug_key ON skill_category (slug);
CREATE INDEX skill_category_parent_id_position_idx ON skill_category (parent_id, position);

CREATE TABLE skill (
    id <uuid> NOT NULL PRIMARY KEY,
    name <name> NOT NULL,
    name_key <key> NOT NULL,
    slug <slug> NOT NULL,
    description <prose> NOT NULL,
    kind <one of TECHNICAL PRACTICE SOFT DOMAIN CERTIFICATION> NOT NULL,
    category_id <uuid> NOT NULL REFERENCES skill_category (id),
    owner_id <uuid> REFERENCES person (id),
    proposed_by <uuid> REFERENCES person (id),
    status <one of PROPOSED ACTIVE DEPRECATED MERGED> NOT NULL,
    merged_into <uuid> REFERENCES skill (id),
    review_interval_days integer CHECK (review_interval_days BETWEEN 1 AND 36500),
    expires_after_days integer CHECK (expires_after_days BETWEEN 1 AND 36500),
    CHECK ((merged_into IS NOT NULL) = (status = 'MERGED')),
    CHECK (merged_into != id)
) <end>;
CREATE UNIQUE INDEX skill_slug_key ON skill (slug);
CREATE INDEX skill_name_key_id_idx ON skill (name_key, id);
CREATE INDEX skill_category_id_idx ON skill (category_id);
CREATE INDEX skill_owner_id_idx ON skill (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX skill_proposed_by_idx ON skill (proposed_by) WHERE proposed_by IS NOT NULL;
CREATE INDEX skill_merged_into_idx ON skill (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE skill_alias (
    id <uuid> NOT NULL PRIMARY KEY,
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    alias <name> NOT NULL,
    alias_key <key> NOT NULL
) <end>;
CREATE UNIQUE INDEX skill_alias_skill_id_alias_key_key ON skill_alias (skill_id, alias_key);

-- Every name and alias of a living skill once: no alias equals another living skill's name.
CREATE TABLE skill_name (
    name_key <key> NOT NULL PRIMARY KEY,
    skill_id <uuid> NOT NULL REFERENCES skill (id)
) <end>;
CREATE INDEX skill_name_skill_id_idx ON skill_name (skill_id);

CREATE TABLE skill_relation (
    from_id <uuid> NOT NULL REFERENCES skill (id),
    to_id <uuid> NOT NULL REFERENCES skill (id),
    kind <one of RELATED PREREQUISITE BROADER> NOT NULL,
    PRIMARY KEY (from_id, to_id, kind),
    CHECK (from_id != to_id)
) <end>;
CREATE INDEX skill_relation_to_id_idx ON skill_relation (to_id);

CREATE TABLE external_ref (
    id <uuid> NOT NULL PRIMARY KEY,
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    scheme <one of ESCO ONET LIGHTCAST CASE OTHER> NOT NULL,
    uri text NOT NULL CHECK (length(uri) BETWEEN 1 AND 2000),
    scheme_version text NOT NULL CHECK (length(scheme_version) <= 100),
    match_kind <one of EXACT CLOSE BROAD NARROW> NOT NULL
) <end>;
CREATE UNIQUE INDEX external_ref_scheme_uri_scheme_version_key ON external_ref (scheme, uri, scheme_version);
CREATE INDEX external_ref_skill_id_idx ON external_ref (skill_id);

CREATE TABLE skill_merge (
    id <uuid> NOT NULL PRIMARY KEY,
    from_id <uuid> NOT NULL REFERENCES skill (id),
    into_id <uuid> NOT NULL REFERENCES skill (id),
    at <instant> NOT NULL,
    undone_at <instant>,
    CHECK (undone_at >= at),
    CHECK (from_id != into_id)
) <end>;
CREATE UNIQUE INDEX skill_merge_from_id_key ON skill_merge (from_id) WHERE undone_at IS NULL;
CREATE INDEX skill_merge_from_id_at_idx ON skill_merge (from_id, at);
CREATE INDEX skill_merge_into_id_idx ON skill_merge (into_id);

CREATE TABLE skill_level_descriptor (
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    level <level> NOT NULL,
    behaviour text NOT NULL CHECK (length(behaviour) BETWEEN 1 AND 4000),
    examples <list> NOT NULL,
    PRIMARY KEY (skill_id, level)
) <end>;
";
