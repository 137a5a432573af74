//! The cut for a viewer: hidden people leave a count and nothing else.

use proptest::prelude::*;

use super::teams::inputs;
use crate::domain::{
    ids::PersonId,
    matrix::{Input, Requirements, assemble},
    sampling::cases,
};

/// The same organisation, had the hidden people never been there.
fn without(input: &Input, hidden: impl Fn(PersonId) -> bool) -> Input {
    let mut rest = input.clone();
    rest.members.retain(|member| !hidden(member.person_id));
    rest.ratings.retain(|(person, _), _| !hidden(*person));
    if let Some(before) = &mut rest.before {
        before.ratings.retain(|(person, _), _| !hidden(*person));
    }
    if let Requirements::Own(holdings) = &mut rest.requirements {
        holdings.retain(|holding| !hidden(holding.person_id));
    }
    rest
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn hidden_people_might_as_well_not_be_there_but_for_their_number(
        input in inputs(),
        mask in prop::collection::vec(any::<bool>(), 6),
    ) {
        let hidden = |person: PersonId| mask[person.uuid().as_u128() as usize];
        let cut = assemble(&input).unwrap().visible_to(|person| !hidden(person)).unwrap();
        let mut apart = assemble(&without(&input, hidden)).unwrap().visible_to(|_| true).unwrap();
        prop_assert_eq!(apart.hidden_rows, 0);
        let everyone = assemble(&input).unwrap().people().count();
        prop_assert_eq!(cut.rows.len() + cut.hidden_rows, everyone);
        apart.hidden_rows = cut.hidden_rows;
        prop_assert_eq!(cut, apart);
    }

    #[test]
    fn who_may_see_nobody_learns_only_how_many_there_are(input in inputs()) {
        let matrix = assemble(&input).unwrap();
        let cut = matrix.visible_to(|_| false).unwrap();
        prop_assert!(cut.rows.is_empty() && cut.columns.iter().all(|c| (c.n, c.missing) == (0, 0)));
        prop_assert_eq!(cut.hidden_rows, matrix.people().count());
    }
}
