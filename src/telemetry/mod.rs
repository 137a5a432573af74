//! Spans, metrics and logs. Never sees a token or a document.
