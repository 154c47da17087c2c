"""Attack the pages: ``python -m tests.mutation [texts|code] [page …] [--all] [--seed N] [--renew]``."""

from __future__ import annotations

import argparse
import os
import random
import sys
from pathlib import Path

from nabla.run.environment import environment


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("kind", choices=["texts", "code"], help="what is attacked")
    parser.add_argument("pages", nargs="*", help="docs/lecciones/punto.md, for example; all if none")
    parser.add_argument(
        "--all", action="store_true", help="attack whole pages, also those that did not change"
    )
    parser.add_argument(
        "--seed", type=int, default=random.SystemRandom().randrange(10**6), help="of the draw"
    )
    parser.add_argument("--renew", action="store_true", help="let what is found take the record's place")
    asked = parser.parse_args()
    root = Path.cwd()
    os.environ.update(environment(root))  # before torch is imported: one thread for each process
    from tests.mutation import campaign

    result = campaign.run(root, asked.kind, asked.pages, asked.all, asked.seed, asked.renew)
    print(f"seed {asked.seed}: {result}")
    print(*result.faults, f"{len(result.faults)} faults", sep="\n")
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
