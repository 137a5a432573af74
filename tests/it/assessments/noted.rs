//! Who reads what somebody else was rated before is noted; one's own history is nobody's business.

use serde_json::json;

use super::{House, LEAD, MEMBER, record};
use crate::reads::data;

on_both! {
    async fn reading_the_history_of_somebody_else_is_noted(world: World) {
        let house = House::in_world(&world).await;
        record(&world, MEMBER, house.rating("SELF", 3, json!({}))).await;
        let profile = world.role_profile("Engineer").await;
        world.publish(profile.uuid(), 1, world.day(-300), &[(house.rust, 2, "MUST", 3)]).await;
        let listed = format!("{{ person(id: \"{}\") {{ assessments {{ nodes {{ level }} }} }} }}", house.mia);
        let explained = format!(
            "{{ gap(subject: {{ personId: \"{}\" }}, roleProfile: {{ key: \"engineer\" }}) {{ items {{ history {{ level }} }} }} }}",
            house.mia
        );
        for (who, document, noted) in [
            (MEMBER, &listed, 0), (MEMBER, &explained, 0), (LEAD, &listed, 1), (LEAD, &explained, 2),
        ] {
            data(&world, &world.token(who, &[], &[]), document).await;
            world.store().accesses_written().await;
            let mia = [house.mia.uuid().into()];
            let rows = world.rows("SELECT at FROM access_event WHERE subject = 'HISTORY' AND entity_id = $1", mia).await;
            assert_eq!(rows.len(), noted, "{who}: {document}");
        }
        assert_eq!(world.count("access_event").await, 2);
    }
}
