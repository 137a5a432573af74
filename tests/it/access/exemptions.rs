//! The exemptions of the access world: one that holds, one that was ended, and of somebody who left.

use assay::domain::ids::RequirementExemptionKind;
use sea_orm::Value;

use super::objects::Objects;

/// Whom, from what, by whom, ended by whom.
const EXEMPTIONS: [(&str, &str, &str, Option<&str>); 4] = [
    ("mia", "rust", "hana", None),
    ("mia", "sql", "lena", Some("lena")),
    ("sam", "rust", "otto", None),
    ("ina", "rust", "lena", None),
];

pub async fn lay(objects: &mut Objects<'_>) {
    for (person, skill, by, ended_by) in EXEMPTIONS {
        let id = objects.world.id::<RequirementExemptionKind>();
        let who = |name: &str| Value::from(objects.uuid(&format!("person/{name}")));
        let row = [
            ("id", id.uuid().into()),
            ("person_id", who(person)),
            ("skill_id", objects.uuid(&format!("skill/{skill}")).into()),
            ("reason", "Learns it next year.".into()),
            ("granted_by_id", who(by)),
            ("valid_from", objects.day(-40).into()),
            ("valid_until", objects.day(40).into()),
            ("ended_at", ended_by.map(|_| objects.day(-20)).into()),
            ("ended_by_id", Value::from(ended_by.map(|by| objects.uuid(&format!("person/{by}"))))),
        ];
        objects.world.insert("requirement_exemption", row).await;
        objects.keep("RequirementExemption", &format!("exemption/{person} {skill}"), id, "");
    }
}
