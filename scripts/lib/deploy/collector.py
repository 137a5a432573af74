"""Holds the collector's configuration together: what a pipeline names is defined, what is defined is used.

It does not know what each component takes: the collector itself says that, with `validate`.
"""

from findings import Findings, documents

FILE = "deploy/otel-collector.yaml"
PARTS = {"receivers", "processors", "exporters", "connectors", "extensions", "service"}
SIGNALS = {"traces", "metrics", "logs"}

findings = Findings()
config = documents(findings.root / FILE)[0]
pipelines = config.get("service", {}).get("pipelines", {})
used = {"extensions": set(config.get("service", {}).get("extensions", []))}

for name, pipeline in pipelines.items():
    for kind in ("receivers", "processors", "exporters"):
        members = pipeline.get(kind) or []
        used.setdefault(kind, set()).update(members)
        if not members:
            findings.add(FILE, f"pipeline {name} has no {kind}")
    if (pipeline.get("processors") or [None])[0] != "memory_limiter":
        findings.add(FILE, f"pipeline {name}: memory_limiter is not its first processor")

for kind, names in used.items():
    defined = set(config.get(kind) or {})
    for name in sorted(names - defined):
        findings.add(FILE, f"`{name}` is used and not defined in {kind}")
    for name in sorted(defined - names):
        findings.add(FILE, f"`{name}` is defined in {kind} and used by no pipeline")
for signal in sorted(SIGNALS - {name.split("/")[0] for name in pipelines}):
    findings.add(FILE, f"there is no pipeline for {signal}")
for kind in sorted(set(config) - PARTS):
    findings.add(FILE, f"`{kind}` is no part of a collector's configuration")

findings.end(f"{len(pipelines)} pipelines: {', '.join(sorted(pipelines))}")
