#!/usr/bin/env python3
"""What the Python package costs beside the library, and whether its threads use the cores.

usage: python.py BENCH_CODE    (the program bench_code; PYTHONPATH names the package)

 1. Decoding and verifying a report code, against the same calls in C++ in the same run: at most 1.1 times as long.
 2. Eight threads that verify codes, against one thread: at least 1.7 times as many where there are two cores or more.
"""

import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import time

import sjcode

LIMIT = 1.1
THREADS = 8
LEAST_RATIO = 1.7
SUFFIXES = {sjcode.Algorithm.ED25519: "ed25519", sjcode.Algorithm.P256: "p256", sjcode.Algorithm.SM2: "sm2"}


def code_of(key: sjcode.PrivateKey) -> bytes:
    claims = sjcode.Claims(issuer="440100001", issued=1_772_000_000, code=sjcode.CodeNumber.generate(),
                           number=sjcode.ShortReportNumber(year=2026, middle="临鉴字", serial=18), record=b"\1" * 32,
                           entries=20, pages=8, category=1000202, status=18)
    return sjcode.sign_report_code(claims, key)


def verify(code: bytes, key: sjcode.PublicKey, count: int) -> None:
    decode, check = sjcode.RawReportCode.decode, sjcode.VerifiedReportCode.verify
    for _ in range(count):
        check(decode(code), key)


def python_seconds(code: bytes, key: sjcode.PublicKey, rounds: int) -> float:
    """The least of several, as the C++ side reports it: what is measured is the work, not the machine's other work."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        verify(code, key, 200)
        best = min(best, (time.perf_counter() - begin) / 200)
    return best


def native_seconds(program: str, suffix: str) -> float:
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([program, f"--benchmark_filter=^verify_code_{suffix}$", f"--benchmark_out={out.name}",
                        "--benchmark_out_format=json", "--benchmark_repetitions=15", "--benchmark_min_time=0.05"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        runs = json.load(out)["benchmarks"]
    return min(run["real_time"] for run in runs if run.get("run_type") == "iteration") * 1e-9


def per_second(code: bytes, key: sjcode.PublicKey, threads: int, total: int) -> float:
    begin = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        for future in [pool.submit(verify, code, key, total // threads) for _ in range(threads)]:
            future.result()
    return total / (time.perf_counter() - begin)


def main() -> int:
    program, wrong = sys.argv[1], 0
    for algorithm, suffix in SUFFIXES.items():
        key = sjcode.PrivateKey.generate(algorithm)
        code, public = code_of(key), key.public_key
        # Turn about, so that a machine that is busy for a while is so for both.
        first = python_seconds(code, public, 10)
        native = native_seconds(program, suffix)
        python = min(first, python_seconds(code, public, 10))
        ratio = python / native
        wrong += ratio > LIMIT
        print(f"verify a code, {suffix}: Python {python * 1e6:.1f} µs, C++ {native * 1e6:.1f} µs, ratio {ratio:.3f} "
              f"(at most {LIMIT})")
    cores = len(os.sched_getaffinity(0))
    key = sjcode.PrivateKey.generate(sjcode.Algorithm.SM2)
    code, public = code_of(key), key.public_key
    ratio = max(per_second(code, public, THREADS, 16_000) / per_second(code, public, 1, 8_000) for _ in range(3))
    print(f"{THREADS} threads verify {ratio:.2f} times as many codes as one, on {cores} cores (at least {LEAST_RATIO})")
    wrong += cores >= 2 and ratio < LEAST_RATIO
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
