"""Parses every PromQL expression of rules, rule tests and dashboards, and looks up the names in it.

A metric exists when docs/metrics.md lists it (which a test holds against `/metrics`), when a rule records
it, or when Prometheus makes it. A label exists when docs/metrics.md lists it for one of the metrics below it.
Writes the dashboards' expressions as rules to the file named second, for promtool to parse once more.
"""

import json
import re
import sys

import promql_parser
import yaml
from findings import Findings, documents

METRICS = "docs/metrics.md"
RULES = "deploy/prometheus/assay.rules.yml"
TESTS = "deploy/prometheus/assay.tests.yml"
DASHBOARDS = "deploy/grafana/dashboards"
PROMETHEUS = {"up": set(), "ALERTS": {"alertname", "alertstate", "severity", "service"}}
# What scraping adds to each series.
SCRAPED = {"job", "instance"}
HISTOGRAM = {"_bucket": {"le"}, "_sum": set(), "_count": set()}

findings = Findings()


def documented():
    """The names of docs/metrics.md with their labels; a histogram has three."""
    known = {}
    columns = None
    for line in (findings.root / METRICS).read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            columns = None
        elif columns is None:
            columns = [cell.lower() for cell in cells]
        elif {"type", "labels"} <= set(columns) and set("".join(cells)) - set(":- "):
            row = dict(zip(columns, cells))
            labels = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", row.get("labels", ""))))
            for name in re.findall(r"`(\w+)`", cells[0]):
                suffixes = HISTOGRAM if "histogram" in row.get("type", "") else {"": set()}
                known |= {name + suffix: labels | more for suffix, more in suffixes.items()}
    return known


def rules():
    return [rule for group in documents(findings.root / RULES)[0]["groups"] for rule in group["rules"]]


def recorded(rules):
    """Rules are recorded by job, and nothing else."""
    return {rule["record"]: {"job"} for rule in rules if "record" in rule}


def dashboard_expressions(path):
    """Every `expr` and every query of a variable, with Grafana's own variables filled in."""
    try:
        board = json.loads(path.read_text())
    except json.JSONDecodeError as error:
        sys.exit(f"{path}: not JSON: {error}")
    for panel in board["panels"] + board.get("annotations", {}).get("list", []):
        for target in panel.get("targets", [panel]):
            if "expr" in target:
                yield panel.get("title") or panel["name"], filled(target["expr"])
    for variable in board["templating"]["list"]:
        query = re.fullmatch(r"label_values\((.+), \w+\)", variable.get("definition", ""))
        if query:
            yield f"variable {variable['name']}", filled(query[1])


def filled(text):
    return re.sub(r"\$\w+", ".*", text.replace("$__rate_interval", "5m"))


def check(where, text, known):
    try:
        tree = promql_parser.parse(text)
    except ValueError as error:
        findings.add(where, f"`{text}` is no PromQL: {error}")
        return
    metrics = selectors(tree)
    for selector in metrics:
        if selector.name not in known:
            findings.add(where, f"metric `{selector.name}` is neither in {METRICS} nor recorded by a rule")
            continue
        for matcher in selector.matchers.matchers:
            if matcher.name not in known[selector.name] | SCRAPED:
                findings.add(where, f"metric `{selector.name}` has no label `{matcher.name}`")
    below = SCRAPED.union(*(known.get(selector.name, set()) for selector in metrics))
    for label in sorted(grouping(tree) - below) if all(one.name in known for one in metrics) else []:
        findings.add(where, f"`{label}` in `{text}` is a label of none of its metrics")


def selectors(tree):
    found = []
    promql_parser.walk(tree, lambda node: found.append(node) if hasattr(node, "matchers") else None)
    return found


def grouping(tree):
    """The labels that aggregations keep and operators match."""
    labels = set()

    def look(node):
        modifier = getattr(node, "modifier", None)
        for part in (modifier, getattr(modifier, "matching", None)):
            labels.update(getattr(part, "labels", None) or [])

    promql_parser.walk(tree, look)
    return labels


def main():
    if not (findings.root / METRICS).exists():
        sys.exit(f"{METRICS}: is missing; the expressions are held against it")
    defined = rules()
    known = documented() | recorded(defined) | PROMETHEUS
    count = len(defined)
    for rule in defined:
        check(f"{RULES}: {rule.get('alert') or rule['record']}", rule["expr"], known)
    for test in documents(findings.root / TESTS)[0]["tests"]:
        for series in test.get("input_series", []):
            check(f"{TESTS}: {test['name']}", series["series"], known)
            count += 1
    shown = []
    for path in sorted((findings.root / DASHBOARDS).glob("*.json")):
        for title, text in dashboard_expressions(path):
            check(f"{DASHBOARDS}/{path.name}: {title}", text, known)
            shown.append({"record": f"shown:{len(shown)}", "expr": text})
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        yaml.safe_dump({"groups": [{"name": "dashboards", "rules": shown}]}, file)
    count += len(shown)
    findings.end(f"{count} expressions, {len(shown)} of them of dashboards, over {len(known)} names")


main()
