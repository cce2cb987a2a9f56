#!/bin/sh
# A virtual trial of 10^8 clients on a Slurm cluster: an array job of 500 shards, then one job that merges them.
#
#   sh examples/slurm/trial.sh STUDY.toml RESULT_FOLDER
#
# Every node needs the same version of xystra in its PATH, and the folder must be on a disk that all nodes share. A shard that failed is run
# again alone: sbatch --array=17 ... ; the merge names the shards that are missing.
set -eu

study=${1:?usage: trial.sh STUDY.toml RESULT_FOLDER}
folder=${2:?usage: trial.sh STUDY.toml RESULT_FOLDER}
clients=${CLIENTS:-100000000}
shards=${SHARDS:-500}
seed=${SEED:-1}
mkdir -p "$folder"

array=$(sbatch --parsable --job-name=xystra-shards --array="1-$shards" --cpus-per-task=4 --mem-per-cpu=500M --time=02:00:00 \
    --output="$folder/shard-%a.log" --export="ALL,STUDY=$study,FOLDER=$folder,CLIENTS=$clients,SHARDS=$shards,SEED=$seed" \
    "$(dirname "$0")/shard.sh")

sbatch --job-name=xystra-merge --dependency="afterok:$array" --time=00:15:00 --output="$folder/merge.log" \
    --wrap="xystra cohort merge '$folder'/shard-*.json --out '$folder/trial.json'"
