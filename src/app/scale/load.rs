//! Writes a generated organisation into an empty database, in one transaction: an interrupted load leaves
//! nothing behind. Holds one team at a time.

use crate::{
    app::{
        Progress, Watch,
        demo::{
            LoadError, Loaded, audit, claim, write_profiles, write_question_sets, write_questions,
            write_ratings, write_skills,
        },
        scale::{PEOPLE_OF_A_TEAM, Scale, ratings::Case},
    },
    auth::Job,
    store::{Store, StoreError, Tx},
};

/// Teams whose people are written together.
const TEAMS_AT_ONCE: usize = 20;
/// Questions that are written together.
const QUESTIONS_AT_ONCE: usize = 500;

/// Loads the organisation; everything of it is written, or nothing is.
///
/// # Errors
/// [`LoadError::NotEmpty`] when the database holds anything, or the store's failure.
pub async fn load(store: &Store, scale: Scale, watch: Watch) -> Result<Loaded, LoadError> {
    let digests = store.digest_key().await?;
    store
        .begin(move |tx| async move {
            claim(&tx).await?;
            let mut load = Load { tx: &tx, scale: &scale, watch };
            load.organisation().await?;
            let (skills, role_profiles) = load.catalogue().await?;
            let questions = load.bank().await?;
            let question_sets = load.sets().await?;
            let assessments = load.ratings().await?;
            load.tell("statistics", 0, 1);
            tx.record_audit(&[audit(&digests, scale.now, Job::Seed, "loadScale")]).await?;
            tx.analyze().await?;
            load.tell("statistics", 1, 1);
            let (teams, people) = (scale.teams as usize, scale.people() as usize);
            Ok(Loaded { teams, people, skills, role_profiles, questions, question_sets, assessments })
        })
        .await
}

struct Load<'t> {
    tx: &'t Tx,
    scale: &'t Scale,
    watch: Watch,
}

impl Load<'_> {
    fn tell(&mut self, what: &'static str, done: u32, of: u32) {
        (self.watch)(Progress { what, done: done.into(), of: of.into() });
    }

    /// Teams first: people come from one team into another.
    async fn organisation(&mut self) -> Result<(), StoreError> {
        let numbers: Vec<u32> = (0..self.scale.teams).collect();
        for some in numbers.chunks(500) {
            let teams: Vec<_> = some.iter().map(|&n| self.scale.team(n)).collect();
            self.tx.insert_teams(&teams).await?;
            let places: Vec<_> = some.iter().flat_map(|&n| self.scale.places(n)).collect();
            self.tx.insert_team_links(&places).await?;
        }
        for some in numbers.chunks(TEAMS_AT_ONCE) {
            let done = some.last().map_or(0, |last| last + 1);
            let (mut people, mut stays) = (Vec::new(), Vec::new());
            for crew in some.iter().map(|&team| self.scale.crew(team)) {
                people.extend(crew.people);
                stays.extend(crew.memberships);
            }
            self.tx.insert_people(&people).await?;
            self.tx.insert_memberships(&stays).await?;
            self.tell("people", done * PEOPLE_OF_A_TEAM, self.scale.people());
        }
        Ok(())
    }

    async fn catalogue(&self) -> Result<(usize, usize), StoreError> {
        let skills = self.scale.skills();
        write_skills(self.tx, &skills).await?;
        let profiles = self.scale.profiles();
        write_profiles(self.tx, &profiles).await?;
        Ok((skills.skills.len(), profiles.len()))
    }

    async fn bank(&mut self) -> Result<usize, StoreError> {
        let all = self.scale.questions;
        let numbers: Vec<u32> = (0..all).collect();
        for some in numbers.chunks(QUESTIONS_AT_ONCE) {
            let questions: Vec<_> = some.iter().map(|&n| self.scale.question(n)).collect();
            write_questions(self.tx, &questions).await?;
            self.tell("questions", some.last().map_or(0, |last| last + 1), all);
        }
        Ok(all as usize)
    }

    async fn sets(&mut self) -> Result<usize, StoreError> {
        let all = self.scale.question_sets();
        for n in 0..all {
            write_question_sets(self.tx, &[self.scale.question_set(n)]).await?;
            self.tell("question sets", n + 1, all);
        }
        Ok(all as usize)
    }

    async fn ratings(&mut self) -> Result<usize, StoreError> {
        let mut count = 0;
        for team in 0..self.scale.teams {
            let cases: Vec<Case> = Scale::people_of(team).map(|n| self.scale.case(team, n)).collect();
            let held: Vec<_> = cases.iter().flat_map(|case| self.scale.held(case)).collect();
            self.tx.insert_person_role_profiles(&held).await?;
            self.tx.insert_skill_targets(&self.scale.targets(team)).await?;
            let ratings: Vec<_> = cases.iter().flat_map(|case| self.scale.history(case)).collect();
            write_ratings(self.tx, &ratings).await?;
            let assessments: Vec<_> = ratings.iter().map(|row| &row.assessment).collect();
            self.tx.project_new_people(&assessments).await?;
            let interests: Vec<_> = cases.iter().flat_map(|case| self.scale.interests(case)).collect();
            self.tx.insert_skill_interests(&interests).await?;
            let excused: Vec<_> = cases.iter().filter_map(|case| self.scale.exemption(case)).collect();
            self.tx.insert_exemptions(&excused).await?;
            count += ratings.len();
            self.tell("assessments of people", (team + 1) * PEOPLE_OF_A_TEAM, self.scale.people());
        }
        Ok(count)
    }
}
