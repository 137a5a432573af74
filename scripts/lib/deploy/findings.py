"""What the checkers share: how a finding is told, and how YAML is read. Checks nothing."""

import pathlib
import sys

import yaml


class Findings:
    """Collects what is wrong, as `file: problem` lines."""

    def __init__(self):
        self.root = pathlib.Path(sys.argv[1])
        self.lines = []

    def add(self, path, problem):
        line = f"{path}: {problem}"
        if line not in self.lines:
            self.lines.append(line)

    def end(self, fine):
        """Exits: with `fine` on standard output where nothing was found, else 1 with every finding."""
        if self.lines:
            sys.exit("\n".join(self.lines))
        print(fine)


def documents(path):
    """Every document of a YAML file; exits naming the file when it is not YAML."""
    try:
        return [one for one in yaml.safe_load_all(path.read_text()) if one is not None]
    except (OSError, yaml.YAMLError) as error:
        sys.exit(f"{path}: {' '.join(str(error).split())}")
