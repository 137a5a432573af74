//! What there can be only one of, under one name of the constraint on both databases.

use crate::{
    database::on_both,
    rows::{fill, insert},
};

#[tokio::test]
async fn a_second_of_what_is_unique_is_refused_by_name() {
    on_both(async |db| {
        fill(&db).await;
        for (table, changes, constraint) in CONFLICTS {
            db.conflicts(&insert(table, changes), constraint).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_closed_row_makes_room_for_the_next() {
    on_both(async |db| {
        fill(&db).await;
        for (table, end) in [
            ("team_parent", "valid_to"),
            ("team_membership", "valid_to"),
            ("person_role_profile", "valid_to"),
        ] {
            db.accepts(&format!("UPDATE {table} SET {end} = @5")).await;
            db.accepts(&insert(table, &[("id", "#900"), ("valid_from", "@5")])).await;
        }
        db.accepts("UPDATE skill_merge SET undone_at = @5").await;
        db.accepts(&insert("skill_merge", &[("id", "#900"), ("at", "@6")])).await;
    })
    .await;
}

#[tokio::test]
async fn a_superseded_level_does_not_stand_in_the_way_of_the_current_one() {
    on_both(async |db| {
        fill(&db).await;
        db.accepts("UPDATE current_level SET validated = FALSE").await;
        db.accepts(&insert("skill_assessment", &[("id", "#64")])).await;
        db.accepts(&insert("current_level", &[("assessment_id", "#64")])).await;
    })
    .await;
}

#[tokio::test]
async fn many_people_can_be_erased_though_none_keeps_an_address() {
    on_both(async |db| {
        fill(&db).await;
        db.accepts(
            "UPDATE person SET status = 'ERASED', display_name = 'Erased', display_name_key = 'erased', \
             email = '', email_key = '', title = NULL, issuer = NULL, subject = NULL",
        )
        .await;
        assert_eq!(db.strings("SELECT email FROM person").await, ["", ""]);
    })
    .await;
}

/// A table, what differs from the row that is there, and the constraint that refuses it.
type Conflict = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const CONFLICTS: &[Conflict] = &[
    ("team", &[("id", "#900")], "team_slug_key"),
    ("person", &[("id", "#900"), ("subject", "'c'")], "person_email_key_key"),
    ("person", &[("id", "#900"), ("email_key", "'c.x'")], "person_issuer_subject_key"),
    ("team_parent", &[("id", "#900"), ("valid_from", "@2")], "team_parent_team_id_key"),
    ("person_external_id", &[("person_id", "#12")], "person_external_id_external_id_key"),
    ("team_external_id", &[("team_id", "#2")], "team_external_id_external_id_key"),
    ("team_membership", &[("id", "#900"), ("valid_from", "@2")], "team_membership_team_id_person_id_key"),
    ("skill_category", &[("id", "#900")], "skill_category_slug_key"),
    ("skill", &[("id", "#900")], "skill_slug_key"),
    ("skill_alias", &[("id", "#900")], "skill_alias_skill_id_alias_key_key"),
    ("external_ref", &[("id", "#900")], "external_ref_scheme_uri_scheme_version_key"),
    ("skill_merge", &[("id", "#900")], "skill_merge_from_id_key"),
    ("role_profile", &[("id", "#900")], "role_profile_key_key"),
    (
        "role_profile_version",
        &[("id", "#900"), ("number", "2")],
        "role_profile_version_role_profile_id_status_key",
    ),
    (
        "role_skill_requirement",
        &[("id", "#900")],
        "role_skill_requirement_role_profile_version_id_skill_id_key",
    ),
    ("person_role_profile", &[("id", "#900")], "person_role_profile_person_id_role_profile_id_key"),
    ("skill_assessment_status", &[("id", "#900")], "skill_assessment_status_assessment_id_seq_key"),
    ("development_goal", &[("id", "#900")], "development_goal_plan_id_position_key"),
    ("goal_check_in", &[("id", "#900")], "goal_check_in_goal_id_seq_key"),
    ("learning_resource", &[("id", "#900")], "learning_resource_skill_id_url_key"),
    ("current_level", &[("skill_id", "#32")], "current_level_person_id_recorded_skill_id_source_party_key"),
];
