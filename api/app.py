"""The HTTP service: everything it needs is passed in, nothing happens at import."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI

from api import errors
from api.auth import KeyGuard, check_exposure
from api.body import BodyLimit
from api.departure import Departure
from api.deps import known_parameters
from api.desk import Desk, Presence
from api.follow import Follower
from api.methods import HeadAsGet, Methods, methods_of
from api.revalidation import Revalidation
from api.routes import (
    annex3,
    annex4,
    cases,
    fits,
    guide,
    health,
    levels,
    lexicon,
    match,
    recommendations,
    standards,
    things,
    why,
)
from api.shapes_report import ShapesCheck
from api.slots import Slots
from api.ui import fault_pages
from api.ui.kept import KeptTexts
from api.ui.routers import ROUTERS
from api.ui.work import LIFETIME, Workshop
from api.upload import LARGEST_UPLOAD
from kg.index.holder import SnapshotHolder
from kg.index.snapshot import IndexPlan
from kg.settings import Settings
from kg.store.open import configured_replica
from kg.store.protocol import GraphStore
from kg.store.rdf import to_rdf
from ontology.check import check

# Where whole files come in.
UPLOADS = (annex3.CHECK_PATH, annex4.CHECK_PATH, "/annex4", "/levels/application", "/")
# In their order: things take any path that none before them takes.
QUESTIONS = (
    match.router,
    why.router,
    cases.router,
    recommendations.router,
    fits.router,
    levels.router,
    annex3.router,
    annex4.router,
    standards.router,
    guide.router,
    lexicon.router,
    things.router,
)
DESCRIPTION = """Search the practice of China's smart-factory programme: typical scenes, comparable
cases, solutions and standards, each with its source and how sure it is. Names of the 2024 guide are
provisional where marked; assigned labels, claims and targets are never results."""


def create_app(settings: Settings, store: GraphStore, model: Path) -> FastAPI:
    """Return the service over an open store; `model` is the folder of the fitted matcher."""
    check_exposure(settings)
    plan = IndexPlan(
        settings.snapshots, model, settings.encoder_choice, settings.words, settings.guides
    )
    holder = SnapshotHolder(store, plan)
    replica, presence = configured_replica(settings), Presence()
    desk = Desk(store, holder, settings.edition, replica, presence)
    follower = Follower(store, desk, plan, rebuild=not settings.read_only)
    slots = Slots(settings.compute_slots, settings.queue)
    begun = KeptTexts(settings.data / "work", lifetime=LIFETIME)
    workshop = Workshop(slots, None if settings.read_only else begun)
    app = FastAPI(
        title="Smart factory knowledge graph",
        version="1",
        description=DESCRIPTION,
        lifespan=_lifespan(follower, settings.poll_seconds, workshop),
        docs_url=None,  # these pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,  # a redirect would repeat whatever host the request claimed
        responses=errors.DOCUMENTED,
    )
    app.state.desk = desk
    app.state.settings = settings
    app.state.kept = None if settings.read_only else KeptTexts(settings.data / "kept")
    app.state.slots = slots
    app.state.workshop = workshop
    keeps = not settings.read_only
    app.state.shapes = ShapesCheck(lambda: check(to_rdf(store)), settings.data, keeps)
    app.state.follower = follower
    app.state.health = follower.health
    errors.install(app, fault_pages.fault_of_ours)
    fault_pages.install(app)
    _include_routers(app)
    _add_middleware(app, settings)
    return app


def _include_routers(app: FastAPI) -> None:
    app.include_router(health.router)
    for pages in ROUTERS:
        app.include_router(pages)
    for questions in QUESTIONS:
        app.include_router(questions, dependencies=[Depends(known_parameters)])


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Add what stands around all answers; each is asked before those above it."""
    taken = methods_of((health.router, *ROUTERS, *QUESTIONS))
    app.add_middleware(Methods, taken=taken, page=fault_pages.wrong_method)
    app.add_middleware(Revalidation)
    app.add_middleware(Departure)
    larger = dict.fromkeys(UPLOADS, LARGEST_UPLOAD)
    app.add_middleware(BodyLimit, larger=larger, page=fault_pages.too_large)
    if settings.key:
        app.add_middleware(KeyGuard, keys=(settings.key, settings.contacts_key))
    app.add_middleware(HeadAsGet)  # outermost: all others see a GET


def _lifespan(
    follower: Follower, every_seconds: float, workshop: Workshop
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        follower.start(every_seconds)
        yield
        workshop.close()
        follower.stop()

    return lifespan
