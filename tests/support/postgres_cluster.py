# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of a test's own: on loopback, on a free port, in a folder that goes with the test; no system service.

    postgres_cluster.py start FOLDER [--in-memory] [--durable] [--tls]
    postgres_cluster.py replica FOLDER NEW_FOLDER [--synchronous]
    postgres_cluster.py stop | crash | promote | address FOLDER

FOLDER/address holds libpq's URI of its administrator. The server refuses to be root: there it is the user postgres.
"""
import argparse
import ctypes
import os
import pwd
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ADMINISTRATOR = "ppo_admin"
LONGEST_START = 60  # Seconds; two cores may be shared by many.
LONGEST_END = 30

# Small, and for many short-lived databases. Its texts sort as people sort them, which the product must not depend on.
COLLATION = ["--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8"]
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200",
            "shared_buffers": "48MB", "max_wal_size": "512MB", "min_wal_size": "32MB", "wal_level": "replica",
            "max_wal_senders": "4", "wal_keep_size": "64MB", "hot_standby": "on", "log_checkpoints": "off",
            "log_autovacuum_min_duration": "-1", "autovacuum_naptime": "10s", "jit": "off", "timezone": "UTC",
            "log_timezone": "UTC", "log_line_prefix": "%m [%p] %d ", "max_parallel_workers": "2"}
# A thousand tests log in ten thousand times; a password that is slow to try is tested where the server is durable.
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "password_encryption": "md5"}


def program(name):
    for version in ("15", "16", "17", "14"):
        path = f"/usr/lib/postgresql/{version}/bin/{name}"
        if os.access(path, os.X_OK):
            return path
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"{name} is missing: install postgresql-15")
    return found


def server_user():
    """Who the server runs as: nobody else unless we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("there is no user for the server to be: install postgresql-15")


def as_server_user():
    """For subprocess. Everything else is inherited, so the mark that packaging/test ends leftovers by is as well."""
    user = server_user()
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "env": dict(os.environ, HOME="/")}


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **more)
    if done.returncode != 0:
        raise RuntimeError(f"{os.path.basename(command[0])} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def end_with_its_test():
    """In the new process: the kernel ends it when the test that started it dies, however that comes about."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG; the server's way to end at once.


class Cluster:
    """One server. `with Cluster.started(folder) as cluster:` ends it, and so does the death of this process."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        self.process = None  # If it is this process's child.

    # What is where.

    def file(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        try:
            with open(self.file(name), encoding="utf-8") as file:
                return file.read().strip()
        except OSError:
            return ""

    def write(self, name, text):
        path = self.file(name)
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text + "\n")
        os.replace(path + ".new", path)

    @property
    def home(self):
        """The server's own folder: it may have to lie where its user can go."""
        return self.read("home") or self.folder

    @property
    def data(self):
        return os.path.join(self.home, "data")

    @property
    def log(self):
        return os.path.join(self.home, "log")

    @property
    def port(self):
        return int(self.read("port"))

    @property
    def password(self):
        return self.read("password")

    def address(self, database="postgres", user=ADMINISTRATOR, password=None, host="127.0.0.1"):
        """libpq's URI."""
        options = ""
        if self.read("tls"):
            options = f"?sslmode=verify-full&sslrootcert={self.file('ca.pem')}"
        secret = self.password if password is None else password
        return f"postgresql://{user}:{secret}@{host}:{self.port}/{database}{options}"

    # Its life.

    @classmethod
    def started(cls, folder, in_memory=False, durable=False, tls=False, lasting=False, home=None):
        """Makes one and starts it. `lasting`: it outlives this process, and is ended by `stop`."""
        cluster = cls(folder)
        os.makedirs(cluster.folder, exist_ok=True)
        cluster.stop()  # What an earlier run left behind.
        if home is None and in_memory:
            home = tempfile.mkdtemp(prefix="ppo-postgres-")
        cluster.take_home(home or cluster.folder)
        cluster.write("password", secrets.token_hex(16))
        cluster.write("tls", "yes" if tls else "")
        by = "scram-sha-256" if durable else "md5"
        with tempfile.NamedTemporaryFile("w", dir=cluster.home, suffix=".password") as given:
            given.write(cluster.password)
            given.flush()
            cluster.give(given.name)
            run([program("initdb"), "-D", cluster.data, "-U", ADMINISTRATOR, "--pwfile", given.name, "--no-sync",
                 f"--auth={by}", "--no-instructions", *COLLATION], **as_server_user())
        if tls:
            cluster.make_certificates()
        cluster.configure({**SETTINGS, **({} if durable else HASTY)})
        cluster.let_in(tls, by)
        cluster.start(lasting)
        return cluster

    def take_home(self, home):
        self.write("home", home)
        self.give(home)
        above = home
        while server_user() is not None and above != "/":
            above = os.path.dirname(above)
            if not os.stat(above).st_mode & 0o001:
                raise SystemExit(f"{above} is closed to the server's user; use --in-memory")

    def give(self, path):
        user = server_user()
        if user is not None:
            os.chown(path, user.pw_uid, user.pw_gid)

    def configure(self, settings):
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def let_in(self, tls, by):
        """Everybody with a password from this machine; with TLS, nobody without."""
        kind = "hostssl" if tls else "host"
        with open(os.path.join(self.data, "pg_hba.conf"), "w", encoding="utf-8") as file:
            file.writelines(f"{kind} {what} all 127.0.0.1/32 {by}\n" for what in ("all", "replication"))

    def start(self, lasting=False):
        """Another program may take the port between our looking and the server's: then it is another port."""
        for attempt in range(5):
            if attempt or not self.read("port"):
                self.write("port", str(free_port()))
            with open(self.log, "ab") as log:
                server = subprocess.Popen([program("postgres"), "-D", self.data, "-p", self.read("port")], cwd="/",
                                          stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                                          preexec_fn=None if lasting else end_with_its_test, **as_server_user())
            self.process = server
            self.write("pid", str(server.pid))
            if self.is_ready_by(server, time.monotonic() + LONGEST_START):
                self.write("address", self.address())
                return
        raise RuntimeError("the server does not start:\n" + self.last_words())

    def is_ready_by(self, server, until):
        """Its own file says so in its last line."""
        while time.monotonic() < until:
            try:
                with open(os.path.join(self.data, "postmaster.pid"), encoding="utf-8") as file:
                    lines = file.read().splitlines()
                if lines[0] == str(server.pid) and len(lines) > 7 and lines[7].strip() in ("ready", "standby"):
                    return True
            except (OSError, IndexError):
                pass  # Not written yet, or half.
            try:
                server.wait(0.02)
                return False
            except subprocess.TimeoutExpired:
                pass
        server.kill()
        return False

    def last_words(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return "".join(file.readlines()[-20:])

    def pid(self):
        """Of the server that was started here; 0 if it has gone. A number can come to mean another process."""
        number = self.read("pid")
        if not number or not is_alive(number):
            return 0
        with open(f"/proc/{number}/cmdline", "rb") as file:
            return int(number) if self.data.encode() in file.read() else 0

    def end(self, how):
        pid = self.pid()
        if not pid:
            return
        process = os.pidfd_open(pid)
        signal.pidfd_send_signal(process, how)
        if not select.select([process], [], [], LONGEST_END)[0]:
            signal.pidfd_send_signal(process, signal.SIGKILL)
            select.select([process], [], [], LONGEST_END)
        os.close(process)
        if self.process:
            self.process.wait()

    def crash(self):
        """It is gone at once, as by a power cut to this one program: nothing is finished, nobody is told."""
        self.end(signal.SIGQUIT)

    def stop(self):
        """Ends it and removes what it kept."""
        self.end(signal.SIGINT)
        home = self.read("home")
        if home and home != self.folder:
            shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        for name in ("address", "pid", "port", "home", "password", "tls", "ca.pem"):
            if os.path.exists(self.file(name)):
                os.remove(self.file(name))

    def restart(self):
        self.end(signal.SIGINT)
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    # A second one that follows it.

    def replica(self, folder, synchronous=False, lasting=False):
        """A standby that streams from this one. With `synchronous` no commit is answered that it has not."""
        standby = Cluster(folder)
        os.makedirs(standby.folder, exist_ok=True)
        standby.stop()
        standby.take_home(tempfile.mkdtemp(prefix="ppo-postgres-") if self.home != self.folder else standby.folder)
        for name in ("password", "tls"):
            standby.write(name, self.read(name))
        if self.read("tls"):
            shutil.copy(self.file("ca.pem"), standby.file("ca.pem"))
        run([program("pg_basebackup"), "-d", self.address("postgres"), "-D", standby.data, "-R", "-X", "stream",
             "--checkpoint=fast", "--no-sync"], **as_server_user())
        standby.start(lasting)
        if synchronous:
            self.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
            self.sql("ALTER SYSTEM SET synchronous_commit = 'on'")
            self.sql("SELECT pg_reload_conf()")
            self.wait_for("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1")
        return standby

    def promote(self):
        """From now on it takes changes, and waits for no standby of its own."""
        run([program("pg_ctl"), "promote", "-D", self.data, "-w", "-t", str(LONGEST_START)], **as_server_user())
        self.sql("ALTER SYSTEM RESET synchronous_standby_names")
        self.sql("SELECT pg_reload_conf()")

    # Asking it.

    def sql(self, text, database="postgres", user=ADMINISTRATOR, password=None):
        """What psql answers to one text: rows by lines, columns by `|`. Raises what the server says."""
        return run([program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
                    self.address(database, user, password), "-c", text]).strip()

    def sql_file(self, path, database="postgres", **variables):
        given = [word for name, value in variables.items() for word in ("-v", f"{name}={value}")]
        with open(path, encoding="utf-8") as file:
            return run([program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *given, "-d",
                        self.address(database), "-f", "-"], input=file.read()).strip()

    def wait_for(self, question, answer, database="postgres", seconds=LONGEST_START):
        until = time.monotonic() + seconds
        while (found := self.sql(question, database)) != answer:
            if time.monotonic() > until:
                raise RuntimeError(f"waited in vain: {question} answers {found}")

    # TLS.

    def make_certificates(self):
        """A CA of the test's own, and a certificate for this server by both of its names."""
        with tempfile.TemporaryDirectory() as folder:
            at = lambda name: os.path.join(folder, name)
            openssl = lambda *words: subprocess.run(["openssl", *words], check=True, capture_output=True)
            new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
            openssl("req", "-x509", *new_key, "-days", "30", "-subj", "/CN=Test CA", "-keyout", at("ca.key"), "-out",
                    at("ca.pem"))
            openssl("req", *new_key, "-subj", "/CN=127.0.0.1", "-keyout", at("server.key"), "-out", at("server.csr"))
            with open(at("names"), "w", encoding="utf-8") as file:
                file.write("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
            openssl("x509", "-req", "-in", at("server.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"),
                    "-CAcreateserial", "-days", "30", "-extfile", at("names"), "-out", at("server.pem"))
            for name, mode in (("server.key", 0o600), ("server.pem", 0o644)):
                shutil.copy(at(name), os.path.join(self.data, name))
                os.chmod(os.path.join(self.data, name), mode)
                self.give(os.path.join(self.data, name))
            shutil.copy(at("ca.pem"), self.file("ca.pem"))
        self.configure({"ssl": "on", "ssl_cert_file": "server.pem", "ssl_key_file": "server.key"})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["start", "stop", "crash", "promote", "replica", "address"])
    parser.add_argument("folder")
    parser.add_argument("new_folder", nargs="?")
    parser.add_argument("--in-memory", action="store_true", help="keep its files in the folder for temporary ones")
    parser.add_argument("--durable", action="store_true", help="wait for the disk, as in earnest")
    parser.add_argument("--tls", action="store_true", help="with a certificate, and nobody without")
    parser.add_argument("--synchronous", action="store_true", help="the replica has what was answered")
    given = parser.parse_args()
    cluster = Cluster(given.folder)
    if given.what == "start":
        cluster = Cluster.started(given.folder, given.in_memory, given.durable, given.tls, lasting=True)
    elif given.what == "replica":
        cluster = cluster.replica(given.new_folder, given.synchronous, lasting=True)
    elif given.what == "address":
        pass
    else:
        getattr(cluster, given.what)()
    print(cluster.read("address"))


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, OSError, subprocess.CalledProcessError) as failure:
        sys.exit(f"postgres_cluster: {failure}")
