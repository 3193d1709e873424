"""Run the extraction library from the command line: ``python -m extraction``."""

import argparse
import sys
from pathlib import Path

from extraction.attribution import DEFAULT_THRESHOLD
from extraction.cases import CasesError, print_candidates
from extraction.commands import print_attributions


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all subcommands."""
    parser = argparse.ArgumentParser(prog="python -m extraction")
    commands = parser.add_subparsers(dest="command", required=True)
    attributions = commands.add_parser(
        "attributions", help="who said what in each *.txt of a folder, as JSON lines"
    )
    attributions.add_argument("folder", type=Path, metavar="DIR")
    attributions.add_argument(
        "--threshold",
        type=float,
        default=DEFAULT_THRESHOLD,
        help="leave out what is less certain than this (default %(default)s)",
    )
    candidates = commands.add_parser(
        "candidates", help="the stances proposed for the texts of a file, as JSON lines"
    )
    candidates.add_argument("cases", type=Path, metavar="CASES.json")
    candidates.add_argument(
        "--actors-from-demo",
        action="store_true",
        help="take the demo's actors and claims where the file has none",
    )
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one subcommand; return the exit status."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.command == "candidates":
        try:
            print_candidates(options.cases, with_demo=options.actors_from_demo)
        except CasesError as error:
            parser.error(str(error))
        return 0
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is not a folder: name one that holds *.txt")
    print_attributions(options.folder, threshold=options.threshold)
    return 0


if __name__ == "__main__":
    sys.exit(main())
