#!/bin/bash
# Classifies a directory with an array job of 8 tasks:
#   SERVER=gpu-box:8000 MODEL=resnet50 PICTURES=/shared/photos sbatch --wait classify.sh
#   trtis merge part-*.csv -o all.csv
# A task that is requeued goes on where its file ends.
#SBATCH --array=0-7
#SBATCH --output=classify-%a.log
#SBATCH --requeue
set -eu
exec trtis shard image_client -u "$SERVER" -m "$MODEL" --recursive --resume \
  -o "part-$SLURM_ARRAY_TASK_ID.csv" "$PICTURES"
