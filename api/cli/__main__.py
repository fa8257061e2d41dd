"""`python -m api.cli` is `sfkg`."""

from api.cli.main import main

main(prog_name="sfkg")
