"""Lightning's fit that was killed goes on after the epoch that was kept."""

from __future__ import annotations

import os
import subprocess

import pytest
from conftest import Runner
from interruptions import BYTES, interrupt, undisturbed

SCRIPT = """
import hashlib, time, torch
import pytorch_lightning as pl
from torch.utils.data import DataLoader, TensorDataset
pl.seed_everything(3)
X = torch.rand(200, 8)
data = TensorDataset(X, (X.sum(1, keepdim=True) > 4).float())
class Net(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.ReLU(), torch.nn.Dropout(0.2), torch.nn.Linear(16, 1))
    def training_step(self, batch, _index):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(self.layers(batch[0]), batch[1])
        self.log("train_loss", loss, on_epoch=True)
        return loss
    def validation_step(self, batch, _index):
        self.log("val_loss", torch.nn.functional.binary_cross_entropy_with_logits(self.layers(batch[0]), batch[1]))
    def on_train_epoch_end(self):
        time.sleep(0.3)
    def configure_optimizers(self):
        optimizer = torch.optim.Adam(self.parameters(), 0.01)
        return [optimizer], [torch.optim.lr_scheduler.StepLR(optimizer, 3)]
best = pl.callbacks.ModelCheckpoint("kept", monitor="val_loss")
trainer = pl.Trainer(max_epochs=12, callbacks=[best], logger=False, enable_progress_bar=False, enable_model_summary=False)
model = Net()
trainer.fit(model, DataLoader(data, 20, shuffle=True), DataLoader(data, 50))
weights = hashlib.md5(b"".join(one.numpy().tobytes() for one in model.state_dict().values())).hexdigest()
print(weights, float(best.best_model_score), best.best_model_path.rsplit("/")[-1], float(trainer.callback_metrics["val_loss"]))
"""


def lightning_python() -> str | None:
    """An interpreter that has Lightning: one that is named, or Debian's."""
    for one in (os.environ.get("HONE_TORCH_PYTHON", ""), "/usr/bin/python3"):
        if one and subprocess.run([one, "-c", "import pytorch_lightning"], capture_output=True).returncode == 0:
            return one
    return None


PYTHON = lightning_python()


@pytest.mark.skipif(PYTHON is None, reason="no Python here has Lightning")
def test_a_killed_fit_ends_as_an_undisturbed_one(tmp_path):
    runner = Runner(tmp_path, [], PYTHON)
    expected, _ = undisturbed(runner, SCRIPT)
    assert expected.end["state"] == "complete", expected.stderr
    kept = runner.run(SCRIPT, checkpoint={"bytes": BYTES, "resume": False})
    assert (kept.stdout, kept.notices) == (expected.stdout, expected.notices)
    for count in (1, 2):
        one = interrupt(runner, SCRIPT, 0.1, after_checkpoints=count)
        assert one is not None
        assert one.kept >= count
        assert one.second.stdout.splitlines()[-1] == expected.stdout.splitlines()[-1], (one.kept, one.second.stderr)
        assert one.epochs() == list(range(1, 13))
    runner.close()
