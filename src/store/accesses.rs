//! Who has read what not everyone may, written beside the reads: a bounded queue and one writer. A read waits for a
//! place in the queue, never for the database; what finds no place in time is told to the log, not lost in silence.

use std::{sync::OnceLock, time::Duration};

use tokio::{
    sync::{
        mpsc::{Receiver, Sender, channel},
        oneshot,
    },
    time::{sleep, timeout},
};
use uuid::Uuid;

use crate::{
    domain::{choices::choices, ids::PersonId, time::Timestamp},
    store::{Reader, Store, entity::platform::access_event, pool::Pool},
};

/// Answers whose accesses may wait to be written.
const WAITING: usize = 1_024;
/// How long a read waits for a place.
const PATIENCE: Duration = Duration::from_millis(500);
/// The most accesses one statement stores.
const TOGETHER: usize = 500;
/// How often the writer tries, each time after a longer pause.
const TRIES: u32 = 5;

choices! {
    /// What was read that not everyone may read.
    AccessSubject {
        /// What a role is paid, by the version of its profile.
        Salary = "SALARY",
        /// What somebody else was rated before, by the person.
        History = "HISTORY",
    }
}

/// One reading.
#[derive(Debug, Clone)]
pub struct Access {
    /// Its id.
    pub id: Uuid,
    /// Keyed digest of the token's issuer and subject.
    pub actor_digest: String,
    /// The linked person who read.
    pub actor_id: Option<PersonId>,
    /// The person a SERVICE read for.
    pub on_behalf_of: Option<PersonId>,
    /// What kind of thing was read.
    pub subject: AccessSubject,
    /// Whose.
    pub entity_id: Uuid,
    /// The request's id.
    pub request_id: String,
    /// When.
    pub at: Timestamp,
}

enum Note {
    Read(Vec<Access>),
    /// Answered when everything noted before is written.
    Written(oneshot::Sender<()>),
}

tokio::task_local! {
    /// Set in the writer.
    static BESIDE: ();
}

/// Whether what runs is the writer: its statements are of nobody's operation, and not counted among theirs.
pub(super) fn is_beside() -> bool {
    BESIDE.try_with(|()| ()).is_ok()
}

/// The way to the writer, which begins with the first note.
#[derive(Debug, Default)]
pub(super) struct Accesses(OnceLock<Sender<Note>>);

impl Store {
    /// Notes what an answer lets its viewer read.
    pub async fn note_accesses(&self, accesses: Vec<Access>) {
        let n = accesses.len();
        if n == 0 {
            return;
        }
        let queued = timeout(PATIENCE, self.writer().send(Note::Read(accesses))).await;
        if !matches!(queued, Ok(Ok(()))) {
            tracing::error!(n, "accesses could not be noted: their writer does not keep up");
        }
    }

    /// Waits until everything noted so far is written, or was given up.
    pub async fn accesses_written(&self) {
        let (done, written) = oneshot::channel();
        if self.writer().send(Note::Written(done)).await.is_ok() {
            // Fails only when the writer is gone, and then there is nothing to wait for.
            let _ = written.await;
        }
    }

    fn writer(&self) -> &Sender<Note> {
        self.accesses.0.get_or_init(|| {
            let (sender, notes) = channel(WAITING);
            tokio::spawn(BESIDE.scope((), write(notes, self.pool.clone())));
            sender
        })
    }
}

async fn write(mut notes: Receiver<Note>, pool: Pool) {
    let reader = Reader::pool(pool);
    while let Some(note) = notes.recv().await {
        let (mut accesses, mut waiting, mut next) = (Vec::new(), Vec::new(), Some(note));
        while let Some(note) = next {
            match note {
                Note::Read(more) => accesses.extend(more),
                Note::Written(done) => waiting.push(done),
            }
            next = if accesses.len() < TOGETHER { notes.try_recv().ok() } else { None };
        }
        store(&reader, &accesses).await;
        for done in waiting {
            // Whoever waited may have given up.
            let _ = done.send(());
        }
    }
}

async fn store(reader: &Reader, accesses: &[Access]) {
    for tried in 1..=TRIES {
        match reader.insert(accesses.iter().map(row)).await {
            Ok(()) => return,
            Err(error) if tried == TRIES => {
                tracing::error!(n = accesses.len(), %error, "accesses could not be written");
            }
            Err(_) => sleep(Duration::from_millis(200) * 3_u32.pow(tried)).await,
        }
    }
}

fn row(access: &Access) -> access_event::Model {
    access_event::Model {
        id: access.id,
        actor_digest: access.actor_digest.clone(),
        actor_id: access.actor_id.map(PersonId::uuid),
        on_behalf_of: access.on_behalf_of.map(PersonId::uuid),
        subject: access.subject.as_str().to_owned(),
        entity_id: access.entity_id,
        request_id: access.request_id.clone(),
        at: access.at,
    }
}
