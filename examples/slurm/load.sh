#!/bin/bash
# Loads a server from 8 tasks that begin together, and merges what they saw:
#   SERVER=gpu-box:8000 MODEL=resnet50 sbatch --wait load.sh
#SBATCH --ntasks=8
#SBATCH --output=load.log
set -eu
export BARRIER="$PWD/start-$SLURM_JOB_ID"
srun -n 8 sh -c 'exec trtis shard perf_client -u "$SERVER" -m "$MODEL" \
  --request-rate "${RATE:-2000}" --duration "${DURATION:-60s}" \
  --barrier "$BARRIER" --json "load-$SLURM_PROCID.json"'
trtis merge load-[0-9]*.json -o load.json
