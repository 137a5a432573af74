//! The parameters of a GraphQL request, out of a JSON body or a query string.
//! Judges their form only; the document goes on to the gate unread.

use serde_json::{Map, Value};

use crate::http::reply::Problem;

/// What a client asks to be executed.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Params {
    /// `None` when the request only names a persisted operation, which nobody keeps here.
    pub(super) query: Option<String>,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Map<String, Value>,
}

impl Params {
    /// From the body of a POST.
    pub(super) fn from_json(body: &[u8]) -> Result<Self, Problem> {
        if body.is_empty() {
            return Err(Problem::bad_request("The body is empty: send a JSON object with a query"));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Self::from_members(members),
            Ok(Value::Array(_)) => Err(Problem::bad_request("Batches are not taken: send one operation")),
            Ok(_) => Err(Problem::bad_request("The body must be a JSON object with a query")),
            // The parser's words could echo what was sent; where it stopped is enough.
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                Err(Problem::bad_request(format!("The body is not JSON, at line {line}, column {column}")))
            }
        }
    }

    /// From the query string of a GET, where objects come as JSON text.
    pub(super) fn from_query_string(text: &str) -> Result<Self, Problem> {
        let mut members = Map::new();
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            let value = match name.as_ref() {
                // Some clients send every parameter, those without a value empty.
                "variables" | "extensions" | "operationName" if value.is_empty() => Value::Null,
                "variables" | "extensions" => serde_json::from_str(&value)
                    .map_err(|_| Problem::bad_request(format!("{name} must be a JSON object")))?,
                _ => Value::String(value.into_owned()),
            };
            if members.insert(name.to_string(), value).is_some() {
                return Err(Problem::bad_request("A parameter is given twice"));
            }
        }
        Self::from_members(members)
    }

    fn from_members(mut members: Map<String, Value>) -> Result<Self, Problem> {
        let extensions = object(&mut members, "extensions")?;
        let query = string(&mut members, "query")?;
        let persisted = extensions.contains_key("persistedQuery") || members.contains_key("documentId");
        if query.is_none() && !persisted {
            return Err(Problem::bad_request("The query is missing: send the document as a string"));
        }
        Ok(Self {
            query,
            operation_name: string(&mut members, "operationName")?,
            variables: object(&mut members, "variables")?,
        })
    }
}

fn string(members: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Problem> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Problem::bad_request(format!("{name} must be a string"))),
    }
}

fn object(members: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, Problem> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(inner)) => Ok(inner),
        Some(_) => Err(Problem::bad_request(format!("{name} must be an object"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn json(body: &Value) -> Result<Params, Problem> {
        Params::from_json(body.to_string().as_bytes())
    }

    #[test]
    fn all_parameters_are_read_and_unknown_ones_ignored() {
        let body = json!({ "query": "{a}", "operationName": "A", "variables": { "x": 1 }, "other": [] });
        let params = json(&body).unwrap();
        assert_eq!(params.query.as_deref(), Some("{a}"));
        assert_eq!(params.operation_name.as_deref(), Some("A"));
        assert_eq!(Value::Object(params.variables), json!({ "x": 1 }));
    }

    #[test]
    fn null_stands_for_leaving_a_parameter_out() {
        let body = json!({ "query": "{a}", "operationName": null, "variables": null, "extensions": null });
        assert_eq!(json(&body).unwrap(), json(&json!({ "query": "{a}" })).unwrap());
    }

    #[test]
    fn parameters_of_another_form_are_refused_by_name() {
        for (name, value) in [
            ("query", json!({})),
            ("query", json!(0)),
            ("operationName", json!(false)),
            ("variables", json!("x")),
            ("variables", json!([])),
            ("extensions", json!(0)),
        ] {
            let mut body = json!({ "query": "{a}" });
            body[name] = value;
            let problem = json(&body).unwrap_err();
            assert_eq!(problem.status, 400);
            assert!(format!("{problem:?}").contains(name), "{problem:?}");
        }
    }

    #[test]
    fn batches_and_bodies_that_are_no_object_are_refused() {
        for body in
            ["", "[]", "[{\"query\":\"{a}\"}]", "\"{a}\"", "{ \"not a JSON", "{}", "{\"qeury\":\"{a}\"}"]
        {
            assert_eq!(Params::from_json(body.as_bytes()).unwrap_err().status, 400, "{body}");
        }
    }

    #[test]
    fn json_that_nests_without_end_is_refused_not_followed() {
        let deep = format!("{{\"query\":\"{{a}}\",\"variables\":{}", "[".repeat(60_000));
        assert_eq!(Params::from_json(deep.as_bytes()).unwrap_err().status, 400);
    }

    #[test]
    fn a_persisted_operation_needs_no_query() {
        let body = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "00" } } });
        assert_eq!(json(&body).unwrap().query, None);
    }

    #[test]
    fn a_query_string_carries_objects_as_json() {
        let params = Params::from_query_string("query=%7Ba+b%7D&variables=%7B%22x%22%3A1%7D").unwrap();
        assert_eq!(params.query.as_deref(), Some("{a b}"));
        assert_eq!(params.variables["x"], 1);
        assert_eq!(Params::from_query_string("query=%7Ba%7D&operationName=").unwrap().operation_name, None);
        assert!(Params::from_query_string("query=%7Ba%7D&variables=%7B").is_err());
        assert!(Params::from_query_string("query=%7Ba%7D&query=%7Bb%7D").is_err());
        assert!(Params::from_query_string("").is_err());
    }
}
