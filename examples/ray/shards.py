"""Spreads the shards of a virtual trial with Ray, on one machine or on a cluster, and merges them.

    python3 -m venv .venv && .venv/bin/pip install --requirement examples/ray/requirements.txt
    .venv/bin/python examples/ray/shards.py examples/shoulder-trial.study.toml --clients 1000000 --out trial.json

A cluster: `ray start --head` on one node, `ray start --address=...` on the others, and `--address auto` here. Every node needs the same
version of xystra; the text of the study goes with each task and the sums come back, so that no shared disk is needed.
"""

import argparse
import pathlib
import subprocess
import tempfile

import ray


def run(xystra, arguments):
    """Runs xystra; what it says on failure is the error."""
    done = subprocess.run([xystra, "cohort", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or f"xystra ended with {done.returncode}")


@ray.remote(num_cpus=1, max_retries=3)
def shard(xystra, study, clients, seed, part, of):
    """The sums of one shard, as text. One thread each: Ray fills the cores."""
    with tempfile.TemporaryDirectory() as folder:
        text, sums = pathlib.Path(folder, "study.toml"), pathlib.Path(folder, "sums.json")
        text.write_text(study)
        who = ["--clients", clients, "--seed", seed, "--threads", 1]
        run(xystra, ["run", text, *who, "--shard", f"{part}/{of}", "--out", sums])
        return sums.read_text()


def spread(options):
    """All shards, in whatever order they come, merged into the result."""
    study = pathlib.Path(options.study).read_text()
    parts = range(1, options.shards + 1)
    tasks = [shard.remote(options.xystra, study, options.clients, options.seed, part, options.shards) for part in parts]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        while tasks:
            (ready, *_), tasks = ray.wait(tasks, num_returns=1)
            files.append(pathlib.Path(folder, f"{len(files)}.json"))
            files[-1].write_text(ray.get(ready))
            print(f"shard {len(files)} of {options.shards} done", flush=True)
        run(options.xystra, ["merge", *files, "--out", options.out])


def check(options):
    """Is the merged result bit for bit that of one run?"""
    with tempfile.TemporaryDirectory() as folder:
        whole = pathlib.Path(folder, "whole.json")
        run(options.xystra, ["run", options.study, "--clients", options.clients, "--seed", options.seed, "--out", whole])
        if whole.read_bytes() != pathlib.Path(options.out).read_bytes():
            raise SystemExit("the shards put together differ from the whole run")
    print("the shards put together are bit for bit the whole run")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("study", help="a study file in the format of docs/methods/studies.md")
    options.add_argument("--clients", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--shards", type=int, default=16)
    options.add_argument("--out", default="trial.json")
    options.add_argument("--xystra", default="xystra", help="the program, the same on every node")
    options.add_argument("--address", help="a running cluster, such as auto; none: this machine alone")
    options.add_argument("--check", action="store_true", help="run the whole trial here too and compare")
    options = options.parse_args()
    ray.init(address=options.address, include_dashboard=False, log_to_driver=False)
    spread(options)
    if options.check:
        check(options)


if __name__ == "__main__":
    main()
