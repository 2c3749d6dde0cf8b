"""Which precision runs where: never one that the device only emulates, and the quickest only if worth it."""

from types import SimpleNamespace

import pytest

from blipdesk.domain.errors import ModelError
from blipdesk.engine import precision
from blipdesk.engine.computing import choose_device
from blipdesk.engine.precision import (
    attention_kind,
    choose_precision,
    cpu_has_bf16,
    fastest,
    is_worth_measuring,
    measure_layer,
)

LARGE = 1 << 40


@pytest.fixture
def bf16_units(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA", raising=False)
    monkeypatch.delenv("DNNL_MAX_CPU_ISA", raising=False)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: True)


def pretend_cuda(monkeypatch: pytest.MonkeyPatch, capability: tuple[int, int], bitsandbytes: bool) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: capability)
    found = SimpleNamespace() if bitsandbytes else None
    monkeypatch.setattr(precision.importlib.util, "find_spec", lambda name: found)


def test_devices_are_chosen_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device("cpu") == "cpu"
    with pytest.raises(ModelError, match="no device"):
        choose_device("tpu")
    with pytest.raises(ModelError, match="no cuda device"):
        choose_device("cuda")


def test_a_wish_is_granted_or_refused_with_the_remedy() -> None:
    assert choose_precision("fp16", "cpu", 1) == "fp16"
    with pytest.raises(ModelError, match="no precision"):
        choose_precision("fp8", "cpu", 1)
    with pytest.raises(ModelError, match="does not run on mps"):
        choose_precision("int8", "mps", 1)


def test_int8_runs_on_a_processor_that_has_such_products(monkeypatch: pytest.MonkeyPatch) -> None:
    from blipdesk.engine import quantized

    monkeypatch.setattr(quantized, "is_supported", lambda: True)
    assert choose_precision("int8", "cpu", 1) == "int8"
    assert precision.candidates("cpu")[-1] == "int8"
    monkeypatch.setattr(quantized, "is_supported", lambda: False)
    with pytest.raises(ModelError, match="does not run on cpu"):
        choose_precision("int8", "cpu", 1)


def test_int8_on_a_card_names_the_package_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_cuda(monkeypatch, (8, 6), bitsandbytes=False)
    with pytest.raises(ModelError, match="bitsandbytes") as caught:
        choose_precision("int8", "cuda", 1)
    assert "pip install bitsandbytes" in caught.value.remedy
    pretend_cuda(monkeypatch, (8, 6), bitsandbytes=True)
    assert choose_precision("int8", "cuda", 1) == "int8"


@pytest.mark.parametrize(("capability", "half"), [((8, 0), "bf16"), ((9, 0), "bf16"), ((7, 5), "fp16")])
def test_a_card_gets_the_half_precision_it_multiplies_in(
    monkeypatch: pytest.MonkeyPatch, capability: tuple[int, int], half: str
) -> None:
    pretend_cuda(monkeypatch, capability, bitsandbytes=True)
    assert choose_precision("auto", "cuda", LARGE) == half
    assert choose_precision("auto", "cuda", 1) == "fp32"
    assert "int8" not in precision.candidates("cuda"), "it saves memory, not time"


@pytest.mark.usefixtures("bf16_units")
def test_without_a_measurement_a_processor_gets_fp32() -> None:
    assert choose_precision("auto", "cpu", LARGE) == "fp32"
    assert choose_precision("bf16", "cpu", LARGE) == "bf16"
    assert is_worth_measuring("auto", "cpu", LARGE)
    assert not is_worth_measuring("auto", "cpu", 1), "a demo model"
    assert not is_worth_measuring("fp32", "cpu", LARGE)


@pytest.mark.usefixtures("bf16_units")
@pytest.mark.parametrize("isa", ["AVX2", "avx512_core", "AVX512_CORE_VNNI", "AVX2_VNNI"])
def test_an_older_processor_is_never_given_bf16(monkeypatch: pytest.MonkeyPatch, isa: str) -> None:
    """Simulated, as oneDNN lets one, and as an older processor says."""
    import torch

    assert cpu_has_bf16()
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", isa)
    assert "bf16" not in precision.usable("cpu")
    with pytest.raises(ModelError, match="no bf16 units"):
        choose_precision("bf16", "cpu", 1)
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_AMX")
    assert cpu_has_bf16()
    for probe in ("_is_amx_tile_supported", "_is_avx512_bf16_supported"):
        monkeypatch.setattr(torch.cpu, probe, lambda: False)
    assert not cpu_has_bf16()


@pytest.mark.usefixtures("bf16_units")
def test_attention_beside_8_bit_products_uses_amx_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    assert attention_kind("int8") is torch.bfloat16
    assert attention_kind("fp32") is attention_kind("bf16") is None, "as their states are"
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_BF16")
    assert attention_kind("int8") is None
    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA")
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    assert attention_kind("int8") is None


def test_a_little_faster_is_not_worth_other_words() -> None:
    assert fastest({"fp32": 10.0, "bf16": 8.5}) == "fp32"
    assert fastest({"fp32": 10.0, "bf16": 5.0, "int8": 4.0}) == "int8"
    assert fastest({"fp32": 10.0, "bf16": 50.0}) == "fp32", "an emulated one"


def test_layers_are_timed_in_each_precision() -> None:
    taken = measure_layer("cpu", ["fp32", "bf16"], 32, 64, rows=8)
    assert set(taken) == {"fp32", "bf16"} and min(taken.values()) > 0


def test_a_measurement_holds_for_this_processor_only(monkeypatch: pytest.MonkeyPatch) -> None:
    here = precision.machine("cpu")
    assert here == precision.machine("cpu")
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")
    assert precision.machine("cpu") != here
