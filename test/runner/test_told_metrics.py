"""Printed lines and files are read as a person reads them."""

from __future__ import annotations

import pytest
from hone_runner.measurement import Measurement, choose_result, repeats
from hone_runner.metric_files import parse_metric_text
from hone_runner.metric_log import MetricLog
from hone_runner.printed_metrics import OutputStream
from hone_runner.told_metrics import parse_bare, parse_told


@pytest.mark.parametrize(
    ("line", "name", "value", "data"),
    [
        ("Test accuracy: 0.97", "accuracy", 0.97, "test"),
        ("Test set: Average loss: 0.0271, Accuracy: 9912/10000 (99%)", "accuracy", 0.9912, "test"),
        ("Best val acc: 0.9100", "accuracy", 0.91, "validation"),
        ("val_accuracy=0.5", "accuracy", 0.5, "validation"),
        ("Accuracy of the network on the 10000 test images: 54 %", "accuracy", 0.54, "test"),
        ("Accuracy for KNN (k=5): 0.9", "accuracy", 0.9, "unknown"),
        ("Accuracy: 0.86 (+/- 0.02)", "accuracy", 0.86, "unknown"),
        ("The accuracy is 86%", "accuracy", 0.86, "unknown"),
        ("Accuracy = 86.5", "accuracy", 0.865, "unknown"),
        ("train loss 0.3, test f1-score 0.8", "f1", 0.8, "test"),
        ("Training accuracy: 1.0", "accuracy", 1.0, "train"),
        ("97.2% accuracy", "accuracy", 0.972, "unknown"),
        ("ROC AUC: 0.93", "roc_auc", 0.93, "unknown"),
        ("R^2: 0.71", "r2", 0.71, "unknown"),
        ("MSE on test data: 12.5", "mse", 12.5, "test"),
        ("RMSE 3.4e-2", "rmse", 0.034, "unknown"),
        ("Épreuve — accuracy : 0,9 accuracy : 0.9", "accuracy", 0.9, "unknown"),
        ("accuracy: nan", "accuracy", None, "unknown"),
        ("Accuracy: 71,67 %", "accuracy", 0.7167, "unknown"),
        ("Accuracy: 71,667%", "accuracy", 0.71667, "unknown"),
        ("Accuracy: 0,875, loss: 0,5", "accuracy", 0.875, "unknown"),
        ("accuracy,0.93", "accuracy", 0.93, "unknown"),
        ("71,67 % accuracy", "accuracy", 0.7167, "unknown"),
        ("MSE: 1,234.5", "mse", 1234.5, "unknown"),
        ("MSE: 12,5", "mse", 12.5, "unknown"),
    ],
)
def test_line(line, name, value, data):
    found = [one for one in parse_told(line, "print") if one.name == name]
    assert found, parse_told(line, "print")
    assert (found[-1].value, found[-1].data) == (pytest.approx(value) if value is not None else None, data)


@pytest.mark.parametrize(
    "line",
    [
        "1875/1875 - 3s 1ms/step - accuracy: 0.91 - loss: 0.3",
        "Improving accuracy of the model",
        "accurate: 0.9",
        "Accuracy: 512",
        "pip install accuracy==",
        "Accuracy: 71,667 of 5",
        "Accuracy: 0,7,1",
        "Accuracy: 71,67x",
    ],
)
def test_line_that_tells_nothing(line):
    assert not [one for one in parse_told(line, "print") if one.name == "accuracy"]


@pytest.mark.parametrize(("line", "value"), [("0.87", 0.87), (" 86% ", 0.86), ("97.4", 0.974), ("71,67 %", 0.7167), ("1,234", None), ("98", 0.98), ("7", None), ("1400", None), ("-0.3", None), ("a", None)])
def test_bare_line(line, value):
    bare = parse_bare(line, "print", None)
    assert (bare.value if bare else None) == (pytest.approx(value) if value is not None else None)


def test_bare_line_of_an_expected_error_is_taken_as_it_is():
    bare = parse_bare("12.5", "print", "mean_squared_error")
    assert bare and (bare.name, bare.value, bare.direction) == ("mse", 12.5, "minimize")


def test_last_line_wins_and_a_bare_number_counts_only_without_another():
    stream = OutputStream()
    stream.read("Test accuracy: 0.5\nTest accuracy: 0.7\nVal accuracy: 0.9\n0.1\n")
    stream.finish()
    assert [(one.value, one.data) for one in stream.told(None)] == [(0.7, "test"), (0.9, "validation")]


def test_printed_epochs_are_told():
    stream = OutputStream()
    epochs = stream.read("Epoch 1/3\nloss: 0.9 val acc: 0.5\nEpoch 2/3, loss: 0.7\r")
    assert [(one.epoch, one.epochs, dict(one)) for one in epochs] == [(1, 3, {"loss": 0.9, "val_accuracy": 0.5}), (2, 3, {"loss": 0.7})]


def test_what_a_traceback_quotes_was_not_printed():
    stream = OutputStream()
    stream.read("accuracy: 0.9\nTraceback (most recent call last):\n")
    stream.read('  File "train.py", line 3, in <module>\n    print("accuracy", model.scores([[0]]))\n    ^^^^^\nValueError: accuracy 0.1\n')
    assert [(one.name, one.value) for one in stream.told(None)] == [("accuracy", 0.9)]
    stream.read("accuracy: 0.8\n")
    assert stream.told(None)[-1].value == 0.8


@pytest.mark.parametrize(("text", "value"), [("97.0\n", 0.97), ("0.5\n0.6\n", 0.6), ("Accuracy: 0.86\nepochs 20\n", 0.86), ("\ufeff88%", 0.88), ("", None)])
def test_metric_file(text, value):
    found = parse_metric_text(text, None)
    assert (found[-1].value if found else None) == (pytest.approx(value) if value is not None else None)


def measured(name, value, data, source="hook"):
    return Measurement(name, value, data, source, "maximize", None)


@pytest.mark.parametrize(
    ("measurements", "expected", "chosen"),
    [
        ([measured("accuracy", 1, "train"), measured("loss", 2, "test")], None, 1),
        ([measured("accuracy", 1, "validation"), measured("accuracy", 2, "test"), measured("accuracy", 3, "train")], None, 2),
        ([measured("accuracy", 1, "test"), measured("accuracy", 2, "test", "print")], None, 1),
        ([measured("accuracy", 1, "train"), measured("accuracy", 2, "unknown", "file")], None, 2),
        ([measured("f1", 1, "test"), measured("accuracy", 2, "test")], None, 2),
        ([measured("f1", 1, "test"), measured("accuracy", 2, "test")], "f1_score", 1),
        ([measured("accuracy", 1, "test"), measured("accuracy", 2, "test")], None, 2),
        ([measured("loss", 1, "train"), measured("loss", 2, "validation")], None, 2),
        ([measured("log_loss", 1, "validation"), measured("accuracy", 2, "unknown", "print")], "logloss", 2),
        ([measured("log_loss", 1, "validation"), measured("rmse", 2, "validation")], "logloss", 1),
    ],
)
def test_choice_of_the_result(measurements, expected, chosen):
    result = choose_result(measurements, expected)
    assert result and result.value == chosen


@pytest.mark.parametrize(
    ("measurements", "wanted", "result"),
    [
        ([measured("log_loss", 1, "validation"), measured("accuracy", 2, "test")], "log_loss", 1),
        ([measured("loss", 1, "validation"), measured("loss", 2, "test"), measured("accuracy", 3, "test")], "val_loss", 1),
        ([measured("accuracy", 1, "validation"), measured("accuracy", 2, "test")], "val_acc", 1),
        ([measured("f1", 1, "unknown", "print"), measured("accuracy", 2, "test")], "f1_score", 1),
        ([measured("f1", 1, "test"), measured("accuracy", 2, "test")], "mse", 2),
    ],
)
def test_metric_that_the_user_chose_is_the_result_wherever_it_is_reported(measurements, wanted, result):
    found = choose_result(measurements, wanted, True)
    assert found and found.value == result


@pytest.mark.parametrize(
    ("told", "hooked", "same"),
    [
        (measured("score", 0.7865, "unknown", "print"), measured("accuracy", 0.786516, "train"), True),
        (measured("accuracy", 0.986, "test", "print"), measured("accuracy", 0.986014, "validation"), True),
        (measured("accuracy", 0.98, "test", "print"), measured("accuracy", 0.986014, "validation"), False),
        (measured("accuracy", 1.0, "test", "print"), measured("accuracy", 1.0, "train"), False),
        (measured("accuracy", 0.99, "unknown", "print"), measured("accuracy", 0.986, "test"), True),
    ],
)
def test_repeated_number_is_known_by_its_digits(told, hooked, same):
    assert repeats(told, hooked) is same


def test_metric_that_the_user_chose_and_nothing_reports_is_missed():
    events = []
    log = MetricLog(lambda kind, **fields: events.append((kind, fields)), "log_loss", True)
    log.on_output("stdout", b"Accuracy: 0.1\n")
    assert log.finish([])
    assert events[-1] == ("notice", {"text": "The script reported no log_loss; it is judged by its accuracy."})


def test_loss_that_becomes_nan_is_told_once_and_is_the_reason():
    events = []
    log = MetricLog(lambda kind, **fields: events.append((kind, fields)), None)
    log.on_output("stdout", b"Epoch 1/3 loss: 0.5\nEpoch 2/3 loss: nan\nEpoch 3/3 loss: nan\nAccuracy: 0.1\n")
    assert [fields["text"] for kind, fields in events if kind == "notice"] == ["The loss became NaN in epoch 2."]
    assert log.not_finite(log.finish([])) == "The loss became NaN in epoch 2."
