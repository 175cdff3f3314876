"""Holds command lines of a file against gcloud's grammar, by gcloud's own parser. Prints what it does not take; calls nobody."""

import contextlib
import io
import shlex
import sys

from googlecloudsdk import gcloud_main

parser = gcloud_main.CreateCLI([])._CLI__parser
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        said = io.StringIO()
        try:
            with contextlib.redirect_stderr(said):
                parser.parse_args(shlex.split(line))
        except SystemExit:
            print("gcloud " + line.strip() + "\n" + said.getvalue())
