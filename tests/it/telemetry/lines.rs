//! The log: one line a request, one more for a fault, and none for probes.

use std::collections::BTreeSet;

use super::{traces::traced, *};

fn fields(line: &Value) -> BTreeSet<&str> {
    line.as_object().unwrap().keys().map(String::as_str).collect()
}

on_both! {
    async fn a_request_leaves_one_line_and_a_fault_one_more(world: World) {
        furnish(&world).await;
        let service = Service::start(&world, &[]);
        service.ask("first", &matrix()).await;
        for probe in ["/livez", "/healthz", "/readyz", "/metrics"] {
            assert_eq!(service.get(probe).await.status(), 200, "{probe}");
        }
        service.ask_in_vain("refused").await;
        let lost = service.http.get(format!("{}/nowhere?secret=1", service.url));
        assert_eq!(lost.header("x-request-id", "lost").send().await.unwrap().status(), 404);
        world.execute("ALTER TABLE skill_category RENAME TO lost_category", []).await;
        let skills = json!({ "query": "{ a: skillCategories { nodes { name } } b: skillCategories { nodes { name } } }" });
        let broken = service.request("broken", &skills).headers(traced()).send().await.unwrap();
        let broken: Value = broken.json().await.unwrap();
        let last = service.http.get(format!("{}/version", service.url)).header("x-request-id", "last");
        assert_eq!(last.send().await.unwrap().status(), 200);

        let lines = service.lines_until("last");
        let of_requests: Vec<_> = lines.iter().filter(|line| line["message"] == "request").collect();
        let ids: Vec<_> = of_requests.iter().map(|line| line["request_id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["first", "refused", "lost", "broken", "last"]);
        let [first, refused, lost, broken_line, _] = of_requests[..] else { unreachable!() };
        assert_eq!(
            fields(first),
            BTreeSet::from([
                "timestamp", "level", "target", "message", "request_id", "method", "path", "status",
                "operation", "roles", "duration_us", "statements",
            ])
        );
        let shown = [&first["method"], &first["path"], &first["status"], &first["operation"], &first["roles"]];
        assert_eq!(json!(shown), json!(["POST", "/graphql", 200, "Matrix", "none"]));
        assert!(first["statements"].as_u64() > Some(2) && first["duration_us"].as_u64() > Some(0), "{first}");
        assert_eq!((&refused["status"], &refused["statements"]), (&json!(401), &json!(0)));
        assert_eq!((&lost["status"], &lost["path"]), (&json!(404), &json!("/nowhere")));

        let faults: Vec<_> = lines.iter().filter(|line| line["level"] == "ERROR").collect();
        assert_eq!(faults.len(), 1, "{faults:#?}");
        let told = &broken["errors"][0]["extensions"];
        assert_eq!((&told["requestId"], &told["code"]), (&json!("broken"), &json!("INTERNAL_SERVER_ERROR")));
        assert_eq!(told["traceId"], broken_line["trace_id"]);
        assert_eq!((&faults[0]["request_id"], &faults[0]["trace_id"]), (&json!("broken"), &told["traceId"]));
        assert!(told["traceId"].is_string(), "{broken}");
    }
}
