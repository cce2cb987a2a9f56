"""Prints tests/it/reference.json: what SciPy makes of the filters and signals that the tests use.

python -m venv V && V/bin/pip install numpy==2.4.6 scipy==1.17.1 && V/bin/python reference.py > reference.json
"""

import json

import numpy as np
import scipy
from scipy import signal

LOW_PASSES = [(4, 20.0, 1000.0), (2, 0.5, 50.0), (4, 5.0, 100.0), (6, 40.0, 97.3), (8, 2.0, 1000.0), (10, 499.0, 1000.0)]
BAND_PASSES = [(4, 20.0, 250.0, 1000.0), (2, 0.5, 20.0, 100.0), (4, 1.0, 49.0, 100.0), (6, 300.0, 480.0, 1000.0)]
LENGTHS = [40, 401]
SPECTRA = [(600, 128), (500, 100), (425, 99), (300, 300), (129, 256), (7, 1), (64, 7)]


def noise(length, channel):
    """A signal that every language makes to the last bit: one division of whole numbers, on a level and a slope."""
    i = np.arange(length)
    return (i * i * 31 + i * 7919 + channel * 104729) % 1009 / 1009 + (8.0 + channel) + i / 512


def low_pass(order, cutoff, rate):
    sos = signal.butter(order, cutoff, fs=rate, output="sos")
    return {"order": order, "low": 0.0, "high": cutoff, "rate": rate, **filtered(sos)}


def band_pass(order, low, high, rate):
    sos = signal.butter(order, [low, high], "bandpass", fs=rate, output="sos")
    return {"order": order, "low": low, "high": high, "rate": rate, **filtered(sos)}


def filtered(sos):
    zi = signal.sosfilt_zi(sos)
    short = noise(9, 0)
    return {
        "sos": sos.tolist(),
        "steady": zi.tolist(),
        "zero_phase": [signal.sosfiltfilt(sos, noise(length, 0)).tolist() for length in LENGTHS],
        "short": signal.sosfiltfilt(sos, short, padlen=len(short) - 1).tolist(),
        "causal": signal.sosfilt(sos, noise(LENGTHS[0], 0), zi=zi * noise(1, 0)[0])[0].tolist(),
    }


def spectrum(length, segment):
    frequency, density = signal.welch(noise(length, 1), 97.3, nperseg=min(segment, length))
    return {"length": length, "segment": segment, "frequency": frequency.tolist(), "density": density.tolist()}


print(
    json.dumps(
        {
            "scipy": scipy.__version__,
            "numpy": np.__version__,
            "lengths": LENGTHS,
            "filters": [low_pass(*f) for f in LOW_PASSES] + [band_pass(*f) for f in BAND_PASSES],
            "spectra": [spectrum(*s) for s in SPECTRA],
        }
    )
)
