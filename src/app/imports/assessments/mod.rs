//! `assay import assessments`: ratings from elsewhere. Rows of the history are added, never changed.

mod known;

use std::collections::BTreeSet;

use crate::{
    app::{
        Refusal,
        assessments::{Ledger, NewSkillAssessment},
        imports::{ImportError, Options, Outcome, Run, Summary, batch, run},
    },
    domain::{
        assessments::{AssessmentSource, SkillAssessment},
        ids::PersonId,
        policy::actions::Action,
        revisions::{Aggregate, Root},
    },
    interchange::{
        assessments::{AssessmentRow, Ratings},
        sheet::{Placed, Remark},
    },
    store::{Store, StoreError},
};

use known::{Known, Said};

/// What is imported.
#[derive(Debug)]
pub struct AssessmentImport {
    /// The rows.
    pub ratings: Ratings,
}

/// Imports assessments.
///
/// # Errors
/// [`ImportError`]; then nothing was written.
pub async fn import_assessments(
    store: &Store,
    options: Options,
    import: AssessmentImport,
) -> Result<Summary, ImportError> {
    let files = [import.ratings.file().to_owned()];
    run(store, options, "importAssessments", &files, |run| import.work(run)).await
}

impl AssessmentImport {
    async fn work(self, mut run: Run) -> Result<Run, ImportError> {
        // Under the people's locks nobody else rates them.
        let people = self.look_ahead(&mut run).await?;
        run.write.tx.lock(&people).await?;
        let (mut rows, mut done, mut raised) = (self.ratings.rows()?, 0, BTreeSet::new());
        loop {
            let some = batch(&mut rows)?;
            if some.is_empty() {
                break;
            }
            done += some.len() as u64;
            place_all(&mut run, &some, &mut raised).await?;
            run.progress("assessments", done);
        }
        run.changed(&raised, &BTreeSet::new()).await?;
        Ok(run)
    }

    /// Reads the file once before anything is judged: how long it is, and whom it names.
    async fn look_ahead(&self, run: &mut Run) -> Result<BTreeSet<Root>, ImportError> {
        let (mut rows, mut total, mut roots) = (self.ratings.rows()?, 0, BTreeSet::new());
        loop {
            let some = batch(&mut rows)?;
            if some.is_empty() {
                break;
            }
            total += some.len() as u64;
            let named = said(&some).map(|row| row.person.as_str()).collect();
            let people = known::people(&run.write, &named).await?;
            roots.extend(people.into_values().map(|id| Root::of(Aggregate::Person, id)));
        }
        run.total(total);
        Ok(roots)
    }
}

fn said(some: &[Placed<AssessmentRow>]) -> impl Iterator<Item = &AssessmentRow> {
    some.iter().filter_map(|placed| placed.row.as_ref().ok())
}

async fn place_all(
    run: &mut Run,
    some: &[Placed<AssessmentRow>],
    raised: &mut BTreeSet<Root>,
) -> Result<(), StoreError> {
    let rows: Vec<&AssessmentRow> = said(some).collect();
    let mut known = Known::read(&run.write, &rows).await?;
    let mut ledger = Ledger::open(&run.write, &known.cells).await?;
    let mut changed = false;
    for placed in some {
        let came = match &placed.row {
            Err(broken) => Err(broken.clone()),
            Ok(row) => place(run, &mut known, row),
        };
        let (outcome, remarks) = match came {
            Err(broken) => (Outcome::Refused, broken),
            Ok((outcome, None)) => (outcome, Vec::new()),
            Ok((outcome, Some(rated))) => {
                raised.insert(Root::of(Aggregate::Person, rated.person_id));
                changed = true;
                ledger.add(*rated);
                (outcome, Vec::new())
            }
        };
        run.tally.row(placed, outcome, remarks);
    }
    if changed { ledger.store(&run.write, &known.cells).await } else { Ok(()) }
}

type Came = Result<(Outcome, Option<Box<SkillAssessment>>), Vec<Remark>>;

/// What a row adds to the history, if anything.
fn place(run: &Run, known: &mut Known, row: &AssessmentRow) -> Came {
    let now = run.write.now();
    let (facts, skill) = known.named(row)?;
    let person_id = facts.id;
    let assessor = assessor(known, row, person_id)?;
    let new = NewSkillAssessment {
        person_id: person_id.uuid(),
        skill_id: skill.id.uuid(),
        level: row.level.value().into(),
        source: row.source,
        confidence: row.confidence,
        certificate: row.certificate.clone(),
        observed_at: row.observed_at,
        expires_at: row.expires_at,
        evidence: row.evidence.clone(),
        note: row.note.clone(),
    };
    if !new.may_be_said_by(assessor) {
        return Err(vec![Remark::new(
            "assessor",
            format!("cannot be who is rated, with {}", row.source.as_str()),
        )]);
    }
    let checked = new.checked(now, Action::RecordSkillAssessments, facts, skill, assessor);
    let rated = checked.map_err(|refusals| refusals.into_iter().map(remark).collect::<Vec<_>>())?;
    match known.said(&rated, row.observed_at.is_some()) {
        Said::This => Ok((Outcome::Unchanged, None)),
        Said::OtherwiseInThisRun => {
            let rule = "must differ from that of a row before about the same person, skill and source";
            Err(vec![Remark::new("observedAt", rule)])
        }
        Said::Otherwise => {
            known.note(&rated);
            Ok((Outcome::Updated, Some(Box::new(rated))))
        }
        Said::Nothing => {
            known.note(&rated);
            Ok((Outcome::Created, Some(Box::new(rated))))
        }
    }
}

/// Who rated: the person themself with SELF, nobody with IMPORT, else who the row names.
fn assessor(known: &Known, row: &AssessmentRow, person: PersonId) -> Result<Option<PersonId>, Vec<Remark>> {
    let refuse = |rule: String| Err(vec![Remark::new("assessor", rule)]);
    match (row.source, &row.assessor) {
        (AssessmentSource::SelfRating, None) => Ok(Some(person)),
        (AssessmentSource::Import, None) => Ok(None),
        (source, None) => refuse(format!("must be named with {}", source.as_str())),
        (_, Some(name)) => match known.person(name) {
            Some(id) => Ok(Some(id)),
            None => refuse(format!("nobody has the external id or address `{name}`")),
        },
    }
}

fn remark(refusal: Refusal) -> Remark {
    let field = refusal.field.first().map(String::as_str).unwrap_or_default();
    let column = match field {
        "personId" => "person",
        "skillId" => "skill",
        field => field,
    };
    Remark::new(column, refusal.message)
}
