# SPDX-License-Identifier: Apache-2.0
"""Runs a program on a new database of the tests' server, which it finds in PPO_STORE, and removes it afterwards.

    with_postgres_store.py COMMAND ARGUMENT...     (PPO_TEST_STORE_AT names the file with the server's address)
"""
import os
import subprocess
import sys

from postgres_cluster import Cluster


def main():
    cluster = Cluster(os.path.dirname(os.environ["PPO_TEST_STORE_AT"]))
    name = f"ppo_run_{os.getpid()}"
    cluster.sql(f"CREATE DATABASE {name}")
    try:
        done = subprocess.run(sys.argv[1:], env=dict(os.environ, PPO_STORE=cluster.address(name)), check=False)
        tables = cluster.sql("SELECT count(*) FROM pg_tables WHERE tablename = 'patient'", name)
    finally:
        cluster.sql(f"DROP DATABASE {name} WITH (FORCE)")
    if done.returncode == 0 and tables != "1":
        sys.exit("the program has not used the database")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
