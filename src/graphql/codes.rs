//! The closed list of `extensions.code`. Never grows without the contract.

use crate::domain::choices::choices;

choices! {
    /// The `extensions.code` of an error at the level of a request.
    Code {
        /// The document does not parse.
        ParseFailed = "GRAPHQL_PARSE_FAILED",
        /// The document does not fit the schema.
        ValidationFailed = "GRAPHQL_VALIDATION_FAILED",
        /// A variable or an argument is not what it must be.
        BadUserInput = "BAD_USER_INPUT",
        /// The persisted operation is not known here.
        PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND",
        /// Persisted operations are not kept here.
        PersistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED",
        /// The request names no operation of its document.
        OperationResolutionFailure = "OPERATION_RESOLUTION_FAILURE",
        /// The request itself is malformed.
        BadRequest = "BAD_REQUEST",
        /// Our fault; the log has it under the request id.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// A token is missing, or not accepted.
        Unauthenticated = "UNAUTHENTICATED",
        /// Not the viewer's to ask.
        Forbidden = "FORBIDDEN",
        /// Too many requests.
        RateLimited = "RATE_LIMITED",
        /// It took longer than it may.
        OperationTimeout = "OPERATION_TIMEOUT",
        /// A limit of documents is broken.
        QueryTooComplex = "QUERY_TOO_COMPLEX",
        /// Only listed operations run here.
        OperationNotAllowlisted = "OPERATION_NOT_ALLOWLISTED",
        /// Something we need is away; the same request may succeed later.
        ServiceUnavailable = "SERVICE_UNAVAILABLE",
    }
}
