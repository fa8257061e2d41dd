"""`sfkg standards` and `sfkg cluster`: which standards apply, and which belong together?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.options import common, in_language, open_desk, print_json, read_text, settings_for

if TYPE_CHECKING:
    from kg.settings import Settings


@click.command()
@click.argument("code", default="")
@common
@click.option("--scene", default="", help="Scene id or name: the closest standards first.")
@click.option("--segment", multiple=True, help="Segment id or name, with its scenes.")
@click.option("--level", multiple=True, help="national, industry, group, local, international.")
@click.option("--kind", multiple=True, help="What the code says: GB, GB/T, GB/Z, ISO, IEC …")
@click.option("--branch", multiple=True, help="base_and_common, key_technology, B-智能装备 …")
@click.option("--role", multiple=True, help="Role in a cluster: terminology, data, safety …")
@click.option("--status", multiple=True, help="Status as the source says it.")
@click.option("--currency", multiple=True, help="current, to_come, planned, no_more, unknown …")
@click.option("--as-of", default="", metavar="DAY", help="Day to judge by; default today.")
@click.option("--year-from", type=int, help="First year; unknown years do not match.")
@click.option("--year-to", type=int, help="Last year.")
@click.option("--limit", default=10, show_default=True, help="Standards to print.")
@click.option("--offset", default=0, help="Standards to skip.")
def standards(
    code: str, store: str | None, edition: str | None, as_json: bool, **given: Any
) -> None:
    """Which standards does CODE mean (in any spelling), or go with a scene or segment?"""
    from api.cli.tell_standards import tell_standards
    from api.standard_answers import VALUE_FIELDS, StandardQuestion
    from api.standard_answers import standards as find

    values = {name: given.pop(name) for name in VALUE_FIELDS}
    with open_desk(settings_for(store, edition)) as desk:
        answer = find(desk, StandardQuestion(code=code, values=values, **given))
    if as_json:
        print_json(answer)
    else:
        tell_standards(answer)


@click.command()
@click.argument("text", default="")
@common
@click.option("--scene", default="", help="Scene id or name.")
@click.option("--segment", default="", help="Segment id or name.")
@click.option("--area", default="", help="Construction area id or name.")
@click.option("--industry", default="", help="GB/T 4754 code or name.")
@click.option("--whole", is_flag=True, help="The clusters of the whole graph.")
@click.option("--against", type=click.Path(path_type=Path), help="Earlier --whole --json output.")
@click.option("--enterprise", default="", help="Enterprise, by id or name, with what it applies.")
@click.option("--as-of", default="", metavar="DAY", help="Day to judge by; default today.")
@click.option("--limit", default=10, show_default=True, help="Members to print.")
@click.option("--offset", default=0, help="Members to skip.")
def cluster(
    text: str,
    store: str | None,
    edition: str | None,
    as_json: bool,
    whole: bool,
    against: Path | None,
    **given: Any,
) -> None:
    """Which standards belong together (标准群) for TEXT, a scene, an industry or an enterprise?"""
    from api.cli.tell_standards import tell_cluster
    from api.cluster_answers import SCOPES, ClusterQuestion
    from api.cluster_answers import cluster as find

    if whole or against:
        if text or any(
            given[name] for name in ("scene", "segment", "area", "industry", "enterprise")
        ):
            raise click.UsageError("--whole and --against are of the whole graph")
        _whole(settings_for(store, edition), as_json, against)
        return
    of = {name: given.pop(name) for name in SCOPES}
    with open_desk(settings_for(store, edition)) as desk:
        answer = find(desk, ClusterQuestion(of, text, **given))
    if as_json:
        print_json(answer)
    else:
        tell_cluster(in_language(answer))


def _whole(settings: Settings, as_json: bool, against: Path | None) -> None:
    """Print the clusters of the whole graph, or what has changed since an earlier answer."""
    from api.cli.tell_standards import tell_changes, tell_communities
    from api.cluster_answers import changed_since, whole_graph

    earlier = _json(against) if against else None
    with open_desk(settings) as desk:
        answer = whole_graph(desk)
    if earlier is not None:
        changed = changed_since(answer, earlier)
        (print_json if as_json else tell_changes)(changed)
    else:
        (print_json if as_json else tell_communities)(in_language(answer))


def _json(file: Path) -> object:
    from ontology.errors import InvalidFile

    try:
        return json.loads(read_text(file))
    except (ValueError, RecursionError):
        raise InvalidFile(f"{file} is no JSON text") from None
