"""`sfkg levels`: which conditions of the notice does a factory meet?"""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.options import common, in_language, open_desk, print_json, read_text, settings_for


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--profile", default="", metavar="JSON", help="The profile itself, instead of FILE.")
@click.option("--factory", default="", help="A known factory or enterprise, by id or name.")
@click.option("--target", default="", help="Level to aim at, L1 to L4; usually the next one.")
@click.option("--all", "whole", is_flag=True, help="Print every clause of every level.")
@click.option("--statements", is_flag=True, help="List the conditions a profile can state.")
@click.option("--industry", multiple=True, help="Industry of who asks: nearer cases first.")
@common
def levels(  # noqa: PLR0913 - each is an option of the command
    file: Path | None,
    profile: str,
    factory: str,
    target: str,
    whole: bool,
    statements: bool,
    industry: tuple[str, ...],
    store: str | None,
    edition: str | None,
    as_json: bool,
) -> None:
    """Check a factory's profile (FILE, JSON) against the conditions of the four levels.

    What the profile leaves out is unknown. Nothing here is an assessment or a certification.
    """
    from api.cli.tell_levels import tell_levels, tell_statable
    from api.level_answers import check_profile, statable
    from api.profile_form import ProfileForm, read_form

    if statements:
        (print_json if as_json else tell_statable)(statable())
        return
    if (file is not None) + bool(profile) + bool(factory.strip()) != 1:
        raise click.UsageError("give one of FILE, --profile JSON, --factory NAME")
    if factory:
        form = ProfileForm(factory=factory)
    else:
        written, name = (profile, "--profile") if file is None else (read_text(file), str(file))
        form = read_form(written, name)
    if industry:
        form = form.model_copy(update={"industry": list(industry)})
    if target:
        form = form.model_copy(update={"target": target})
    with open_desk(settings_for(store, edition)) as desk:
        answer = check_profile(desk, form)
    if as_json:
        print_json(answer)
    else:
        tell_levels(in_language(answer), whole)


@click.command()
@click.option("--industry", multiple=True, help="Only cases of this GB/T 4754 industry.")
@common
def development(
    industry: tuple[str, ...], store: str | None, edition: str | None, as_json: bool
) -> None:
    """Which scenes do cases tell of at each level?"""
    from api.cli.tell_levels import tell_development
    from api.level_answers import development as find

    with open_desk(settings_for(store, edition)) as desk:
        answer = find(desk, industry)
    (print_json if as_json else tell_development)(in_language(answer))
