"""Holds each alert to its tests, its runbook entry, and the copy that the Prometheus operator takes.

With --write as second argument it writes that copy instead.
"""

import re
import sys

from findings import Findings, documents

RULES = "deploy/prometheus/assay.rules.yml"
TESTS = "deploy/prometheus/assay.tests.yml"
OPERATOR = "deploy/prometheus/prometheus-rule.yaml"
RUNBOOK = "deploy/README.md"
PARTS = ["It means", "Look at", "Do"]
OPERATOR_HEAD = """\
# assay.rules.yml as the Prometheus operator takes it: made by `scripts/check-deploy --write`, never by hand.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: assay
spec:
"""

findings = Findings()


def operator_copy():
    text = (findings.root / RULES).read_text()
    groups = text[text.index("groups:\n"):]
    return OPERATOR_HEAD + "".join(f"  {line}" if line.strip() else line for line in groups.splitlines(True))


def entries():
    """The runbook's entries of alerts, by heading."""
    text = (findings.root / RUNBOOK).read_text()
    parts = re.split(r"^#{2,4} (.+)$", text, flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2])
    return {title: body for title, body in pairs if re.fullmatch(r"Assay[A-Z]\w+", title)}


def tested():
    """Which alerts are seen firing, and which are seen not to."""
    fires, rests = set(), set()
    for test in documents(findings.root / TESTS)[0]["tests"]:
        for one in test["promql_expr_test"]:
            name = re.search(r'alertname="(\w+)"', one["expr"])[1]
            (fires if one["exp_samples"] else rests).add(name)
    return fires, rests


def main():
    if "--write" in sys.argv[2:]:
        (findings.root / OPERATOR).write_text(operator_copy())
        return
    groups = documents(findings.root / RULES)[0]["groups"]
    alerts = {rule["alert"]: rule for group in groups for rule in group["rules"] if "alert" in rule}
    runbook, (fires, rests) = entries(), tested()
    for name, rule in alerts.items():
        where = f"{RULES}: {name}"
        if rule.get("labels", {}).get("severity") not in ("page", "ticket"):
            findings.add(where, "its severity is neither page nor ticket")
        if rule.get("annotations", {}).get("runbook") != f"{RUNBOOK}#{name.lower()}":
            findings.add(where, f"its runbook annotation is not {RUNBOOK}#{name.lower()}")
        if name not in fires:
            findings.add(TESTS, f"no test sees {name} fire")
        if name not in rests:
            findings.add(TESTS, f"no test sees {name} not fire")
        if name not in runbook:
            findings.add(RUNBOOK, f"{name} has no entry")
        for part in PARTS:
            if name in runbook and f"**{part}**" not in runbook[name]:
                findings.add(RUNBOOK, f"the entry {name} does not say `**{part}**`")
    for name in sorted((set(runbook) | fires | rests) - set(alerts)):
        findings.add(RULES, f"there is no alert {name}, which the runbook or a test names")
    if (findings.root / OPERATOR).read_text() != operator_copy():
        findings.add(OPERATOR, f"differs from {RULES}; write it anew with scripts/check-deploy --write")
    findings.end(f"{len(alerts)} alerts, each with tests that see it fire and not fire, and a runbook entry")


main()
