"""What ``blipdesk bench`` prints, and what it refuses before anything is measured."""

from dataclasses import replace

from blipdesk.cli.main import run
from blipdesk.services import bench, bench_write


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


def test_writing_is_printed_beside_exiftool_or_said_to_stand_alone(tmp_path, monkeypatch, capsys):
    report = bench_write.WriteBenchReport(
        photos=64,
        mean_bytes=3_100_000,
        rounds=2,
        place="/tmp",
        exiftool="12.57",
        exiftool_failed=3,
        left_out={"kept": 7, "sidecar": 2},
        rows=[
            bench_write.WriteRow("the writer alone", 210.04, 3.5, (3.4, 3.6), 4.21),
            bench_write.WriteRow("exiftool", 60.0, None, (), 12.5),
        ],
        formats=[bench_write.FormatRow("jpg", 64, 4.76, 16.7)],
        stages={"plan": 0.0031, "replace": 0.0021, "journal": 0.004},
    )
    monkeypatch.setattr(bench_write, "bench_write", lambda options, say: report)
    command = ["--data-dir", str(tmp_path), "bench", "write", "--folder", str(tmp_path)]
    assert run(command) == 0
    said = capsys.readouterr().out
    assert ["the", "writer", "alone", "210.0", "3.5", "3.4", "3.6", "4.2"] in [
        line.split() for line in said.splitlines()
    ]
    assert "plan 3.1, replace 2.1, journal 4.0" in said
    assert "jpg (64): the writer 4.8, exiftool 16.7" in said
    assert "7 kept, 2 sidecar" in said and "It did not write 3 of the 64" in said
    monkeypatch.setattr(bench_write, "bench_write", lambda *_: replace(report, exiftool=None))
    assert run(command) == 0
    assert "exiftool is not installed" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_refused_before_anything_is_measured(tmp_path, capsys):
    data_dir = tmp_path / "data"
    assert run(["--data-dir", str(data_dir), "bench", "write", "--folder", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert not data_dir.exists()
