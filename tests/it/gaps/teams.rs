//! The gaps of a team: whose, in which order, by pages, and in how many statements.

use assay::domain::{ids::TeamMembershipKind, teams::TeamRole};
use serde_json::{Value, json};

use crate::{
    assessments::{House, LEAD, MEMBER},
    reads::data,
    support::World,
};

const PAGE: &str = "{ edges { cursor } nodes { ready subject { ... on Person { displayName } } \
     roleProfileVersion { roleProfile { key } } } pageInfo { hasNextPage endCursor } }";

async fn gaps(world: &World, who: &str, arguments: &str) -> Value {
    let document = format!("{{ teamBySlug(slug: \"platform\") {{ gaps{arguments} {PAGE} }} }}");
    data(world, &world.token(who, &[], &[]), &document).await["teamBySlug"]["gaps"].take()
}

fn names(page: &Value) -> Vec<&str> {
    let nodes = page["nodes"].as_array().expect("nodes").iter();
    nodes.map(|report| report["subject"]["displayName"].as_str().expect("a name")).collect()
}

/// A profile that everybody can be measured against, which Mia holds beside another one.
async fn held(world: &World, house: &House) {
    for (title, level) in [("Engineer", 3), ("Expert", 5)] {
        let profile = world.role_profile(title).await;
        world.publish(profile.uuid(), 1, world.day(-300), &[(house.rust, level, "MUST", 3)]).await;
        let row = [
            ("id", world.id::<TeamMembershipKind>().uuid().into()),
            ("person_id", house.mia.uuid().into()),
            ("role_profile_id", profile.uuid().into()),
            ("valid_from", world.day(-200).into()),
        ];
        world.insert("person_role_profile", row).await;
    }
}

on_both! {
    async fn a_team_is_read_by_name_and_by_pages_each_person_once(world: World) {
        let house = House::in_world(&world).await;
        held(&world, &house).await;
        let below = world.team("Storage", Some(house.team)).await;
        world.person_in(below, "Stan Store", TeamRole::Member).await;
        // Somebody who is in both is there once.
        world.member(below, house.pia, TeamRole::Member).await;
        let by = "roleProfile: { key: \"engineer\" }";
        let direct = gaps(&world, LEAD, &format!("({by})")).await;
        assert_eq!(names(&direct), ["Lena Lead", "Mia Member", "Pia Peer"]);
        let all = gaps(&world, LEAD, &format!("({by}, scope: SUBTREE)")).await;
        assert_eq!(names(&all), ["Lena Lead", "Mia Member", "Pia Peer", "Stan Store"]);
        let first = gaps(&world, LEAD, &format!("({by}, scope: SUBTREE, first: 3)")).await;
        assert_eq!(first["pageInfo"]["hasNextPage"], json!(true));
        let after = first["pageInfo"]["endCursor"].as_str().unwrap();
        let rest = gaps(&world, LEAD, &format!("({by}, scope: SUBTREE, after: \"{after}\")")).await;
        assert_eq!(names(&rest), ["Stan Store"]);
        let down = gaps(&world, LEAD, &format!("({by}, orderBy: {{ field: PERSON, direction: DESC }}, first: 1)")).await;
        assert_eq!(names(&down), ["Pia Peer"]);
        let one = gaps(&world, LEAD, &format!("({by}, filter: {{ personIds: [\"{}\"] }})", house.pia)).await;
        assert_eq!(names(&one), ["Pia Peer"]);
        assert_eq!(names(&gaps(&world, LEAD, &format!("({by}, filter: {{ text: \"MIA\" }})")).await), ["Mia Member"]);
    }

    async fn without_a_profile_each_person_is_measured_against_their_own(world: World) {
        let house = House::in_world(&world).await;
        held(&world, &house).await;
        let own = gaps(&world, LEAD, "").await;
        assert_eq!(names(&own), ["Mia Member", "Mia Member"], "a report a profile");
        let mut keys: Vec<&str> = own["nodes"].as_array().unwrap().iter()
            .map(|report| report["roleProfileVersion"]["roleProfile"]["key"].as_str().unwrap()).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["engineer", "expert"]);
        let before = format!("(asOf: \"{}\")", world.day(-250).to_rfc3339());
        assert_eq!(names(&gaps(&world, LEAD, &before).await), Vec::<&str>::new());
    }

    async fn a_member_reads_their_own_gap_alone(world: World) {
        let house = House::in_world(&world).await;
        held(&world, &house).await;
        let read = gaps(&world, MEMBER, "(roleProfile: { key: \"engineer\" }, first: 1)").await;
        assert_eq!(names(&read), ["Mia Member"]);
        assert_eq!(read["pageInfo"]["hasNextPage"], json!(false));
    }

    async fn a_large_team_costs_no_more_statements_than_a_small_one(world: World) {
        let house = House::in_world(&world).await;
        held(&world, &house).await;
        let mut counts = Vec::new();
        for more in [0, 20] {
            for n in 0..more {
                world.person_in(house.team, &format!("Nora {n}"), TeamRole::Member).await;
            }
            let before = world.statements();
            let read = gaps(&world, LEAD, "(roleProfile: { key: \"engineer\" }, first: 100)").await;
            counts.push(world.statements() - before);
            assert_eq!(names(&read).len(), 3 + more);
        }
        assert_eq!(counts[0], counts[1], "{counts:?}");
        assert!(counts[0] <= 12, "{counts:?}");
    }
}
