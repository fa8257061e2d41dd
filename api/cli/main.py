"""The command line `sfkg`: parses, calls the same functions as the API, prints."""

from __future__ import annotations

import sys
from typing import Any

import click

from api.cli import (
    annex3,
    annex4,
    answer,
    build,
    copy,
    coverage,
    evaluate,
    export,
    guide,
    imports,
    levels,
    lexicon,
    serve,
    sources,
    standards,
    train,
    vocabulary,
    why,
)
from ontology.errors import SmartFactoryError


class Commands(click.Group):
    """A group that tells every fault of ours in one sentence and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except SmartFactoryError as error:
            click.echo(f"sfkg: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            sys.stderr.close()  # nobody reads on; Python would complain once more at exit
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sfkg")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
    help="Language of reasons and notes in answers; stands before the command.",
)  # fmt: skip
@click.pass_context
def main(context: click.Context, lang: str) -> None:
    """Search the practice of China's smart-factory programme.

    \b
    sfkg build                      load the packaged knowledge base
    sfkg import 名单.xlsx            add a public list or a table of yours
    sfkg match "换型太慢，订单又小又杂"     which typical scene is this?
    sfkg cases "换型太慢，订单又小又杂"     who has done something comparable?
    sfkg recommend --scene S12      which solutions are known for it?
    sfkg fits 中控技术               where does a provider's offer fit next?
    sfkg cluster --scene S20        which standards belong together for it?
    sfkg annex4 check TABLE.xlsx    what is wrong with a recommendation table?
    sfkg levels PROFILE.json        which conditions of the levels does a factory meet?
    sfkg annex3 check FILE          is an application complete, and what does it state?
    """
    context.obj = lang


for command in (build.build, imports.import_files, sources.source, guide.guide, serve.serve,
                answer.match, why.why, answer.cases, answer.recommend, answer.fits, levels.levels,
                levels.development, annex3.annex3, annex4.annex4, standards.standards,
                standards.cluster, coverage.coverage, lexicon.entities, lexicon.lookup,
                answer.show, answer.stats, export.check, export.export, copy.copy,
                evaluate.evaluate, train.train, vocabulary.vocabulary):  # fmt: skip
    main.add_command(command)
