"""`sfkg serve`: the HTTP service."""

from __future__ import annotations

import gc
import logging
import socket

import click

from api.cli.options import model_folder, settings_for
from ontology.errors import InvalidValue, MissingPart

EXAMPLE = "用相机在线检查轮毂表面缺陷，替代人工目检"


@click.command()
@click.option("--store", metavar="URL", help="Store; default a file in the data folder.")
@click.option("--edition", help="Guide edition, 2024 (default) or 2025.")
@click.option("--host", help="Address to listen on; beyond loopback needs SFKG_KEY.")
@click.option("--port", type=int, help="Port to listen on; default 8000.")
@click.option("--read-only", is_flag=True, default=None, help="Write nothing, rebuild no index.")
def serve(
    store: str | None,
    edition: str | None,
    host: str | None,
    port: int | None,
    read_only: bool | None,
) -> None:
    """Answer over HTTP and on a page, until stopped."""
    import uvicorn

    from api.app import create_app
    from api.auth import check_exposure
    from kg.store.open import open_configured

    settings = settings_for(store, edition, host=host, port=port, read_only=read_only)
    check_exposure(settings)
    listener = _listen(settings.host, settings.port)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what it warns of is told by the store
    with open_configured(settings, settings.read_only) as opened:
        app = create_app(settings, opened, model_folder(settings))
        app.state.follower.when_settled = set_aside
        _announce(settings.host, listener.getsockname()[1])
        # No access log: addresses of requests carry the questions people ask.
        config = uvicorn.Config(app, log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])


def set_aside() -> None:
    """Leave all there is now out of the garbage collector's rounds.

    The index, the matcher and what is kept of a graph live until they are replaced. Passing over
    their millions of objects amid a question takes as long as the question (95th percentile of
    recommendations at 100,000 instances 201 ms, 115 ms without).
    """
    gc.unfreeze()  # what was replaced since the last time is garbage now
    gc.collect()
    gc.freeze()


def _listen(host: str, port: int) -> socket.socket:
    """Return a bound socket, so that a busy port is told before anything is loaded."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise InvalidValue("host", host, "is no address of this machine") from None
    listener = socket.socket(found[0], socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(found[4])
    except OSError as error:
        listener.close()
        raise MissingPart(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port"
        ) from None
    listener.listen(128)
    return listener


def _announce(host: str, port: int) -> None:
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    click.echo(f"Serving on {address} (Ctrl-C stops). Open it in a browser, or try:")
    click.echo(
        f"  curl -s {address}/v1/match -H 'Content-Type: application/json'"
        f' -d \'{{"text": "{EXAMPLE}"}}\''
    )
