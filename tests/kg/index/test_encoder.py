"""Encoders: unit vectors, the same each time, and nothing loaded that could run code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from kg.cases import CaseQuery, find_cases
from kg.index.encoder import (
    BuiltinEncoder,
    Encoder,
    SentenceEncoder,
    encoder_fingerprint,
    open_encoder,
)
from kg.index.holder import IndexPlan, publish
from kg.index.snapshot import build_snapshot, load_snapshot
from kg.match import packaged_model
from kg.match.matcher import Matcher
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.errors import IncompatibleSnapshot, MissingPart
from ontology.guide import Guide
from tests.world import load_world, world

TEXTS = ["用相机在线检查零件表面缺陷", "换型太慢", "predictive maintenance", "AGV自动配送" * 300]
WIDTH = 32
needs_models = pytest.mark.skipif(
    find_spec("sentence_transformers") is None and "SFKG_REQUIRE_MODELS" not in os.environ,
    reason="sentence-transformers is not installed: pip install 'sfkg[models]'",
)


# ---- models


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of two layers with random weights; its words are the characters of the world."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from tools.model.folder import write_model

    folder = tmp_path_factory.mktemp("models") / "tiny"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(repr(world()).lower()))]
    source = folder.with_name("characters.json")
    source.write_text(character_tokenizer(words), encoding="utf-8")
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=8,
        intermediate_size=2 * WIDTH, max_position_embeddings=64,
    )  # fmt: skip
    state = transformers.BertModel(config, add_pooling_layer=False).state_dict()
    write_model({name: one.numpy() for name, one in state.items()}, source, folder)
    return folder


def character_tokenizer(words: list[str]) -> str:
    """Return the tokenizer.json of a BERT tokenizer with these words."""
    tokenizers = pytest.importorskip("tokenizers")
    made = tokenizers.Tokenizer(
        tokenizers.models.WordPiece(vocab={word: row for row, word in enumerate(words)})
    )
    made.normalizer = tokenizers.normalizers.BertNormalizer()
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    made.post_processor = tokenizers.processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    made.add_special_tokens(words[:5])
    return str(made.to_str())


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
        pytest.param("tiny_model", marks=needs_models),
        pytest.param("real_model", marks=needs_models),
    ],
    ids=["builtin", "tiny", "real"],
)
def setting(request: pytest.FixtureRequest) -> str:
    """What SFKG_ENCODER may hold."""
    return str(request.getfixturevalue(request.param)) if request.param else ""


@pytest.fixture(scope="module")
def encoder(setting: str, matcher: Matcher) -> Encoder:
    """The encoder of the setting."""
    return open_encoder(setting, matcher)


# ---- what every encoder promises


def test_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (4, encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_the_same_texts_give_the_same_vectors(
    encoder: Encoder, setting: str, matcher: Matcher
) -> None:
    first = encoder.encode(TEXTS)
    assert (encoder.encode(TEXTS) == first).all()
    assert (open_encoder(setting, matcher).encode(TEXTS) == first).all()


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


def test_the_fingerprint_is_known_without_loading(encoder: Encoder, setting: str) -> None:
    assert encoder_fingerprint(setting, packaged_model()) == encoder.fingerprint


def test_the_builtin_encoder_is_named_and_of_the_model(matcher: Matcher) -> None:
    encoder = open_encoder("", matcher)
    assert isinstance(encoder, BuiltinEncoder)
    assert (encoder.name, encoder.fingerprint) == ("builtin", matcher.model_id)


def test_the_builtin_encoder_needs_no_torch() -> None:
    program = (
        "import sys; from kg.index.encoder import open_encoder;"
        "from kg.match import packaged_model; from kg.match.matcher import Matcher;"
        "from ontology.guide import load_guide;"
        "encoder = open_encoder('', Matcher.load(packaged_model(), load_guide('2024')));"
        "encoder.encode(['换型太慢']); print(*{'torch', 'transformers'} & set(sys.modules))"
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


@pytest.mark.parametrize("setting", ["/no/such/folder", "BAAI/bge-small-zh-v1.5", "bge-m3"])
def test_a_name_that_is_no_folder_is_told_within_a_second(setting: str, matcher: Matcher) -> None:
    started = time.perf_counter()
    with pytest.raises(MissingPart, match=rf"'{setting}', which is no folder; .* never downloaded"):
        open_encoder(setting, matcher)
    with pytest.raises(MissingPart, match="is no folder"):
        encoder_fingerprint(setting, packaged_model())
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("modules", [None, "", "{", "[]", "{}", "[1]", '[{"path": ""}]'])
def test_a_folder_that_is_no_model_is_told(
    modules: str | None, matcher: Matcher, tmp_path: Path
) -> None:
    if modules is not None:
        (tmp_path / "modules.json").write_text(modules)
    with pytest.raises(MissingPart, match="no sentence-transformers model"):
        open_encoder(str(tmp_path), matcher)


TRANSFORMER = ("sentence_transformers.models.Transformer", "")


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    model = fake_model(tmp_path / "model", TRANSFORMER, files=("pytorch_model.bin",))
    with pytest.raises(MissingPart, match=r"no weights as \.safetensors for its part Transformer"):
        SentenceEncoder(model)


def test_pickled_weights_of_a_further_part_are_refused(tmp_path: Path) -> None:
    model = fake_model(
        tmp_path / "model", TRANSFORMER, ("sentence_transformers.models.Dense", "2_Dense"),
        files=("model.safetensors", "2_Dense/pytorch_model.bin"),
    )  # fmt: skip
    with pytest.raises(MissingPart, match="for its part Dense"):
        SentenceEncoder(model)


@pytest.mark.parametrize(
    "kind", ["modeling.Transformer", "os.system", "sentence_transformers.models.WordEmbeddings"]
)
def test_parts_that_bring_their_own_code_are_refused(kind: str, tmp_path: Path) -> None:
    model = fake_model(tmp_path / "model", (kind, ""), files=("model.safetensors",))
    marker = tmp_path / "was-run"
    (model / "modeling.py").write_text(f"open({str(marker)!r}, 'w')\nclass Transformer: pass\n")
    with pytest.raises(MissingPart, match=rf"needs '{kind}'.*is never run"):
        SentenceEncoder(model)
    assert not marker.exists()


def test_without_the_extra_the_sentence_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    model = fake_model(tmp_path / "model", TRANSFORMER, files=("model.safetensors",))
    with pytest.raises(MissingPart, match=r"pip install 'sfkg\[models\]'"):
        SentenceEncoder(model)


# ---- a model from a folder


@needs_models
def test_a_model_is_named_after_its_folder(tiny_model: Path) -> None:
    encoder = SentenceEncoder(tiny_model)
    assert (encoder.name, encoder.dimension) == ("tiny", WIDTH)


@needs_models
def test_capitals_are_known_words(tiny_model: Path) -> None:
    upper, lower = SentenceEncoder(tiny_model).encode(["AGV", "agv"])
    # Two rows of one batch differ in the last place on some machines.
    assert np.allclose(upper, lower, atol=1e-6)


@needs_models
def test_a_damaged_model_is_told(tiny_model: Path, tmp_path: Path) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    (model / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(MissingPart, match="cannot be loaded"):
        SentenceEncoder(model)


@needs_models
def test_code_that_a_configuration_names_is_not_run(tiny_model: Path, tmp_path: Path) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    marker = tmp_path / "was-run"
    (model / "modeling.py").write_text(f"open({str(marker)!r}, 'w')\nclass Own: pass\n")
    config = json.loads((model / "config.json").read_text())
    own = dict.fromkeys(("AutoConfig", "AutoModel", "AutoTokenizer"), "modeling.Own")
    (model / "config.json").write_text(json.dumps(config | {"auto_map": own}))
    assert (SentenceEncoder(model).encode(TEXTS) == SentenceEncoder(tiny_model).encode(TEXTS)).all()
    (model / "config.json").write_text(json.dumps({"model_type": "own", "auto_map": own}))
    with pytest.raises(MissingPart, match="cannot be loaded"):
        SentenceEncoder(model)
    assert not marker.exists()


@needs_models
def test_a_model_is_loaded_without_a_word(tiny_model: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kg.index.encoder import SentenceEncoder;"
        "print(SentenceEncoder(Path(sys.argv[1])).encode(['换型太慢']).shape)"
    )
    command = [sys.executable, "-c", program, str(tiny_model)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"(1, {WIDTH})\n", "")


# ---- snapshots made with a model


@pytest.fixture(scope="module")
def snapshots(
    tiny_model: Path,
    world_store: GraphStore,
    guide: Guide,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """Snapshots of the tiny world: one of the built-in encoder, one of the tiny model."""
    into = tmp_path_factory.mktemp("of-encoders")
    made = {"builtin": "", "tiny": str(tiny_model)}
    return {
        name: into / build_snapshot(world_store, packaged_model(), setting, guide, into)
        for name, setting in made.items()
    }


@needs_models
def test_a_snapshot_of_a_model_answers_cases(
    snapshots: dict[str, Path], tiny_model: Path, world_store: GraphStore
) -> None:
    snapshot = load_snapshot(snapshots["tiny"], str(tiny_model))
    match = snapshot.matcher.match(TEXTS[0])
    answer = find_cases(world_store, snapshot, match, CaseQuery(TEXTS[0], limit=3))
    assert answer.total == 8
    assert {case.scenes[0].id for case in answer.items} == {"S17"}
    own = snapshot.encoder.encode([TEXTS[0]])[0]
    row = snapshot.table.ids.index(answer.items[0].id)
    likeness = float(snapshot.vectors[row] @ own)
    assert answer.items[0].contributions["dense"] == pytest.approx(likeness, abs=1e-5)


@needs_models
def test_the_manifest_names_the_model(snapshots: dict[str, Path], tiny_model: Path) -> None:
    manifest = load_snapshot(snapshots["tiny"], str(tiny_model)).manifest
    assert (manifest.encoder, manifest.dimension) == ("tiny", WIDTH)
    assert manifest.encoder_fingerprint == encoder_fingerprint(str(tiny_model), packaged_model())


@needs_models
def test_a_snapshot_of_another_encoder_is_refused(
    snapshots: dict[str, Path], tiny_model: Path
) -> None:
    with pytest.raises(IncompatibleSnapshot, match="made with the encoder 'builtin'"):
        load_snapshot(snapshots["builtin"], str(tiny_model))
    with pytest.raises(IncompatibleSnapshot, match="made with the encoder 'tiny', now 'builtin'"):
        load_snapshot(snapshots["tiny"], "")


@needs_models
def test_a_changed_model_is_refused_until_the_index_is_built_anew(
    tiny_model: Path, guide: Guide, tmp_path: Path
) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    plan = IndexPlan(tmp_path / "snapshots", packaged_model(), str(model))
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        first, _ = publish(store, plan, guide)
        assert publish(store, plan, guide) == (first, False)
        weights = bytearray((model / "model.safetensors").read_bytes())
        weights[-1] ^= 1
        (model / "model.safetensors").write_bytes(weights)
        with pytest.raises(IncompatibleSnapshot, match="its files changed"):
            load_snapshot(plan.folder / first, str(model))
        second, built = publish(store, plan, guide)
    assert built
    assert load_snapshot(plan.folder / second, str(model)).id == second


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
    own, near, far = SentenceEncoder(real_model).encode([text, paraphrase, unrelated])
    assert own @ near > own @ far + 0.05
