"""Train the reader with the default playbook's cues: `make train`."""

from __future__ import annotations

import sys

from nlp.training.train import train
from playbooks.default_playbook import default_files
from playbooks.load import parse_files


def main() -> int:
    """Write the models; return 1 where the default playbook has problems."""
    playbook, problems = parse_files(default_files())
    if playbook is None:
        sys.stderr.writelines(f"{problem}\n" for problem in problems)
        return 1
    train(playbook.cue_bank())
    return 0


if __name__ == "__main__":
    sys.exit(main())
