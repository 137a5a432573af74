//! What a full file ends by saying nothing: people it does not have left, and stays it does not name are over.

use crate::{
    app::{
        imports::{
            ImportError, Outcome, Run,
            people::{PeopleImport, Progressed, known::Known},
            run::BATCH,
        },
        people::end_of,
    },
    domain::{ids::PersonId, teams::TeamMembership},
    interchange::sheet::Remark,
};

/// The share of the people that may leave when nobody says how many.
const USUAL_PCT: u8 = 20;

/// So few may leave, as long as they are no more than half of all.
const FEW: usize = 5;

impl PeopleImport {
    pub(super) async fn end_what_is_not_named(
        &self,
        run: &mut Run,
        so_far: &mut Progressed,
    ) -> Result<(), ImportError> {
        if so_far.unread.of_anybody {
            let why = "nobody leaves and no stay ends: a row that cannot be read may be anybody's";
            let why = vec![Remark::new("", why)];
            run.tally.beside("leavers not looked for", String::new(), Outcome::Skipped, why);
            return Ok(());
        }
        let all = run.write.tx.active_people_with_external_ids().await?;
        let (here, gone): (Vec<_>, Vec<_>) = all.into_iter().partition(|(external_id, _)| {
            so_far.mentions.contains_key(external_id) || so_far.unread.of.contains(external_id)
        });
        self.guard(gone.len(), here.len() + gone.len())?;
        for some in gone.chunks(BATCH) {
            let mut known = Known::of(&run.write, &ids(some)).await?;
            for (external_id, id) in some {
                if let Some(draft) = known.drafts.get_mut(id) {
                    draft.deactivate(run.write.now());
                }
                let why = vec![Remark::new("", "left: the file does not have them")];
                run.tally.beside("leavers", external_id.clone(), Outcome::Deactivated, why);
            }
            known.flush(&run.write, &mut so_far.raised, &mut so_far.new).await?;
        }
        if self.roster.has_teams {
            for some in here.chunks(BATCH) {
                end_stays(run, so_far, some).await?;
            }
        }
        Ok(())
    }

    /// A file that was cut off would let half of the organisation leave.
    fn guard(&self, gone: usize, all: usize) -> Result<(), ImportError> {
        let few = self.most_leavers_pct.is_none() && gone <= FEW && gone * 2 <= all;
        let most = self.most_leavers_pct.unwrap_or(USUAL_PCT);
        if few || gone * 100 <= all * usize::from(most) {
            return Ok(());
        }
        Err(ImportError::Guarded(format!(
            "{gone} of {all} people are not in the file, more than {most} %: is it whole? --most-leavers \
             <PERCENT> admits more; nothing was written"
        )))
    }
}

fn ids(people: &[(String, PersonId)]) -> Vec<PersonId> {
    people.iter().map(|(_, id)| *id).collect()
}

async fn end_stays(
    run: &mut Run,
    so_far: &mut Progressed,
    some: &[(String, PersonId)],
) -> Result<(), ImportError> {
    let mut known = Known::of(&run.write, &ids(some)).await?;
    for (external_id, id) in some.iter().filter(|(name, _)| !so_far.unread.of.contains(name)) {
        let Some(draft) = known.drafts.get_mut(id) else { continue };
        let over = |stay: &&TeamMembership| {
            stay.valid.to.is_none() && !so_far.named.contains(&(stay.person_id, stay.team_id))
        };
        let over: Vec<TeamMembership> = draft.stays.iter().filter(over).cloned().collect();
        for stay in over {
            draft.close(stay.id, end_of(&stay.valid, run.write.now()));
            let why = vec![Remark::new("", "a stay in a team ended: the file does not name it")];
            run.tally.beside("stays ended", external_id.clone(), Outcome::Updated, why);
        }
    }
    Ok(known.flush(&run.write, &mut so_far.raised, &mut so_far.new).await?)
}
