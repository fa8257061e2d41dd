"""ONNX weights under the parameter names of a BERT encoder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ontology.errors import InvalidFile

Weights = Mapping[str, NDArray[np.float32]]


def read_weights(path: Path) -> Weights:
    """Return the parameters of an exported BERT encoder by name, exactly as they are stored.

    The export keeps the names of all parameters but the matrices: those it transposes and numbers.
    The node that multiplies by a matrix is named after the layer, and so gives the name back.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    stored = {one.name: np.asarray(numpy_helper.to_array(one)) for one in graph.initializer}
    owners = {
        name: node.name.strip("/").removesuffix("/MatMul").replace("/", ".") + ".weight"
        for node in graph.node
        if node.op_type == "MatMul"
        for name in node.input
        if name in stored
    }
    found = {
        owners.get(name, name): np.ascontiguousarray(array.T if name in owners else array)
        for name, array in stored.items()
    }
    if len(found) != len(stored):
        raise InvalidFile(f"{path.name}: two of its weights have one name")
    return found
