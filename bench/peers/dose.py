"""The same work by SciPy, and the same file by polars, pandas and pyarrow: one line of JSON in, one out.

Started by the bench program `dose`, which sets one thread for all of them and one core for itself and this.
Imports and the loading of the raw samples are not timed.
"""

import json
import sys
import time

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import scipy
from scipy import signal

pa.set_cpu_count(1)
pa.set_io_thread_count(1)


def strokes(force, rate, enter, leave):
    """Runs above `leave` that reach `enter`: first sample, duration, mean, peak, impulse of each."""
    above = force > leave
    edges = np.flatnonzero(above[1:] != above[:-1]) + 1
    if above[0]:
        edges = np.concatenate(([0], edges))
    starts, ends = edges[::2], edges[1::2]
    if len(starts) == 0:
        return np.empty((0, 5))
    cuts = edges if len(ends) == len(starts) else np.concatenate((edges, [len(force)]))
    starts, ends = cuts[::2], cuts[1::2]
    bounds = cuts[:-1] if cuts[-1] == len(force) else cuts
    peak = np.maximum.reduceat(force, bounds)[::2]
    total = np.add.reduceat(force, bounds)[::2]
    count = ends - starts
    table = np.stack((starts, count / rate, total / count, peak, total / rate), axis=1)
    return table[peak > enter]


def pipeline(samples, rate, order, cutoff, enter, leave, segment):
    """Filter, strokes, spectra; and how long each took, s."""
    times = [time.perf_counter()]
    sos = signal.butter(order, cutoff, fs=rate, output="sos")
    smooth = signal.sosfiltfilt(sos, samples, axis=-1)
    times.append(time.perf_counter())
    x, y, z = smooth[:3]
    found = strokes(np.sqrt(x * x + y * y + z * z), rate, enter, leave)
    times.append(time.perf_counter())
    _, density = signal.welch(samples, rate, nperseg=segment, axis=-1)
    times.append(time.perf_counter())
    return smooth, found, density, np.diff(times)


def read(reader, path):
    """All columns as numbers in memory."""
    if reader == "polars":
        return pl.read_csv(path).height
    if reader == "pandas":
        return len(pd.read_csv(path))
    table = pa.csv.read_csv(path, read_options=pa.csv.ReadOptions(use_threads=False))
    return table.num_rows


def main():
    samples = None
    for line in sys.stdin:
        ask = json.loads(line)
        if ask["do"] == "versions":
            modules = (np, scipy, pl, pd, pa)
            answer = {"python": sys.version.split()[0], **{module.__name__: module.__version__ for module in modules}}
            answer["polars_threads"] = pl.thread_pool_size()
        elif ask["do"] == "load":
            samples = np.fromfile(ask["file"]).reshape(ask["channels"], -1)
            answer = {"samples": samples.shape[1]}
        elif ask["do"] == "pipeline":
            smooth, found, density, times = pipeline(samples, **ask["how"])
            if "keep" in ask:
                for name, values in (("smooth", smooth), ("strokes", found), ("density", density)):
                    values.tofile(f"{ask['keep']}/{name}.f64")
            answer = {"filter_s": times[0], "strokes_s": times[1], "welch_s": times[2], "strokes": len(found)}
        else:
            start = time.perf_counter()
            rows = read(ask["do"], ask["file"])
            answer = {"seconds": time.perf_counter() - start, "rows": rows}
        print(json.dumps(answer), flush=True)


main()
