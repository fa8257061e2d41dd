"""Searches the cases with neo4j-graphrag's hybrid retriever; runs in an environment of its own.

graphrag.py JOB OUT MODEL WEIGHTS: JOB names the server, the cases (id, text) and the queries (id,
text); OUT gets for each query the ids in order, and what the searches took.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from pathlib import Path

import neo4j
import numpy as np
from neo4j.exceptions import ClientError
from neo4j_graphrag.embeddings.base import Embedder
from neo4j_graphrag.exceptions import SearchQueryParseError
from neo4j_graphrag.indexes import create_vector_index
from neo4j_graphrag.retrievers import HybridRetriever
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

DIMENSION, LONGEST = 512, 512
LABEL = "PeerCase"
VECTORS, WORDS = "peer-vectors", "peer-words"
SPECIAL = re.compile(r'[+\-&|!(){}\[\]^"~*?:\\/]')  # of Lucene's query language
TIMED = 10  # cases that a timed search asks for


class Bge(Embedder):
    """bge-small-zh-v1.5 by ONNX Runtime, one thread."""

    def __init__(self, model: Path, weights: Path) -> None:
        super().__init__()
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(str(weights), options, ["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a text."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": np.ones_like(ids),
               "token_type_ids": np.zeros_like(ids)}  # fmt: skip
        vector = self._session.run(None, fed)[0][0, 0]
        return [float(part) for part in vector / np.linalg.norm(vector)]


def main() -> None:
    """Load, index, search, write."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    embedder = Bge(Path(sys.argv[3]), Path(sys.argv[4]))
    with neo4j.GraphDatabase.driver(job["url"], auth=(job["user"], job["password"])) as driver:
        _load(driver, job["cases"], embedder)
        retriever = HybridRetriever(driver, VECTORS, WORDS, embedder, ["id"])
        told = _search(retriever, job["queries"], len(job["cases"]))
    Path(sys.argv[2]).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _load(driver: neo4j.Driver, cases: list[list[str]], embedder: Bge) -> None:
    rows = [{"id": one, "text": text, "vector": embedder.embed_query(text)} for one, text in cases]
    driver.execute_query(
        f"UNWIND $rows AS row CREATE (:{LABEL} {{id: row.id, text: row.text, vector: row.vector}})",
        rows=rows,
    )
    create_vector_index(driver, VECTORS, LABEL, "vector", DIMENSION, "cosine")
    # The analyzer for Chinese; the library's own call offers no choice of it.
    driver.execute_query(
        f"CREATE FULLTEXT INDEX `{WORDS}` FOR (n:{LABEL}) ON EACH [n.text]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    )
    driver.execute_query("CALL db.awaitIndexes(300)")


def _search(retriever: HybridRetriever, queries: list[list[str]], cases: int) -> dict[str, object]:
    orders, spent, refused = {}, [], 0
    for name, text in queries:
        try:
            retriever.search(query_text=text, top_k=1)
        except (SearchQueryParseError, ClientError):  # a mark of the query language in a text
            refused += 1
        words = SPECIAL.sub(" ", text)
        found = retriever.search(query_text=words, top_k=cases)
        orders[name] = [item.content.split("'id': '")[1].split("'")[0] for item in found.items]
    for _, text in queries:
        started = time.perf_counter()
        retriever.search(query_text=SPECIAL.sub(" ", text), top_k=TIMED)
        spent.append((time.perf_counter() - started) * 1000)
    return {
        "orders": orders,
        "refused": refused,
        "p50": statistics.median(spent),
        "p95": statistics.quantiles(spent, n=20)[-1],
    }


if __name__ == "__main__":
    main()
