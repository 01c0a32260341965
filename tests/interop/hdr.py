"""Reads an HdrHistogram log with hdrh and writes it anew: `hdr.py IN OUT`.

Prints a JSON list, for each interval its tag, its count, its largest value, and all values with
their counts. (Percentiles of few values are a matter of each library's rule.)
"""

import json
import sys

from hdrh.histogram import HdrHistogram
from hdrh.log import HistogramLogReader, HistogramLogWriter

source, target = sys.argv[1:]
reader = HistogramLogReader(source, HdrHistogram(1, 2**46, 3))
found = []
with open(target, "w") as file:
    writer = HistogramLogWriter(file)
    writer.output_log_format_version()
    writer.output_legend()
    while True:
        histogram = reader.get_next_interval_histogram()
        if histogram is None:
            break
        values = [
            [item.value_iterated_to, item.count_at_value_iterated_to]
            for item in histogram.get_recorded_iterator()
        ]
        found.append({
            "tag": histogram.get_tag(),
            "count": histogram.get_total_count(),
            "max": histogram.get_max_value(),
            "values": values,
        })
        writer.output_interval_histogram(histogram)
print(json.dumps(found))
