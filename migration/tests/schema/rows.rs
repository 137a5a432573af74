//! One lawful row of each table, to be stored as it is or with some columns changed.

use crate::database::Database;

/// An `INSERT` of the lawful row of `table` with `changes` to it.
pub fn insert(table: &str, changes: &[(&str, &str)]) -> String {
    let lawful = LAWFUL.iter().find(|(name, _)| *name == table).expect("a lawful row of the table").1;
    let mut row: Vec<(&str, &str)> =
        lawful.split("; ").map(|column| column.split_once('=').expect("column=value")).collect();
    for change in changes {
        let place = row.iter_mut().find(|(column, _)| *column == change.0).expect("a column of the row");
        *place = *change;
    }
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), values.join(", "))
}

/// Stores the lawful row of every table, and a second team, person, skill and profile.
pub async fn fill(db: &Database) {
    for (table, _) in LAWFUL {
        db.accepts(&insert(table, &[])).await;
        let second: &[(&str, &str)] = match *table {
            "team" => &[("id", "#2"), ("slug", "'data'")],
            "person" => &[("id", "#12"), ("email_key", "'b.x'"), ("subject", "'b'")],
            "skill" => &[("id", "#32"), ("slug", "'rust'")],
            "role_profile" => &[("id", "#42"), ("key", "'lead'")],
            "question" => &[("id", "#92"), ("key", "'other'")],
            _ => continue,
        };
        db.accepts(&insert(table, second)).await;
    }
}

/// The tables and their rows, in an order in which they can be stored.
pub const LAWFUL: &[(&str, &str)] = &[
    ("team", "id=#1; name='Platform'; name_key='platform'; slug='platform'; status='ACTIVE'"),
    (
        "person",
        "id=#11; display_name='Ada'; display_name_key='ada'; email='a.x'; email_key='a.x'; title=NULL; \
         issuer='iss'; subject='a'; status='ACTIVE'; discoverability='TEAM'",
    ),
    ("team_parent", "id=#3; team_id=#2; parent_id=#1; valid_from=@1; valid_to=NULL"),
    (
        "team_membership",
        "id=#4; team_id=#1; person_id=#11; role='LEAD'; allocation_pct=80; valid_from=@1; valid_to=NULL",
    ),
    ("person_external_id", "person_id=#11; external_id='e-1'"),
    ("team_external_id", "team_id=#1; external_id='t-1'"),
    (
        "skill_category",
        "id=#21; name='Languages'; name_key='languages'; slug='languages'; parent_id=NULL; position=0",
    ),
    (
        "skill",
        "id=#31; name='Python'; name_key='python'; slug='python'; description=''; kind='TECHNICAL'; \
         category_id=#21; owner_id=#11; proposed_by=NULL; status='ACTIVE'; merged_into=NULL; \
         review_interval_days=180; expires_after_days=NULL",
    ),
    ("skill_alias", "id=#33; skill_id=#31; alias='Py'; alias_key='py'"),
    ("skill_name", "name_key='python'; skill_id=#31"),
    ("skill_relation", "from_id=#31; to_id=#32; kind='RELATED'"),
    (
        "external_ref",
        "id=#34; skill_id=#31; scheme='ESCO'; uri='http://x/1'; scheme_version='1.2'; match_kind='EXACT'",
    ),
    ("skill_merge", "id=#35; from_id=#32; into_id=#31; at=@2; undone_at=NULL"),
    (
        "skill_level_descriptor",
        "skill_id=#31; level=3; behaviour='Writes modules alone.'; examples='[\"a\"]'",
    ),
    (
        "role_profile",
        "id=#41; key='senior'; title='Senior'; title_key='senior'; family='Engineering'; track='TECHNICAL'; \
         seniority=5; status='ACTIVE'",
    ),
    (
        "role_profile_version",
        "id=#51; role_profile_id=#41; number=1; summary=''; status='DRAFT'; published_at=NULL; retired_at=NULL",
    ),
    ("person_role_profile", "id=#5; person_id=#11; role_profile_id=#41; valid_from=@1; valid_to=NULL"),
    ("career_path", "from_id=#41; to_id=#42; kind='PROMOTION'; criteria=''; position=0"),
    (
        "responsibility",
        "id=#52; role_profile_version_id=#51; position=0; area='Design'; statement='Designs.'",
    ),
    (
        "role_skill_requirement",
        "id=#53; role_profile_version_id=#51; position=0; skill_id=#31; required_level=4; importance='MUST'; \
         weight=3",
    ),
    (
        "qualification",
        "id=#54; role_profile_version_id=#51; position=0; kind='EXPERIENCE'; statement='Years.'; min_years=5",
    ),
    (
        "practice",
        "id=#55; role_profile_version_id=#51; position=0; topic='Tests'; statement='First.'; skill_id=#31",
    ),
    (
        "challenge",
        "id=#56; role_profile_version_id=#51; position=0; title='Locks'; problem='p'; resolution='r'",
    ),
    ("challenge_skill", "challenge_id=#56; skill_id=#31; position=0"),
    (
        "market_insight",
        "id=#57; role_profile_version_id=#51; position=0; topic='DEMAND'; statement='High.'; \
         figure_hundredths=NULL; figure_unit=NULL; figure_precision=NULL; figure_from_year=NULL; \
         figure_to_year=NULL; source='Survey'; as_of='2025-06-30'",
    ),
    (
        "salary_benchmark",
        "id=#58; role_profile_version_id=#51; position=0; region='Germany'; currency='EUR'; period='YEAR'; \
         basis='BASE'; statistic='MEDIAN'; percentile=NULL; low_minor=9000000; high_minor=9000000; source='Survey'; \
         as_of='2025-06-30'",
    ),
    (
        "skill_assessment",
        "id=#61; person_id=#11; skill_id=#31; level=3; confidence='HIGH'; source='SELF'; party=''; \
         assessor_id=#11; certificate=NULL; observed_at=@2; recorded_at=@3; expires_at=NULL; evidence='[]'",
    ),
    (
        "skill_assessment_status",
        "id=#62; assessment_id=#61; status='VALIDATED'; by_id=#11; at=@3; reason='seen'; seq=1",
    ),
    ("skill_assessment_note", "assessment_id=#61; note='well done'"),
    ("skill_assessment_response", "id=#63; assessment_id=#61; text='thanks'; at=@4"),
    ("skill_interest", "person_id=#11; skill_id=#31; interest=4; since=@1"),
    ("team_skill_target", "team_id=#1; skill_id=#31; level=3; head_count=2"),
    (
        "requirement_exemption",
        "id=#64; person_id=#11; skill_id=#31; reason='on leave'; granted_by_id=#12; valid_from=@1; valid_until=@9; \
         ended_at=NULL; ended_by_id=NULL",
    ),
    (
        "current_level",
        "person_id=#11; skill_id=#31; assessment_id=#61; recorded_skill_id=#31; source='SELF'; party=''; level=3; \
         confidence='HIGH'; observed_at=@2; recorded_at=@3; expires_at=NULL; validated=TRUE",
    ),
    (
        "assessment_round",
        "id=#66; team_id=#1; name='Spring'; opened_at=@1; opened_by_id=#11; due_at=@9; closed_at=NULL; closed_by_id=NULL",
    ),
    ("assessment_round_skill", "round_id=#66; skill_id=#31; position=0"),
    (
        "development_plan",
        "id=#81; person_id=#11; target_role_profile_id=#41; starts_on='2026-01-01'; ends_on='2026-06-30'; \
         status='ACTIVE'; created_at=@1; agreed_by_id=#12; agreed_at=@2",
    ),
    (
        "development_goal",
        "id=#82; plan_id=#81; plan_status='ACTIVE'; position=0; skill_id=#31; gap_version_id=NULL; \
         gap_importance=NULL; gap_required_level=4; gap_actual_level=2; gap_status='PARTIAL'; specific='Leads.'; \
         metric_kind='LEVEL'; metric_baseline=2000; metric_target=4000; metric_unit='level'; \
         achievable_because='Near.'; relevance='A must.'; starts_on='2026-01-01'; due_on='2026-03-31'; \
         status='IN_PROGRESS'",
    ),
    ("goal_check_in", "id=#83; goal_id=#82; seq=1; at=@3; value=3000; note='halfway'; by_id=#11"),
    (
        "learning_resource",
        "id=#84; skill_id=#31; level=3; title='asyncio'; title_key='asyncio'; url='https://x.org/1'; \
         licence='PSF-2.0'; language='en'; minutes=90; status='ACTIVE'",
    ),
    (
        "question",
        "id=#91; key='lost-update'; category='Databases'; category_key='databases'; owner_id=#11; licence=NULL; \
         source_url=NULL; created_at=@1; latest_version_id=#93; approved_version_id=NULL; asked_count=0; \
         last_used_at=NULL",
    ),
    ("question_tag", "question_id=#91; tag='sql'"),
    ("question_relation", "from_id=#91; to_id=#92; kind='VARIANT'"),
    (
        "question_version",
        "id=#93; question_id=#91; number=1; status='DRAFT'; author_id=NULL; change_note=''; kind='KNOWLEDGE'; \
         difficulty=3; seniority_from=NULL; seniority_to=NULL; language='en'; expected_minutes=8; stem='What?'; \
         context=NULL; follow_ups='[]'; expected_signals='[]'; red_flags='[]'; sample_answer=NULL; \
         weight_rationale=NULL; content_hash='0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'; \
         words='what'; created_at=@1; approved_at=NULL; retired_at=NULL",
    ),
    ("question_version_writer", "question_version_id=#93; person_id=#11; at=@1"),
    (
        "question_version_skill",
        "question_version_id=#93; skill_id=#31; position=0; level=3; role='PRIMARY'; weight=1",
    ),
    (
        "rubric_criterion",
        "id=#94; question_version_id=#93; position=0; key='mechanism'; title='Mechanism'; prompt='Which?'; \
         skill_id=#31; weight=1; required=TRUE",
    ),
    ("rubric_anchor", "criterion_id=#94; score=3; behaviour='Names it.'"),
    ("question_fingerprint", "digest=7; question_version_id=#93"),
    (
        "question_review",
        "id=#95; question_version_id=#93; reviewer_id=#12; verdict='APPROVE'; comments='good'; at=@2",
    ),
    ("leak_report", "id=#96; question_version_id=#93; reporter_id=#12; source='A forum.'; at=@3"),
    (
        "question_set",
        "id=#97; name='Seniors'; name_key='seniors'; purpose='TEMPLATE'; status='DRAFT'; \
         role_profile_version_id=NULL; author_id=#12; created_at=@1; published_at=NULL; archived_at=NULL",
    ),
    ("revision", "aggregate='TEAM'; id=#1; value=1"),
    (
        "audit_event",
        "id=#71; actor_digest='d'; actor_id=#11; on_behalf_of=NULL; action='createTeam'; aggregate='TEAM'; \
         entity_id=#1; digest='d'; request_id='r'; at=@3",
    ),
    (
        "access_event",
        "id=#72; actor_digest='d'; actor_id=#11; on_behalf_of=NULL; subject='SALARY'; entity_id=#51; \
         request_id='r'; at=@3",
    ),
    (
        "idempotency_record",
        "subject_digest='d'; mutation='createTeam'; key='k'; input_digest='d'; entity_ids='[]'; outcome='{}'; at=@3",
    ),
    ("setting", "key='k'; value='v'"),
];
