"""What a replay is measured against: a program that only parses each line.

python benchmarks/baseline.py orjson trace.jsonl
"""

import sys


def main(parser: str, path: str) -> None:
    if parser == "orjson":
        from orjson import loads
    else:
        from json import loads
    with open(path, "rb", buffering=1 << 20) as lines:
        for line in lines:
            loads(line)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
