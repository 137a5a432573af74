"""Holds the compose file to what it promises, once `docker-compose config` has said it is one.

Standard input: the whole file with every profile, as `config --format json` prints it. Starts nothing.
"""

import json
import pathlib
import re
import sys

from findings import Findings

FILE = "docker-compose.yml"
PLAIN = {"postgres", "redis", "migrate", "assay"}
# What ends by itself is not asked for its health.
ONE_SHOT = {"migrate"}

findings = Findings()
services = json.load(sys.stdin)["services"]

plain = {name for name, service in services.items() if not service.get("profiles")}
if plain != PLAIN:
    findings.add(FILE, f"plain `up` starts {sorted(plain)}, which should be {sorted(PLAIN)}")

for name, service in services.items():
    image = service.get("image", "")
    if image != "assay:local" and not re.search(r":v?\d+\.\d+", image):
        findings.add(FILE, f"{name}: image `{image}` is not pinned to a version")
    if name not in ONE_SHOT and not service.get("healthcheck", {}).get("test"):
        findings.add(FILE, f"{name} has no health check")
    for port in service.get("ports", []):
        if port.get("host_ip") != "127.0.0.1":
            findings.add(FILE, f"{name}: port {port.get('published')} is open to the network")
    for volume in service.get("volumes", []):
        if volume["type"] == "bind" and not pathlib.Path(volume["source"]).exists():
            findings.add(FILE, f"{name}: {volume['source']} is mounted and does not exist")

findings.end(f"{len(services)} services, of which plain `up` starts {', '.join(sorted(plain))}")
