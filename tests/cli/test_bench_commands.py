"""What ``blipdesk bench`` prints, and what it refuses before anything is measured."""

from blipdesk.cli.main import run
from blipdesk.services import bench


def test_an_unknown_precision_is_refused_before_anything_is_measured(blipdesk):
    assert "fp64 is no precision" in blipdesk.run("bench", "caption", "--precision", "fp64", status=2).stderr
    assert not blipdesk.data_dir.exists()


def test_an_unknown_size_is_refused_with_those_there_are(blipdesk):
    said = blipdesk.run("bench", "caption", "--size", "blip-huge", status=2).stderr
    assert "blip-huge" in said and "blip2-opt-2.7b" in said
    assert not blipdesk.data_dir.exists()


def test_rates_are_printed_a_second_and_stages_in_milliseconds(tmp_path, monkeypatch, capsys):
    row = bench.BenchRow(
        device="cpu",
        precision="bf16",
        batch_size=16,
        photos_per_second=5.25,
        loop_photos_per_second=1.04,
        ratio=5.0,
        ratios=(4.9, 5.1),
        peak_bytes=1500 * 2**20,
        loop_peak_bytes=2600 * 2**20,
        stages={"read": 0.002, "decode": 0.092, "vision": 0.08, "text": 0.061, "rest": 0.049},
        loop_stages={"preprocess": 0.321},
        matmul_peak=1234e9,
        matmul_share=0.414,
    )
    report = bench.BenchReport(32, 12.0, 4_300_000, 20, 2, [row])
    monkeypatch.setattr(bench, "bench_caption", lambda options, place, say: report)
    assert run(["--data-dir", str(tmp_path), "bench", "caption"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    (rates, stages) = (line[2:] for line in lines if line[:2] == ["cpu", "bf16"])
    assert " ".join(rates) == "5.25 1.04 5.0 4.9 5.1 1,500 MiB 2,600 MiB 16 1,234 Gflop/s 41%"
    assert stages == ["2", "92", "80", "61", "49"], "what runs before the model is no stage of ours"
    assert ["loop", "fp32", "321"] in lines
