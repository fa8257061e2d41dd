"""Compare the cases question with neo4j-graphrag's hybrid retriever on the same Neo4j.

Run as `python -m benchmarks.answers.graphrag --model FOLDER --report FILE` where Java and Maven
are: one Neo4j 5.26 holds the packaged graph; the peer gets the same texts of the cases with a
vector index (bge-small-zh-v1.5) and a full-text index (analyzer cjk), in an environment of its own.
FOLDER is the sentence model that `make model` builds. Quality: nDCG@10 on tests/quality/relevance,
own enterprise left out of both; time: ten cases for each query, one after the other.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.answers.measure import service, times
from benchmarks.answers.relevance import AT, DRAWS, SEED, SYSTEMS, Doubles, Judged, judged, told
from benchmarks.matching.systems import python_of, said
from benchmarks.start.measure import reference_seconds
from ingest.pipeline import build
from kg.index.table import indexed_text
from kg.match.bootstrap import Bootstrap
from kg.store.neo4j.sessions import Access
from kg.store.neo4j.store import open_neo4j
from ontology.schema import schema
from tests.servers.servers import LTS, Server
from tools.model.artifact import fetch, unpack

PEERS = Path(__file__).parent / "peers"
WARMING = 1  # rounds before the times that count


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        text = _measured(Path(name), given.model.resolve())
    print(text)
    if given.report:
        given.report.write_text(text, encoding="utf-8")


def _measured(folder: Path, model: Path) -> str:
    weights = unpack(fetch(model.parent), folder).weights
    before = reference_seconds()
    with judged() as found, Server(LTS, folder / "server").start() as server:
        with open_neo4j(server.url, schema(), Access(password=server.password)) as store:
            build(store)
            cases = [(node.id, indexed_text(node)) for node in store.get(found.cases)]
        queries = [(query.id, query.text) for query in found.queries]
        job = {"url": server.url, "user": server.user, "password": server.password,
               "cases": cases, "queries": queries}  # fmt: skip
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        out = folder / "said.json"
        python = python_of("graphrag", PEERS)
        said([python, PEERS / "graphrag.py", folder / "job.json", out, model, weights], folder)
        peer = json.loads(out.read_text(encoding="utf-8"))
        settings = {"SFKG_DATA": str(folder / "ours"), "SFKG_STORE": server.url,
                    "SFKG_NEO4J_PASSWORD": server.password}  # fmt: skip
        with service(settings) as port:
            bodies = [json.dumps({"text": text}, ensure_ascii=False) for _, text in queries]
            for _ in range(WARMING):
                times(port, "/v1/cases", bodies)
            ours = times(port, "/v1/cases", bodies)
    return _report(found, peer, ours, (before, reference_seconds()))


def _scores(found: Judged, orders: Mapping[str, Sequence[str]]) -> Doubles:
    """Return scores that put the cases in the peer's order; what it did not find comes last."""
    place = {case: column for column, case in enumerate(found.cases)}
    scores = np.zeros_like(found.grades)
    for row, query in enumerate(found.queries):
        order = orders[query.id]
        for rank, case in enumerate(order):
            scores[row, place[case]] = len(order) - rank
    return scores


def _report(
    found: Judged,
    peer: Mapping[str, object],
    ours: tuple[float, float],
    references: tuple[float, float],
) -> str:
    orders = peer["orders"]
    if not isinstance(orders, dict):
        raise TypeError("the peer told no orders")
    qualities = {
        "ours": found.quality(SYSTEMS["ours"]),
        "ours, industry unknown": found.quality(SYSTEMS["ours, industry unknown"]),
        "neo4j-graphrag hybrid": found.of(_scores(found, orders)),
    }
    some = ~np.isnan(qualities["ours"])
    reporting = some & np.array([query.split == "report" for query in found.queries])
    ids = [query.id for query, used in zip(found.queries, reporting, strict=True) if used]
    bootstrap = Bootstrap(ids, DRAWS, SEED)
    spent = {"ours": ours, "neo4j-graphrag hybrid": (peer["p50"], peer["p95"])}
    lines = [
        "# Cases beside neo4j-graphrag's hybrid retriever",
        "",
        f"`python -m benchmarks.answers.graphrag`: nDCG@{AT} on the {len(ids)} reporting queries of"
        " tests/quality/relevance, own enterprise left out; both on one Neo4j 5.26 with the"
        " packaged graph. The peer has bge-small-zh-v1.5 in a vector index and a full-text index"
        " with the analyzer cjk, naive ranker; marks of Lucene's query language were taken out of"
        " its queries: as they are,"
        f" {peer['refused']} of {len(found.queries)} end in a syntax error. Times are milliseconds"
        " for ten cases: ours through HTTP with facets, figures and evidence, the peer's in"
        " process, ids only.",
        "",
        "| system | nDCG@10 | gain of ours | p50 | p95 |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, values in qualities.items():
        reached = told(bootstrap.interval(values[reporting]), ".3f")
        gain = bootstrap.interval(qualities["ours"][reporting] - values[reporting])
        ahead = "" if name == "ours" else told(gain, "+.3f")
        cost = " | ".join(f"{one:.1f}" for one in spent[name]) if name in spent else " | "
        lines.append(f"| {name} | {reached} | {ahead} | {cost} |")
    before, after = references
    lines += ["", f"Reference (SHA-256 of 100 MB): {before:.3f} s before, {after:.3f} s after."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
