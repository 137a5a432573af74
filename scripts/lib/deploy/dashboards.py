"""Holds the dashboards to what Grafana needs to show them. The expressions are looked at elsewhere."""

import json
import sys

from findings import Findings

FOLDER = "deploy/grafana/dashboards"
COLUMNS = 24

findings = Findings()


def cells(panel):
    """The cells of Grafana's grid that a panel covers."""
    place = panel["gridPos"]
    return {
        (x, y)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    }


def check(path):
    board = json.loads((findings.root / path).read_text())
    variables = {variable["name"] for variable in board["templating"]["list"]}
    taken, ids = {}, set()
    if not board.get("uid") or not board.get("title"):
        findings.add(path, "it has no uid or no title")
    for panel in board["panels"]:
        name = panel["title"]
        if panel["id"] in ids:
            findings.add(path, f"panel `{name}`: the id {panel['id']} is taken")
        ids.add(panel["id"])
        for cell in cells(panel):
            if cell in taken or cell[0] >= COLUMNS:
                findings.add(path, f"panel `{name}` lies on `{taken.get(cell, 'the margin')}`")
                break
            taken[cell] = name
        if panel["type"] == "row":
            continue
        if not panel.get("description") or not panel.get("targets"):
            findings.add(path, f"panel `{name}` has no description or no query")
        for part in [panel, *panel.get("targets", [])]:
            if part.get("datasource", {}).get("uid") != "${datasource}" or "datasource" not in variables:
                findings.add(path, f"panel `{name}` does not use the variable datasource")
    return len(board["panels"])


def main():
    paths = sorted((findings.root / FOLDER).glob("*.json"))
    if not paths:
        sys.exit(f"{FOLDER}: holds no dashboard")
    panels = 0
    for path in paths:
        try:
            panels += check(f"{FOLDER}/{path.name}")
        except (json.JSONDecodeError, KeyError) as error:
            findings.add(f"{FOLDER}/{path.name}", f"not a dashboard: {error!r}")
    findings.end(f"{len(paths)} dashboard, {panels} panels")


main()
