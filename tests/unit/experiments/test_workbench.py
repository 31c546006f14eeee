"""Results as the EMA workbench has them."""

import json
import tarfile

import numpy as np
import pandas as pd

from sim.experiments.results import Results
from tests.worlds.storehouse import store, value


def loaded(path):
    """Return what `ema_workbench.load_results` (2.5) makes of a file, read as it reads it."""
    with tarfile.open(path, "r:gz", encoding="UTF8") as archive:
        told = json.loads(archive.extractfile("metadata.json").read().decode())
        experiments = pd.read_csv(archive.extractfile("experiments.csv"))
        for name, kind in told["experiments"].items():
            experiments[name] = experiments[name].astype(np.dtype(kind))
        outcomes = {}
        for kind, name, file in told["outcomes"]:
            values = pd.read_csv(archive.extractfile(file), index_col=False, header=None).values
            outcomes[name] = values.reshape(-1) if kind == "ScalarOutcome" else values
    return experiments, outcomes


def test_experiments_and_outcomes(tmp_path):
    """A row for each point that has runs; a column of an outcome for each replication."""
    columns = {"policy": "abcd", "level": [0.1, 0.2, 0.3, 0.4], "role": "xyxy"}
    found = Results(store(tmp_path / "made", columns=columns, varied=("policy", "level"), blocks=3))
    experiments, outcomes = found.ema()
    assert experiments.columns.tolist() == ["raci", "select", "policy_", "level", "scenario", "policy", "model"]
    assert experiments["scenario"].tolist() == [0, 1, 2]
    assert outcomes["trust"].shape == (3, 3)
    assert outcomes["trust"][2, 1] == value(2, 1)
    assert np.isnan(outcomes["trust"][1, 0])  # it failed
    _, means = found.ema(["trust"], mean=True)
    assert np.allclose(means["trust"], [value(0, 1), np.mean([value(1, 1), value(1, 2)]), value(2, 1)])


def test_the_file_reads_back(tmp_path):
    """Numbers to the bit, kinds, and texts with commas, quotes and line breaks; the same bytes every time."""
    columns = {"text": ["x", 'y, "z"\nnew', "采购", "w"]}
    found = Results(store(tmp_path / "made", columns=columns, varied=["text"]))
    for mean in (False, True):
        path = tmp_path / "ema.tar.gz"
        found.save_ema(path, mean=mean)
        experiments, outcomes = loaded(path)
        expected, numbers = found.ema(mean=mean)
        pd.testing.assert_frame_equal(experiments, expected, check_dtype=False)
        assert experiments["raci"].dtype == bool
        for name, values in numbers.items():
            np.testing.assert_array_equal(outcomes[name], values)
        once = path.read_bytes()
        found.save_ema(path, mean=mean)
        assert path.read_bytes() == once
