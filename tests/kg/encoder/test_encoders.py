"""Encoders: unit vectors, the same each time, and nothing loaded that could run code."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from kg.cases import CaseQuery, find_cases
from kg.encoder.choice import BUILTIN, EncoderChoice
from kg.encoder.folder import ModelFolder
from kg.encoder.open import open_sentence_model
from kg.encoder.protocol import Encoder
from kg.encoder.sentence import SentenceEncoder
from kg.index.builtin import BuiltinEncoder, encoder_fingerprint
from kg.index.holder import publish
from kg.index.snapshot import MANIFEST, IndexPlan, build_snapshot, load_snapshot, read_manifest
from kg.match import packaged_model
from kg.match.matcher import Matcher
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.errors import IncompatibleSnapshot, InvalidValue, MissingPart
from ontology.guide import Guide
from tests.sentence_models import (
    PROMPT,
    WIDTH,
    embeddings,
    words,
    write_onnx_model,
    write_torch_model,
)
from tests.world import load_world

TEXTS = ["用相机在线检查零件表面缺陷", "换型太慢", "predictive maintenance", "AGV自动配送" * 300]
needs_models = pytest.mark.skipif(
    find_spec("sentence_transformers") is None and "SFKG_REQUIRE_MODELS" not in os.environ,
    reason="sentence-transformers is not installed: pip install 'sfkg[models]'",
)


# ---- models


@pytest.fixture(scope="module")
def tiny_onnx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that onnxruntime runs."""
    return write_onnx_model(tmp_path_factory.mktemp("models") / "tiny-onnx")


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that torch runs."""
    return write_torch_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def real_model() -> Path:
    """The folder that `make model` prints, named by SFKG_TEST_MODEL."""
    folder = os.environ.get("SFKG_TEST_MODEL")
    if not folder:
        pytest.skip("SFKG_TEST_MODEL names no model; `make model` makes one")
    return Path(folder)


@pytest.fixture(
    scope="module",
    params=[
        "",
        "tiny_onnx",
        pytest.param("tiny_model", marks=needs_models),
        pytest.param("real_model", marks=needs_models),
    ],
    ids=["builtin", "tiny-onnx", "tiny-torch", "real"],
)
def choice(request: pytest.FixtureRequest) -> EncoderChoice:
    """What the settings may choose."""
    return EncoderChoice(str(request.getfixturevalue(request.param)) if request.param else "")


@pytest.fixture(scope="module")
def encoder(choice: EncoderChoice, matcher: Matcher) -> Encoder:
    """The encoder that is chosen."""
    return open_encoder(choice, matcher)


def open_encoder(choice: EncoderChoice, matcher: Matcher) -> Encoder:
    """Open what is chosen."""
    return open_sentence_model(choice) if choice.model else BuiltinEncoder(matcher)


def opened(model: Path) -> SentenceEncoder:
    """Open a model with torch."""
    return SentenceEncoder(ModelFolder.of(EncoderChoice(str(model))))


# ---- what every encoder promises


def test_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (4, encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_the_same_texts_give_the_same_vectors(
    encoder: Encoder, choice: EncoderChoice, matcher: Matcher
) -> None:
    first = encoder.encode(TEXTS)
    assert (encoder.encode(TEXTS) == first).all()
    assert (open_encoder(choice, matcher).encode(TEXTS) == first).all()


def test_a_text_alone_is_encoded_as_among_others(encoder: Encoder) -> None:
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert alone == pytest.approx(encoder.encode(TEXTS), abs=1e-5)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_threads_may_share_an_encoder(encoder: Encoder) -> None:
    texts = [text * times for text in TEXTS[:3] for times in (1, 9)] * 4
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: encoder.encode([text])[0], texts))
    assert np.vstack(together) == pytest.approx(encoder.encode(texts), abs=1e-5)


def test_the_fingerprint_is_known_without_loading(encoder: Encoder, choice: EncoderChoice) -> None:
    assert encoder_fingerprint(choice, packaged_model()) == encoder.fingerprint


def test_the_builtin_encoder_is_named_and_of_the_model(matcher: Matcher) -> None:
    encoder = open_encoder(BUILTIN, matcher)
    assert isinstance(encoder, BuiltinEncoder)
    assert (encoder.name, encoder.fingerprint) == ("builtin", matcher.model_id)


def test_the_builtin_encoder_needs_no_torch() -> None:
    program = (
        "import sys;"
        "from kg.index.builtin import BuiltinEncoder;"
        "from kg.match import packaged_model; from kg.match.matcher import Matcher;"
        "from ontology.guide import load_guide;"
        "encoder = BuiltinEncoder(Matcher.load(packaged_model(), load_guide('2024')));"
        "encoder.encode(['换型太慢']); heavy = {'torch', 'transformers', 'onnxruntime'};"
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\n", "")


# ---- what is refused, before anything is imported


def fake_model(folder: Path, *parts: tuple[str, str], files: tuple[str, ...] = ()) -> Path:
    """Write a folder that looks like a model: (class, folder) of its parts, and empty files."""
    folder.mkdir()
    listed = [{"idx": 0, "name": "0", "path": path, "type": kind} for kind, path in parts]
    (folder / "modules.json").write_text(json.dumps(listed))
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.mark.parametrize("name", ["/no/such/folder", "BAAI/bge-small-zh-v1.5", "bge-m3"])
def test_a_name_that_cannot_be_had_is_told_within_a_second(
    name: str, matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    started = time.perf_counter()
    with pytest.raises(MissingPart, match=rf"SFKG_ENCODER names '{name}',? which is no folder"):
        open_encoder(EncoderChoice(name), matcher)
    with pytest.raises(MissingPart, match="which is no folder"):
        encoder_fingerprint(EncoderChoice(name), packaged_model())
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("modules", [None, "", "{", "[]", "{}", "[1]", '[{"path": ""}]'])
def test_a_folder_that_is_no_model_is_told(
    modules: str | None, matcher: Matcher, tmp_path: Path
) -> None:
    if modules is not None:
        (tmp_path / "modules.json").write_text(modules)
    with pytest.raises(MissingPart, match="no sentence-transformers model"):
        open_encoder(EncoderChoice(str(tmp_path)), matcher)


TRANSFORMER = ("sentence_transformers.models.Transformer", "")


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    model = fake_model(tmp_path / "model", TRANSFORMER, files=("pytorch_model.bin",))
    with pytest.raises(MissingPart, match=r"no weights as \.safetensors for its part Transformer"):
        opened(model)


def test_pickled_weights_of_a_further_part_are_refused(tmp_path: Path) -> None:
    model = fake_model(
        tmp_path / "model", TRANSFORMER, ("sentence_transformers.models.Dense", "2_Dense"),
        files=("model.safetensors", "2_Dense/pytorch_model.bin"),
    )  # fmt: skip
    with pytest.raises(MissingPart, match="for its part Dense"):
        opened(model)


@pytest.mark.parametrize(
    "kind", ["modeling.Transformer", "os.system", "sentence_transformers.models.WordEmbeddings"]
)
def test_parts_that_bring_their_own_code_are_refused(kind: str, tmp_path: Path) -> None:
    model = fake_model(tmp_path / "model", (kind, ""), files=("model.safetensors",))
    marker = tmp_path / "was-run"
    (model / "modeling.py").write_text(f"open({str(marker)!r}, 'w')\nclass Transformer: pass\n")
    with pytest.raises(MissingPart, match=rf"needs '{kind}'.*is never run"):
        opened(model)
    assert not marker.exists()


def test_without_the_extra_the_sentence_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    model = fake_model(tmp_path / "model", TRANSFORMER, files=("model.safetensors",))
    with pytest.raises(MissingPart, match=r"pip install 'sfkg\[models\]'"):
        opened(model)


# ---- a model from a folder


@needs_models
def test_a_model_is_named_after_its_folder(tiny_model: Path) -> None:
    encoder = opened(tiny_model)
    assert (encoder.name, encoder.dimension) == ("tiny", WIDTH)


@needs_models
def test_capitals_are_known_words(tiny_model: Path) -> None:
    upper, lower = opened(tiny_model).encode(["AGV", "agv"])
    # Two rows of one batch differ in the last place on some machines.
    assert np.allclose(upper, lower, atol=1e-6)


@needs_models
def test_a_damaged_model_is_told(tiny_model: Path, tmp_path: Path) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    (model / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(MissingPart, match="cannot be loaded"):
        opened(model)


@needs_models
def test_code_that_a_configuration_names_is_not_run(tiny_model: Path, tmp_path: Path) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    marker = tmp_path / "was-run"
    (model / "modeling.py").write_text(f"open({str(marker)!r}, 'w')\nclass Own: pass\n")
    config = json.loads((model / "config.json").read_text())
    own = dict.fromkeys(("AutoConfig", "AutoModel", "AutoTokenizer"), "modeling.Own")
    (model / "config.json").write_text(json.dumps(config | {"auto_map": own}))
    assert (opened(model).encode(TEXTS) == opened(tiny_model).encode(TEXTS)).all()
    (model / "config.json").write_text(json.dumps({"model_type": "own", "auto_map": own}))
    with pytest.raises(MissingPart, match="cannot be loaded"):
        opened(model)
    assert not marker.exists()


@needs_models
def test_a_model_is_loaded_without_a_word(tiny_model: Path) -> None:
    program = (
        "import sys; from kg.encoder.choice import EncoderChoice;"
        "from kg.encoder.open import open_sentence_model;"
        "print(open_sentence_model(EncoderChoice(sys.argv[1])).encode(['换型太慢']).shape)"
    )
    command = [sys.executable, "-c", program, str(tiny_model)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"(1, {WIDTH})\n", "")


# ---- snapshots made with a model


@dataclass(frozen=True)
class Built:
    """A snapshot of the tiny world, and what it was made with."""

    folder: Path
    plan: IndexPlan


@pytest.fixture(scope="module")
def built(
    tiny_onnx: Path, world_store: GraphStore, guide: Guide, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Built]:
    """Snapshots of the built-in encoder and of the tiny model, with and without its prompt."""
    into = tmp_path_factory.mktemp("of-encoders")
    choices = {"builtin": BUILTIN, "tiny": EncoderChoice(str(tiny_onnx)),
               "prompted": EncoderChoice(str(tiny_onnx), prompt="query", length=16)}  # fmt: skip
    plans = {name: IndexPlan(into, packaged_model(), choice) for name, choice in choices.items()}
    return {
        name: Built(into / build_snapshot(world_store, plan, guide), plan)
        for name, plan in plans.items()
    }


def test_a_snapshot_of_a_model_answers_cases(
    built: dict[str, Built], world_store: GraphStore
) -> None:
    snapshot = load_snapshot(built["tiny"].folder, built["tiny"].plan.encoder)
    match = snapshot.matcher.match(TEXTS[0])
    answer = find_cases(world_store, snapshot, match, CaseQuery(TEXTS[0], limit=3))
    assert answer.total == 8
    assert {case.scenes[0].id for case in answer.items} == {"S17"}
    own = snapshot.encoder.encode([TEXTS[0]])[0]
    row = snapshot.table.ids.index(answer.items[0].id)
    likeness = float(snapshot.vectors[row] @ own)
    assert answer.items[0].contributions["dense"] == pytest.approx(likeness, abs=1e-5)


def test_the_manifest_tells_the_model_its_prompt_and_how_far_it_reads(
    built: dict[str, Built],
) -> None:
    manifest = read_manifest(built["prompted"].folder)
    assert (manifest.encoder, manifest.dimension) == ("tiny-onnx", WIDTH)
    assert (manifest.encoder_prompt, manifest.encoder_length) == ("query", 16)
    chosen = built["prompted"].plan.encoder
    assert manifest.encoder_fingerprint == encoder_fingerprint(chosen, packaged_model())


def test_a_snapshot_of_another_encoder_is_refused(built: dict[str, Built]) -> None:
    builtin, tiny, prompted = (built[name] for name in ("builtin", "tiny", "prompted"))
    with pytest.raises(IncompatibleSnapshot, match="made with the encoder 'builtin'"):
        load_snapshot(builtin.folder, tiny.plan.encoder)
    with pytest.raises(IncompatibleSnapshot, match="encoder 'tiny-onnx', now 'builtin'"):
        load_snapshot(tiny.folder)
    with pytest.raises(IncompatibleSnapshot, match="made with the encoder 'tiny-onnx'"):
        load_snapshot(tiny.folder, prompted.plan.encoder)


def test_vectors_of_another_dimension_are_refused(built: dict[str, Built], tmp_path: Path) -> None:
    folder = shutil.copytree(built["tiny"].folder, tmp_path / "mixed")
    vectors = np.load(folder / "vectors.npy")
    np.save(folder / "vectors.npy", vectors[:, :-1])
    sealed = sealed_anew(folder)
    with pytest.raises(IncompatibleSnapshot, match="vectors of another shape"):
        load_snapshot(sealed, built["tiny"].plan.encoder)


def sealed_anew(folder: Path) -> Path:
    """Name a spoilt snapshot as if it had been written so: only its contents can tell."""
    name = folder / "vectors.npy"
    raw = json.loads((folder / MANIFEST).read_text())
    raw["files"]["vectors.npy"] = hashlib.sha256(name.read_bytes()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(raw))
    return folder.rename(folder.with_name(read_manifest(folder).id))


def test_a_changed_model_is_refused_until_the_index_is_built_anew(
    guide: Guide, tmp_path: Path
) -> None:
    model = write_onnx_model(tmp_path / "model")
    plan = IndexPlan(tmp_path / "snapshots", packaged_model(), EncoderChoice(str(model)))
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        first, _ = publish(store, plan, guide)
        assert publish(store, plan, guide) == (first, False)
        (model / "README.md").write_text("changed")
        with pytest.raises(IncompatibleSnapshot, match="its files changed"):
            load_snapshot(plan.folder / first, plan.encoder)
        second, again = publish(store, plan, guide)
    assert again
    assert load_snapshot(plan.folder / second, plan.encoder).id == second


# ---- prompts, length, runtime


def test_a_question_is_put_behind_the_prompt_and_a_text_is_not(tiny_onnx: Path) -> None:
    encoder = open_sentence_model(EncoderChoice(str(tiny_onnx), prompt="query"))
    (asked,) = encoder.encode(["换型太慢"], asked=True)
    (told,) = encoder.encode([PROMPT + "换型太慢"])
    assert (asked == told).all()
    assert (asked != encoder.encode(["换型太慢"])[0]).any()


def test_a_prompt_that_the_model_does_not_have_is_refused(tiny_onnx: Path) -> None:
    with pytest.raises(MissingPart, match=r"no prompt 'question' \(it has: query\)"):
        open_sentence_model(EncoderChoice(str(tiny_onnx), prompt="question"))


def test_more_tokens_than_the_model_reads_are_refused(tiny_onnx: Path) -> None:
    with pytest.raises(InvalidValue, match="is more than the 64 tokens"):
        open_sentence_model(EncoderChoice(str(tiny_onnx), length=65))


def test_what_lies_beyond_the_length_is_not_read(tiny_onnx: Path) -> None:
    encoder = open_sentence_model(EncoderChoice(str(tiny_onnx), length=4))  # two characters
    assert (encoder.encode(["换型太慢"]) == encoder.encode(["换型"])).all()


def test_the_vector_is_the_mean_of_the_tokens(tiny_onnx: Path) -> None:
    rows = [words().index(word) for word in ("[CLS]", "质", "量", "[SEP]")]
    mean = embeddings()[rows].mean(axis=0)
    (found,) = open_sentence_model(EncoderChoice(str(tiny_onnx))).encode(["质量"])
    assert found == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)


def test_the_first_token_is_the_vector_where_the_model_says_so(tmp_path: Path) -> None:
    folder = write_onnx_model(tmp_path / "model")
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode": "cls"}')
    first = embeddings()[words().index("[CLS]")]
    (found,) = open_sentence_model(EncoderChoice(str(folder))).encode(["质量"])
    assert found == pytest.approx(first / np.linalg.norm(first), abs=1e-6)


def test_pooling_that_the_graph_does_not_hold_names_torch(tmp_path: Path) -> None:
    folder = write_onnx_model(tmp_path / "model", pooling="weightedmean")
    with pytest.raises(MissingPart, match="SFKG_ENCODER_RUNTIME=torch runs it"):
        open_sentence_model(EncoderChoice(str(folder)))


def test_a_damaged_graph_is_told(tmp_path: Path) -> None:
    folder = write_onnx_model(tmp_path / "model")
    (folder / "onnx" / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(MissingPart, match="cannot be loaded"):
        open_sentence_model(EncoderChoice(str(folder)))


def test_a_model_without_a_graph_needs_torch(tmp_path: Path) -> None:
    model = fake_model(tmp_path / "model", TRANSFORMER, files=("model.safetensors",))
    with pytest.raises(MissingPart, match=r"has no onnx/model\.onnx"):
        open_sentence_model(EncoderChoice(str(model), runtime="onnx"))


def test_a_model_that_was_fetched_from_a_hub_is_found_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("huggingface_hub")
    import huggingface_hub.constants

    held = tmp_path / "models--own--tiny"
    write_onnx_model(held / "snapshots" / "0123abc")
    (held / "refs").mkdir()
    (held / "refs" / "main").write_text("0123abc")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    folder = ModelFolder.of(EncoderChoice("own/tiny"))
    assert (folder.name, folder.revision) == ("own/tiny", "0123abc")


# ---- the real model


@needs_models
@pytest.mark.parametrize(
    ("text", "paraphrase", "unrelated"),
    [
        ("多品种小批量，换型太慢", "产品种类多、批量小，切换产线耗时长", "厂区光伏发电并网"),
        ("主轴什么时候会坏，能不能提前知道", "设备故障预测性维护", "仓库物料自动配送"),
        ("AGV把物料送到工位", "无人搬运车自动配送物料", "MES排产"),
        ("cameras find scratches on the frame", "visual inspection of surface defects",
         "energy use of the furnace is too high"),
        ("change-over between products takes too long",
         "switching the line to another product is slow", "solar power on the roof of the plant"),
    ],
)  # fmt: skip
def test_a_paraphrase_is_nearer_than_another_matter(
    real_model: Path, text: str, paraphrase: str, unrelated: str
) -> None:
    own, near, far = opened(real_model).encode([text, paraphrase, unrelated])
    assert own @ near > own @ far + 0.05


@needs_models
def test_onnxruntime_gives_the_vectors_that_torch_gives(real_model: Path) -> None:
    onnx, torch = (
        open_sentence_model(EncoderChoice(str(real_model), runtime=runtime)).encode(TEXTS)
        for runtime in ("onnx", "torch")
    )
    assert onnx == pytest.approx(torch, abs=1e-5)
