//! Runs an operation away from the worker that took its request, in its turn and for a limited time.

use std::time::Duration;

use crate::{
    graphql::{answer::Answer, codes::Code, gate::Admitted, service::Call},
    http::state::State,
};

/// What a task gets beyond its deadline before we answer without it: its own timer fires first
/// unless it is busy computing.
const GRACE: Duration = Duration::from_millis(250);

pub(super) async fn run(state: &State, document: Admitted, call: Call) -> Answer {
    let (service, limit) = (state.service.clone(), state.settings.operation_timeout);
    let turn = tokio::time::timeout(state.settings.turn_timeout, state.turns.clone().acquire_owned());
    let Ok(Ok(turn)) = turn.await else {
        tracing::warn!(request_id = call.request_id, "no turn came free in time");
        return Answer::refused(Code::ServiceUnavailable, "Too many operations run at the moment");
    };
    let request_id = call.request_id.clone();
    // The task goes on when the client leaves, so that a write is not cut in two; its own timer ends it.
    let task = state.runtime.spawn(async move {
        let answer = tokio::time::timeout(limit, service.execute(document, call)).await;
        drop(turn);
        answer
    });
    match tokio::time::timeout(limit + GRACE, task).await {
        Ok(Ok(Ok(answer))) => answer,
        Ok(Ok(Err(_))) | Err(_) => too_slow(&request_id, limit),
        Ok(Err(panic)) => {
            tracing::error!(request_id, %panic, "an operation panicked");
            Answer::fault(&request_id)
        }
    }
}

fn too_slow(request_id: &str, limit: Duration) -> Answer {
    tracing::warn!(request_id, limit_ms = limit.as_millis(), "an operation ran out of time");
    let seconds = limit.as_secs_f32();
    Answer::refused(Code::OperationTimeout, format!("The operation took longer than {seconds} s"))
}
