#!/bin/sh
# Loads a server from 8 MPI ranks that begin together. On several machines, name one of rank 0's
# addresses: BARRIER=node1:9100. MPIRUN may hold more options of mpirun.
#   SERVER=gpu-box:8000 MODEL=resnet50 ./load.sh
set -eu
export SERVER MODEL BARRIER="${BARRIER:-:9100}" RATE="${RATE:-2000}" DURATION="${DURATION:-60s}"
${MPIRUN:-mpirun} -n 8 sh -c 'exec trtis shard perf_client -u "$SERVER" -m "$MODEL" \
  --request-rate "$RATE" --duration "$DURATION" \
  --barrier "$BARRIER" --json "load-$OMPI_COMM_WORLD_RANK.json"'
trtis merge load-[0-9]*.json -o load.json
