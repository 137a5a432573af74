"""Holds the variables that compose file, manifests and image set, and the runbook names, to those there are.

Arguments after the root: the compose file as JSON, then rendered manifests. A variable is known when
docs/settings.md lists it, which is made of the code.
"""

import json
import pathlib
import re
import sys

from findings import Findings, documents

SETTINGS = "docs/settings.md"
DOCKERFILE = "deploy/Dockerfile"
RUNBOOK = "deploy/README.md"
# Where the data directory of a trial and the demo is; no setting, but a convention (XDG) that `cli` follows.
OTHERS = {"XDG_DATA_HOME"}

findings = Findings()


def documented():
    rows = re.findall(r"^\|(.+?)\|", (findings.root / SETTINGS).read_text(), flags=re.MULTILINE)
    return set(re.findall(r"`([A-Z][A-Z0-9_]+)`", "".join(rows))) | OTHERS


def of_compose(path):
    services = json.loads(pathlib.Path(path).read_text())["services"]
    for name in ("migrate", "assay"):
        for variable in services[name]["environment"]:
            yield f"docker-compose.yml: {name}", variable


def of_manifests(path):
    for one in documents(pathlib.Path(path)):
        if one["kind"] == "ConfigMap" and "ASSAY_ENV" in one["data"]:
            for variable in one["data"]:
                yield "deploy/kubernetes: ConfigMap assay", variable
        containers = one.get("spec", {}).get("template", {}).get("spec", {}).get("containers", [])
        for container in containers if one["kind"] in ("Deployment", "Job") else []:
            for variable in container.get("env", []):
                yield f"deploy/kubernetes: {one['kind']} {one['metadata']['name']}", variable["name"]


def of_image():
    text = (findings.root / DOCKERFILE).read_text().replace("\\\n", " ")
    for line in re.findall(r"^ENV (.+)$", text, flags=re.MULTILINE):
        for variable in re.findall(r"(\w+)=", line):
            yield DOCKERFILE, variable


def of_runbook():
    text = (findings.root / RUNBOOK).read_text()
    for variable in re.findall(r"\b(?:ASSAY|AUTH|DATABASE|METRICS)_[A-Z_]+\b", text):
        yield RUNBOOK, variable


def main():
    known, seen = documented(), set()
    for where, variable in [*of_compose(sys.argv[2]), *of_manifests(sys.argv[3]), *of_image(), *of_runbook()]:
        seen.add(variable)
        if variable not in known:
            findings.add(where, f"{variable} is not in {SETTINGS}")
    findings.end(f"{len(seen)} variables")


main()
