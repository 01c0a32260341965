#!/bin/sh
# Classifies a directory with 8 processes of GNU parallel; --sshlogin spreads them over machines:
#   SERVER=gpu-box:8000 MODEL=resnet50 PICTURES=/shared/photos ./classify.sh
set -eu
export SERVER MODEL PICTURES
seq 8 | parallel -j 8 'trtis shard --shards 8 image_client -u "$SERVER" -m "$MODEL" \
  --recursive --resume -o part-{#}.csv "$PICTURES"'
trtis merge part-*.csv -o all.csv
