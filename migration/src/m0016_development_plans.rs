//! Development plans and their goals.
//!
//! A goal repeats the status of its plan, kept by the foreign key, so that checks can hold the two against
//! each other: a plan leaves DRAFT only with whole goals, and is completed only when each is settled.

use crate::change::{Change, drop_tables};

pub(crate) const CHANGE: Change = Change {
    name: "m0016_development_plans",
    up: |dialect| dialect.render(TABLES),
    down: |_| drop_tables(&["development_goal", "development_plan"]),
};

const TABLES: &str = "
CREATE TABLE development_plan (
    id <uuid> NOT NULL PRIMARY KEY,
    person_id <uuid> NOT NULL REFERENCES person (id),
    target_role_profile_id <uuid> REFERENCES role_profile (id),
    starts_on <day> NOT NULL,
    ends_on <day> NOT NULL,
    status <one of DRAFT AGREED ACTIVE COMPLETED ABANDONED> NOT NULL,
    created_at <instant> NOT NULL,
    agreed_by_id <uuid> REFERENCES person (id),
    agreed_at <instant>,
    CHECK (ends_on >= starts_on),
    CHECK ((agreed_by_id IS NULL) = (agreed_at IS NULL)),
    CHECK (agreed_at IS NOT NULL OR status IN ('DRAFT', 'ABANDONED')),
    CHECK (agreed_at IS NULL OR status != 'DRAFT'),
    CHECK (agreed_by_id != person_id)
) <end>;
-- What a goal refers to: the plan in the status it stands in.
CREATE UNIQUE INDEX development_plan_id_status_key ON development_plan (id, status);
CREATE INDEX development_plan_person_id_created_at_id_idx ON development_plan (person_id, created_at, id);
CREATE INDEX development_plan_target_role_profile_id_idx ON development_plan (target_role_profile_id)
    WHERE target_role_profile_id IS NOT NULL;

CREATE TABLE development_goal (
    id <uuid> NOT NULL PRIMARY KEY,
    plan_id <uuid> NOT NULL,
    plan_status <one of DRAFT AGREED ACTIVE COMPLETED ABANDONED> NOT NULL,
    position integer NOT NULL CHECK (position >= 0),
    skill_id <uuid> NOT NULL REFERENCES skill (id),
    -- The gap as it stood when the goal was set; with a version, the gap to what that requires.
    gap_version_id <uuid> REFERENCES role_profile_version (id),
    gap_importance <one of MUST SHOULD NICE>,
    gap_required_level integer CHECK (gap_required_level BETWEEN 1 AND 5),
    gap_actual_level <level>,
    gap_status <one of MET PARTIAL MISSING EXPIRED UNKNOWN UNVERIFIED EXEMPT>,
    specific <prose> NOT NULL,
    metric_kind <one of LEVEL COUNT PERCENT NUMBER>,
    -- In thousandths: exact, and compared alike on both databases.
    metric_baseline <bigint>,
    metric_target <bigint>,
    metric_unit text CHECK (length(metric_unit) BETWEEN 1 AND 40),
    achievable_because <prose> NOT NULL,
    relevance <prose> NOT NULL,
    starts_on <day> NOT NULL,
    due_on <day>,
    status <one of NOT_STARTED IN_PROGRESS ACHIEVED MISSED DROPPED> NOT NULL,
    CHECK ((metric_kind IS NULL) = (metric_baseline IS NULL)),
    CHECK ((metric_kind IS NULL) = (metric_unit IS NULL)),
    CHECK (metric_kind IS NOT NULL OR metric_target IS NULL),
    CHECK (metric_target != metric_baseline),
    CHECK ((gap_status IS NULL) = (gap_required_level IS NULL)),
    CHECK (gap_status IS NOT NULL OR gap_actual_level IS NULL),
    CHECK (gap_status IS NOT NULL OR gap_version_id IS NULL),
    CHECK ((gap_version_id IS NULL) = (gap_importance IS NULL)),
    CHECK (due_on >= starts_on),
    -- A plan does not leave DRAFT with a goal that lacks metric, target, due date or gap, but to be given up.
    CHECK (plan_status IN ('DRAFT', 'ABANDONED') OR status = 'DROPPED' OR (metric_target IS NOT NULL AND due_on IS NOT NULL
        AND gap_required_level IS NOT NULL)),
    CHECK (plan_status NOT IN ('DRAFT', 'AGREED') OR status IN ('NOT_STARTED', 'DROPPED')),
    CHECK (plan_status != 'COMPLETED' OR status NOT IN ('NOT_STARTED', 'IN_PROGRESS')),
    FOREIGN KEY (plan_id, plan_status) REFERENCES development_plan (id, status) ON UPDATE CASCADE
) <end>;
CREATE UNIQUE INDEX development_goal_plan_id_position_key ON development_goal (plan_id, position);
CREATE INDEX development_goal_skill_id_idx ON development_goal (skill_id);
CREATE INDEX development_goal_gap_version_id_idx ON development_goal (gap_version_id)
    WHERE gap_version_id IS NOT NULL;
";
