"""The commands that ask: match, cases, recommend, standards, show, stats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from api.cli.options import common, in_language, open_desk, print_json, read_text, settings_for


@click.command()
@click.argument("text", default="")
@click.option("--document", type=click.Path(path_type=Path), help="A text file, instead of TEXT.")
@common
def match(
    text: str, document: Path | None, store: str | None, edition: str | None, as_json: bool
) -> None:
    """Which typical scene does TEXT describe, or which scenes a whole document, and where?"""
    from api.answers import match_texts
    from api.cli.tell import tell_document, tell_match
    from api.document_answers import match_a_document

    if text and document:
        raise click.UsageError("give either TEXT or --document FILE")
    settings = settings_for(store, edition)
    with open_desk(settings) as desk:
        if document is not None:
            found = match_a_document(desk, read_text(document), settings.edition, str(document))
            (print_json if as_json else tell_document)(in_language(found))
            return
        (answer,) = match_texts(desk, [text], settings.edition)
    if as_json:
        print_json(answer)
    else:
        tell_match(in_language(answer))


@click.command()
@click.argument("text", default="")
@common
@click.option("--like", default="", help="Instance or factory to compare with, instead of TEXT.")
@click.option("--for-industry", multiple=True, help="Industry of who asks: nearer ones first.")
@click.option("--for-province", multiple=True, help="Province or city of who asks.")
@click.option("--for-level", multiple=True, help="Level of who asks, L1 to L4.")
@click.option("--weight", multiple=True, help="A weight for the usual one, as in industry:0.2.")
@click.option("--scene", multiple=True, help="Only cases of this scene (id or name).")
@click.option("--segment", multiple=True, help="Only cases of this segment.")
@click.option("--area", multiple=True, help="Only cases of this construction area.")
@click.option("--industry", multiple=True, help="GB/T 4754 code or name, with all within it.")
@click.option("--province", multiple=True, help="Province or city, by name or GB/T 2260 code.")
@click.option("--level", multiple=True, help="Level of a factory of the enterprise, L1 to L4.")
@click.option("--grade", multiple=True, help="Grade of the source: A, B or C (repost).")
@click.option("--basis", multiple=True, help="Who gave the scene: awarded or assigned.")
@click.option("--kpi", multiple=True, help="Indicator that the case states a figure of.")
@click.option("--effect", multiple=True, help="Figure it must state, as in K07:change>=30%.")
@click.option("--technology", multiple=True, help="Technology of the case, or a word in one.")
@click.option(
    "--has",
    multiple=True,
    help="What is known: solution, supplier, effects, standard, replication.",
)
@click.option("--year-from", type=int, help="First year; unknown years do not match.")
@click.option("--year-to", type=int, help="Last year.")
@click.option("--exclude-enterprise", default="", help="Leave out the cases of this enterprise.")
@click.option("--fold/--no-fold", default=True, help="One case for several reports of a story.")
@click.option("--by-enterprise", is_flag=True, help="One case of each enterprise.")
@click.option("--limit", default=5, show_default=True, help="Cases to print.")
@click.option("--offset", default=0, help="Cases to skip.")
def cases(text: str, store: str | None, edition: str | None, as_json: bool, **given: Any) -> None:
    """Who has done something comparable to TEXT?"""
    from api.answers import ASKER_FIELDS
    from api.case_answers import (
        VALUE_FIELDS,
        CaseQuestion,
        comparable_cases,
        weights_of,
    )
    from api.cli.tell import tell_cases

    values = {name: given.pop(name) for name in VALUE_FIELDS}
    asker = {name: given.pop(name) for name in ASKER_FIELDS}
    weights = weights_of(given.pop("weight"))
    question = CaseQuestion(text, values, asker=asker, weights=weights, **given)
    with open_desk(settings_for(store, edition)) as desk:
        page = comparable_cases(desk, question)
    if as_json:
        print_json(page)
    else:
        tell_cases(in_language(page))


@click.command()
@click.argument("text", default="")
@click.option("--scene", default="", help="Scene id or name instead of a text.")
@common
@click.option("--for-industry", multiple=True, help="Industry of who asks: nearer ones first.")
@click.option("--for-province", multiple=True, help="Province or city of who asks.")
@click.option("--for-level", multiple=True, help="Level of who asks, L1 to L4.")
@click.option("--limit", default=5, show_default=True, help="Solutions to print of each group.")
@click.option("--offset", default=0, help="Solutions to skip in each group.")
def recommend(store: str | None, edition: str | None, as_json: bool, **given: Any) -> None:
    """Which solutions are known for TEXT or for a scene?"""
    from api.answers import ASKER_FIELDS, RecommendationQuestion, recommendations
    from api.cli.tell import tell_recommendations

    if bool(given["text"]) == bool(given["scene"]):
        raise click.UsageError("give either TEXT or --scene ID")
    asker = {name: given.pop(name) for name in ASKER_FIELDS}
    with open_desk(settings_for(store, edition)) as desk:
        answer = recommendations(desk, RecommendationQuestion(asker=asker, **given))
    if as_json:
        print_json(answer)
    else:
        tell_recommendations(in_language(answer))


@click.command()
@click.argument("name")
@common
@click.option("--limit", default=10, show_default=True, help="Places to print.")
@click.option("--offset", default=0, help="Places to skip.")
def fits(
    name: str, store: str | None, edition: str | None, as_json: bool, limit: int, offset: int
) -> None:
    """Where does the solution or provider NAME fit next?"""
    from api.answers import fits as find
    from api.cli.tell import tell_fits

    with open_desk(settings_for(store, edition)) as desk:
        answer = find(desk, name, limit, offset)
    if as_json:
        print_json(answer)
    else:
        tell_fits(in_language(answer))


@click.command()
@click.argument("name", metavar="ID")
@common
def show(name: str, store: str | None, edition: str | None, as_json: bool) -> None:
    """Show everything known of a thing, by id, code, key or name."""
    from api.answers import thing
    from api.cli.tell import tell_thing

    with open_desk(settings_for(store, edition)) as desk:
        answer = thing(desk, name)
    if as_json:
        print_json(answer)
    else:
        tell_thing(answer)


@click.command()
@common
def stats(store: str | None, edition: str | None, as_json: bool) -> None:
    """Show the graph hash, counts by label and relation, sources and snapshot."""
    from api.answers import statistics
    from api.cli.tell import tell_statistics

    with open_desk(settings_for(store, edition)) as desk:
        answer = statistics(desk)
    if as_json:
        print_json(answer)
    else:
        tell_statistics(answer)
