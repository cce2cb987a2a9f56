#!/bin/sh
# One shard of the array job that trial.sh starts.
set -eu

xystra cohort run "$STUDY" --clients "$CLIENTS" --seed "$SEED" --threads "${SLURM_CPUS_PER_TASK:-1}" \
    --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" --out "$FOLDER/shard-$SLURM_ARRAY_TASK_ID.json"
