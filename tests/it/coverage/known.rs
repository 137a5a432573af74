//! What is known of many people at once is what is known of each, rating by rating.

use std::collections::BTreeMap;

use assay::{
    domain::{
        assessments::effective::Rating,
        capabilities::Known,
        ids::{PersonId, SkillId},
        levels::Interest,
        time::Timestamp,
    },
    store::{PlacedRating, StoreError},
};

use crate::{matrix::department, support::World};

type Ratings = BTreeMap<(PersonId, SkillId), Vec<Rating>>;
type Interests = BTreeMap<(PersonId, SkillId), Interest>;

/// Everything known of `people` in `skills`, read at once.
async fn at_once(
    world: &World,
    people: &[PersonId],
    skills: &[SkillId],
    as_of: Option<Timestamp>,
) -> (Ratings, Interests) {
    let (people, skills) = (people.to_vec(), skills.to_vec());
    let known = world.store().snapshot(move |snapshot| {
        let (people, skills) = (people.clone(), skills.clone());
        async move {
            let mut all: Vec<Known> = Vec::new();
            snapshot.known_of(&people, &skills, as_of, |known| all.push(known)).await?;
            Ok::<_, StoreError>(all)
        }
    });
    let (mut ratings, mut interests) = (Ratings::new(), Interests::new());
    for known in known.await.expect("read") {
        for (skill, mut said) in known.ratings {
            said.sort_by_key(|rating| rating.assessment_id);
            ratings.insert((known.person_id, skill), said);
        }
        interests.extend(
            known.interests.into_iter().map(|(skill, interest)| ((known.person_id, skill), interest)),
        );
    }
    (ratings, interests)
}

fn by_cell(placed: Vec<PlacedRating>) -> Ratings {
    let mut ratings = Ratings::new();
    for one in placed {
        ratings.entry((one.person_id, one.skill_id)).or_default().push(one.rating);
    }
    ratings
}

/// Everybody, and the skills anybody is rated in; every third is asked for.
async fn everything(world: &World) -> (Vec<PersonId>, Vec<SkillId>) {
    let ids = async |table: &str| -> Vec<uuid::Uuid> {
        let rows = world.rows(&format!("SELECT id FROM {table} ORDER BY id"), []).await;
        rows.iter().map(|row| row.try_get("", "id").expect("an id")).collect()
    };
    let people = ids("person").await.into_iter().map(PersonId::from_uuid).collect();
    (people, ids("skill").await.into_iter().step_by(3).map(SkillId::from_uuid).collect())
}

on_both! {
    async fn what_is_read_at_once_is_the_projection_and_the_latest_interests(world: World) {
        department(&world).await;
        let (people, skills) = everything(&world).await;
        let before = world.statements();
        let (ratings, interests) = at_once(&world, &people, &skills, None).await;
        assert_eq!(world.statements() - before, 1);
        let one_by_one = world.store().current_ratings(&people, Some(&skills)).await.expect("ratings");
        assert!(one_by_one.len() > 100);
        assert_eq!(ratings, by_cell(one_by_one));
        let of_each = world.store().interests_of(&people).await.expect("interests");
        let of_each = of_each.into_iter().flat_map(|(person, all)| {
            all.into_iter().map(move |one| ((person, one.skill_id), one.interest))
        });
        let of_each: Interests = of_each.filter(|((_, skill), _)| skills.contains(skill)).collect();
        assert!(of_each.len() > 5);
        assert_eq!(interests, of_each);
    }

    async fn of_the_past_it_is_the_history_up_to_then(world: World) {
        department(&world).await;
        let (people, skills) = everything(&world).await;
        for days in [-700, -200, -20, 0] {
            let at = world.day(days);
            let (ratings, _) = at_once(&world, &people, &skills, Some(at)).await;
            let past = world.store().past_ratings(&people, Some(&skills), at).await.expect("ratings");
            assert!(days < -500 || !past.is_empty(), "{days}");
            assert_eq!(ratings, by_cell(past), "{days}");
        }
        let long_ago = world.day(-3_000);
        let (ratings, interests) = at_once(&world, &people, &skills, Some(long_ago)).await;
        assert!(ratings.is_empty() && interests.is_empty());
    }
}
