//! What a client gets back: `data`, or errors with a code from the closed list.
//! Faults are masked and logged here, and messages cut; nothing here knows about HTTP.

use std::collections::BTreeMap;

use async_graphql::{ErrorExtensionValues, Pos, Response, ServerError, Value};
use serde::Serialize;

use crate::{
    app::Failure,
    graphql::{
        codes::Code,
        cost::{Cost, TOO_COMPLEX},
        errors::MASKED,
        gate::GateRefusal,
    },
    store::StoreError,
    telemetry::request::trace_id,
};

/// The longest message; what a client sent is echoed no further.
const MESSAGE_CHARACTERS: usize = 300;
/// The most errors of one answer: validation finds one for each of thousands of fields.
const ERRORS: usize = 20;

/// The body of an answer.
#[derive(Debug, Serialize)]
pub struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    /// Left out, not null, when nothing was executed (GraphQL, section 7.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: BTreeMap<String, Value>,
    /// The first of its errors that is ours to repair, whether it is among those shown or not.
    #[serde(skip)]
    fault: Option<Code>,
}

impl Answer {
    /// An answer without data: why nothing was executed.
    #[must_use]
    pub fn refused(code: Code, message: impl Into<String>) -> Self {
        let mut error = ServerError::new(cut(message.into()), None);
        set(&mut error, "code", code.as_str());
        let fault = Some(code).filter(|code| is_fault(*code));
        Self { errors: vec![error], data: None, extensions: BTreeMap::new(), fault }
    }

    /// A masked fault without data. The caller has logged what happened.
    #[must_use]
    pub fn fault(request_id: &str) -> Self {
        let mut answer = Self::refused(Code::InternalServerError, MASKED);
        answer.errors.iter_mut().for_each(|error| name_request(error, request_id));
        answer
    }

    /// The scope of the operation could not be read.
    pub(super) fn of_store(error: &StoreError, request_id: &str) -> Self {
        tracing::error!(request_id, trace_id = trace_id(), %error, "an operation could not begin");
        let mut answer = Self::refused(code_of_store(error), "");
        answer.errors = answer.errors.into_iter().map(|error| show(error, request_id, false)).collect();
        answer
    }

    /// What execution came to, fit for a client: faults masked and logged under `request_id`, messages
    /// cut, and names that validation guesses left out unless `suggestions`. An operation that ran tells its
    /// `cost`, and so does one that costs too much to run.
    pub(super) fn of(response: Response, cost: Option<Cost>, request_id: &str, suggestions: bool) -> Self {
        let nothing_ran = response.data == Value::Null
            && !response.errors.is_empty()
            && response.errors.iter().all(|error| error.path.is_empty());
        let data = (!nothing_ran).then_some(response.data);
        let fault = log_faults(&response.errors, request_id);
        let more = response.errors.len().saturating_sub(ERRORS);
        let shown = response.errors.into_iter().take(ERRORS);
        let mut errors: Vec<_> = shown.map(|error| show(error, request_id, suggestions)).collect();
        let mut extensions = response.extensions;
        if let Some(cost) = cost {
            errors.iter_mut().for_each(|error| price(error, cost));
            if !nothing_ran {
                extensions.insert("cost".to_owned(), cost.shown());
            }
        }
        if more > 0
            && let Some(last) = errors.last_mut()
        {
            last.message.push_str(&format!(" (and {more} more errors)"));
        }
        Self { errors, data, extensions, fault }
    }

    /// What it came to: OK; the code of the first fault, also beside data; PARTIAL where fields failed by what
    /// the client asked; or the code of the first error where there is no data.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        match (self.fault, &self.data, self.errors.is_empty()) {
            (Some(fault), ..) => fault.as_str(),
            (None, _, true) => "OK",
            (None, Some(_), false) => "PARTIAL",
            (None, None, false) => self.refusal().unwrap_or(Code::InternalServerError).as_str(),
        }
    }

    /// Whether any of it failed by our fault.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        self.fault.is_some()
    }

    /// The code of the first error of an answer that has no data.
    #[must_use]
    pub fn refusal(&self) -> Option<Code> {
        let error = self.errors.first().filter(|_| self.data.is_none())?;
        code_of(error)
    }
}

impl From<&GateRefusal> for Answer {
    fn from(refusal: &GateRefusal) -> Self {
        let mut answer = Self::refused(refusal.code(), refusal.to_string());
        for error in &mut answer.errors {
            match refusal {
                GateRefusal::Syntax { at: Some((line, column)), .. } => {
                    error.locations = vec![Pos { line: *line, column: *column }];
                }
                GateRefusal::TooComplex { limit, allowed, found } => {
                    set(error, "limit", limit.as_str());
                    set(error, "allowed", *allowed);
                    set(error, "found", *found);
                }
                GateRefusal::Syntax { at: None, .. } | GateRefusal::FragmentCycle { .. } => {}
            }
        }
        answer
    }
}

/// What an error is to the client, by what it carries; anything unknown is a fault, so that a text
/// that nobody thought of never leaves the service.
fn classify(error: &ServerError) -> Code {
    if let Some(code) = code_of(error) {
        return code;
    }
    if let Some(fault) = store_error(error) {
        return code_of_store(fault);
    }
    let says = |start: &str| error.message.starts_with(start);
    match (error.path.is_empty(), error.source.is_some()) {
        (_, false) if says(TOO_COMPLEX) => Code::QueryTooComplex,
        (true, false) => Code::ValidationFailed,
        // How the library words an input that its scalar refuses.
        (false, false) if says("Failed to parse \"") || says("Expected input type \"") => Code::BadUserInput,
        (_, _) => Code::InternalServerError,
    }
}

fn code_of(error: &ServerError) -> Option<Code> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Code::parse(code),
        _ => None,
    }
}

fn code_of_store(error: &StoreError) -> Code {
    match error {
        StoreError::Unavailable(_) => Code::ServiceUnavailable,
        StoreError::Timeout(_) => Code::OperationTimeout,
        StoreError::Constraint(_) | StoreError::Corrupt(_) | StoreError::Fault(_) => {
            Code::InternalServerError
        }
    }
}

fn store_error(error: &ServerError) -> Option<&StoreError> {
    let failure = error.source::<Failure>().and_then(|failure| match failure {
        Failure::Fault(fault) => Some(fault),
        Failure::Refused(_) => None,
    });
    error.source::<StoreError>().or(failure)
}

/// Whether it is ours to repair, and therefore logged and masked.
fn is_fault(code: Code) -> bool {
    matches!(code, Code::InternalServerError | Code::ServiceUnavailable | Code::OperationTimeout)
}

/// One line for an operation: a fault in a list repeats itself for every element. Tells the first.
fn log_faults(errors: &[ServerError], request_id: &str) -> Option<Code> {
    let mut faults = errors.iter().filter(|error| is_fault(classify(error)));
    let first = faults.next()?;
    let (more, trace_id) = (faults.count(), trace_id());
    tracing::error!(request_id, trace_id, path = ?first.path, more, error = %first.message, "an operation failed");
    Some(classify(first))
}

fn show(mut error: ServerError, request_id: &str, suggestions: bool) -> ServerError {
    let code = classify(&error);
    error.message = match code {
        Code::InternalServerError => MASKED.to_owned(),
        Code::ServiceUnavailable => "The service is not available at the moment; try again later.".to_owned(),
        Code::OperationTimeout => "The operation took too long.".to_owned(),
        // The gate names its own limits before anything runs; this one is the price of the operation.
        Code::QueryTooComplex => "The operation costs more than one operation may.".to_owned(),
        _ => said(std::mem::take(&mut error.message), suggestions),
    };
    if code == Code::QueryTooComplex {
        set(&mut error, "limit", "cost");
    }
    if is_fault(code) {
        error.extensions = None;
        name_request(&mut error, request_id);
    }
    set(&mut error, "code", code.as_str());
    error
}

/// Says by how much an operation costs too much.
fn price(error: &mut ServerError, cost: Cost) {
    if code_of(error) == Some(Code::QueryTooComplex) {
        error.message = format!("This operation costs {}; the limit is {}.", cost.requested, cost.limit);
        set(error, "cost", cost.shown());
    }
}

/// What leads from a masked fault to the log, and to the trace where there is one.
fn name_request(error: &mut ServerError, request_id: &str) {
    set(error, "requestId", request_id);
    if let Some(trace_id) = trace_id() {
        set(error, "traceId", trace_id);
    }
}

fn said(message: String, suggestions: bool) -> String {
    match message.find(" Did you mean ") {
        Some(guess) if !suggestions => cut(message[..guess].to_owned()),
        _ => cut(message),
    }
}

fn cut(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(MESSAGE_CHARACTERS) {
        message.truncate(end);
        message.push('…');
    }
    message
}

fn set(error: &mut ServerError, name: &str, value: impl Into<Value>) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set(name, value);
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, Value};

    use super::*;

    /// A field that failed with this code.
    fn failed(code: Code) -> ServerError {
        let mut error = ServerError::new("a message", None);
        error.path = vec![PathSegment::Field("team".to_owned())];
        set(&mut error, "code", code.as_str());
        error
    }

    fn outcome(data: Value, codes: &[Code]) -> &'static str {
        let mut response = Response::new(data);
        response.errors = codes.iter().map(|code| failed(*code)).collect();
        Answer::of(response, None, "r-1", false).outcome()
    }

    fn some_data() -> Value {
        Value::from_json(serde_json::json!({ "team": null })).unwrap()
    }

    #[test]
    fn an_answer_with_data_is_partial_only_when_all_its_errors_are_the_clients() {
        assert_eq!(outcome(some_data(), &[]), "OK");
        assert_eq!(outcome(some_data(), &[Code::Forbidden, Code::BadUserInput]), "PARTIAL");
        let faults = [Code::Forbidden, Code::OperationTimeout, Code::InternalServerError];
        assert_eq!(outcome(some_data(), &faults), "OPERATION_TIMEOUT");
        assert_eq!(Answer::refused(Code::BadUserInput, "why").outcome(), "BAD_USER_INPUT");
    }

    #[test]
    fn a_fault_counts_also_behind_more_errors_than_are_shown() {
        let mut codes = vec![Code::Forbidden; ERRORS + 5];
        codes.push(Code::ServiceUnavailable);
        assert_eq!(outcome(some_data(), &codes), "SERVICE_UNAVAILABLE");
    }
}
