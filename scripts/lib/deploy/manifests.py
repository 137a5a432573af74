"""Holds rendered Kubernetes manifests together: what one names, another is; no pod may more than it needs.

Arguments after the root: what to call them, and the file that `kubectl kustomize` printed. That each is of
its kind's shape is checked elsewhere.
"""

import pathlib
import re
import sys

from findings import Findings, documents

WHERE = sys.argv[2]
# Made by hand, because they hold secrets.
SECRETS = {"assay", "assay-tls"}
ROUTES = "src/http/routes.rs"
SETTINGS = "docs/settings.md"
# How long a stopping server says that it is not ready, and then lets requests finish.
DRAINING = ("ASSAY_HTTP_DRAIN_DELAY", "ASSAY_HTTP_DRAIN_TIMEOUT")

findings = Findings()
objects = documents(pathlib.Path(sys.argv[3]))


def text_of(path):
    return (findings.root / path).read_text()


def of(*kinds):
    return [one for one in objects if one["kind"] in kinds]


def names(kind):
    return {one["metadata"]["name"] for one in of(kind)}


def say(one, problem):
    findings.add(f"{WHERE}: {one['kind']} {one['metadata']['name']}", problem)


def templates():
    return [(one, one["spec"]["template"]) for one in of("Deployment", "Job")]


def matches(selector, labels):
    return bool(selector) and selector.items() <= (labels or {}).items()


def check_pod(owner, template):
    pod = template["spec"]
    security = pod.get("securityContext", {})
    if not security.get("runAsNonRoot") or security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        say(owner, "its pods may run as root, or without a seccomp profile")
    if pod.get("automountServiceAccountToken") is not False:
        say(owner, "its pods hold a token of the Kubernetes API")
    if pod.get("enableServiceLinks") is not False:
        say(owner, "enableServiceLinks is not false: Kubernetes sets ASSAY_PORT, which the service refuses")
    if pod.get("serviceAccountName") not in names("ServiceAccount"):
        say(owner, f"there is no ServiceAccount {pod.get('serviceAccountName')}")
    for volume in pod.get("volumes", []):
        if "secret" in volume and volume["secret"]["secretName"] not in SECRETS:
            say(owner, f"nobody is told to make the Secret {volume['secret']['secretName']}")
    for container in pod["containers"]:
        check_container(owner, container)


def check_container(owner, container):
    security = container.get("securityContext", {})
    if security.get("allowPrivilegeEscalation") is not False or not security.get("readOnlyRootFilesystem"):
        say(owner, f"container {container['name']} may gain privileges, or write to its root")
    if security.get("capabilities", {}).get("drop") != ["ALL"]:
        say(owner, f"container {container['name']} keeps capabilities")
    resources = container.get("resources", {})
    requested, limited = resources.get("requests", {}), resources.get("limits", {})
    if not {"cpu", "memory"} <= set(requested) or "memory" not in limited:
        say(owner, f"container {container['name']} lacks a request of cpu or memory, or a limit of memory")
    if not re.search(r":v?\d+\.\d+", container["image"]):
        say(owner, f"image `{container['image']}` is not pinned to a version")
    for source in container.get("envFrom", []):
        if source["configMapRef"]["name"] not in names("ConfigMap"):
            say(owner, f"there is no ConfigMap {source['configMapRef']['name']}")
    ports = {port["name"] for port in container.get("ports", [])}
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        asked = container.get(probe, {}).get("httpGet")
        if owner["kind"] == "Deployment" and not asked:
            say(owner, f"container {container['name']} has no {probe}")
        elif asked and (f'"{asked["path"]}"' not in text_of(ROUTES) or asked["port"] not in ports):
            where = f"{asked['path']} on {asked['port']}"
            say(owner, f"{probe} asks {where}, which {ROUTES} or the ports do not have")


def check_selectors():
    pods = [template["metadata"].get("labels") for _, template in templates()]
    for one in of("Service", "PodDisruptionBudget", "NetworkPolicy", "Deployment"):
        selector = one["spec"].get("podSelector") or one["spec"]["selector"]
        if not any(matches(selector.get("matchLabels", selector), labels) for labels in pods):
            say(one, "selects no pod")
    for one in of("HorizontalPodAutoscaler"):
        if one["spec"]["scaleTargetRef"]["name"] not in names("Deployment"):
            say(one, "scales no Deployment")


def check_ports_of_services():
    containers = [one for _, pod in templates() for one in pod["spec"]["containers"]]
    of_pods = {port["name"] for one in containers for port in one.get("ports", [])}
    for one in of("Service"):
        for port in one["spec"]["ports"]:
            if port["targetPort"] not in of_pods:
                say(one, f"targets the port `{port['targetPort']}`, which no pod has")


def check_ports_of_monitors():
    """Where there is no Service among the manifests, there is nothing to hold a monitor against."""
    for one in of("ServiceMonitor") if of("Service") else []:
        selector = one["spec"]["selector"]["matchLabels"]
        services = [each for each in of("Service") if matches(selector, each["metadata"].get("labels"))]
        ports = {port["name"] for service in services for port in service["spec"]["ports"]}
        for endpoint in one["spec"]["endpoints"]:
            if endpoint["port"] not in ports:
                say(one, f"no Service it selects has the port `{endpoint['port']}`")


def default_seconds(variable):
    row = re.search(rf"^\| `{variable}` \|[^|]+\| \W*(\d+)s\b", text_of(SETTINGS), flags=re.MULTILINE)
    return int(row[1]) if row else sys.exit(f"{SETTINGS}: has no default in seconds for {variable}")


def check_grace():
    draining = sum(default_seconds(variable) for variable in DRAINING)
    for one in of("Deployment"):
        pod = one["spec"]["template"]["spec"]
        before = pod["containers"][0].get("lifecycle", {}).get("preStop", {}).get("sleep", {})
        needed = before.get("seconds", 0) + draining
        if pod.get("terminationGracePeriodSeconds", 30) < needed:
            say(one, f"is killed before it has drained: preStop and draining take {needed} s")


def main():
    for owner, template in templates():
        check_pod(owner, template)
    check_selectors()
    check_ports_of_services()
    check_ports_of_monitors()
    check_grace()
    for kind in ("Deployment", "Job", "NetworkPolicy", "PodDisruptionBudget", "HorizontalPodAutoscaler"):
        if not of(kind):
            findings.add(WHERE, f"lacks a {kind}")
    findings.end(f"{WHERE}: {len(objects)} objects")


main()
