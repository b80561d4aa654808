# SPDX-License-Identifier: Apache-2.0
"""Runs a bench on a PostgreSQL of its own, as durable as in earnest, whose files are in the folder for temporary ones.

    on_postgres.py [--new-database] COMMAND ARGUMENT...     in an argument, @SERVER stands for the address
"""
import os
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from postgres_cluster import Cluster  # noqa: E402


def main():
    words = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="ppo-bench-") as folder, \
            Cluster.started(folder, in_memory=True, durable=True) as cluster:
        address = cluster.address()
        if words[0] == "--new-database":
            words = words[1:]
            cluster.sql("CREATE DATABASE ppo_bench")
            address = cluster.address("ppo_bench")
        done = subprocess.run([word.replace("@SERVER", address) for word in words], check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
