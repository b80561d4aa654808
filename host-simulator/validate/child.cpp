// SPDX-License-Identifier: Apache-2.0
#include "validate/child.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace ppo_validate {
namespace {
using std::chrono::steady_clock;

class SharedNotebook {
public:
    SharedNotebook()
        : memory_{mmap(nullptr, sizeof(Notebook), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0)} {
        if (memory_ == MAP_FAILED) throw std::runtime_error{"no memory to share with a check"};
        notebook_ = new (memory_) Notebook;
    }
    ~SharedNotebook() { munmap(memory_, sizeof(Notebook)); }
    SharedNotebook(const SharedNotebook&) = delete;
    SharedNotebook& operator=(const SharedNotebook&) = delete;
    [[nodiscard]] Notebook& operator*() const { return *notebook_; }

private:
    void* memory_;
    Notebook* notebook_ = nullptr;
};

/// Stores are thrown away, so that memory is the place for them: on a disk they wait for it.
std::filesystem::path place_for_folders() {
    constexpr auto memory = "/dev/shm";
    if (std::getenv("TMPDIR") == nullptr && access(memory, W_OK) == 0) return memory;
    return std::filesystem::temp_directory_path();
}

class Folder {
public:
    Folder() {
        std::string name = (place_for_folders() / "ppo-validate-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw std::runtime_error{"no folder can be made at " + name};
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_{};
};

/// Whatever a plugin takes for a path is below the check's own folder, and goes with it.
class Inside {
public:
    explicit Inside(const std::filesystem::path& folder)
        : before_{std::filesystem::current_path()} {
        std::filesystem::current_path(folder);
    }
    ~Inside() {
        std::error_code ignored;
        std::filesystem::current_path(before_, ignored);
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

private:
    std::filesystem::path before_;
};

void run_noting(const Check& check, const Target& target, Notebook& notebook) {
    Findings findings{notebook};
    const Inside inside{target.folder};
    try {
        check.run(target, findings);
    } catch (const NotOffered& missing) {
        findings.skip(missing.what());
    } catch (const std::exception& failure) {
        findings.fail(failure.what());
    }
    notebook.finished = 1;
}

std::string how_it_ended(int status, const Notebook& notebook) {
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        return "crashed by signal " + std::to_string(signal) + " (SIG" +
               std::string{sigabbrev_np(signal) == nullptr ? "?" : sigabbrev_np(signal)} + ")";
    }
    if (notebook.finished == 0)
        return "was ended by the plugin with exit status " + std::to_string(WEXITSTATUS(status));
    return {};
}

/// Waits for the process; false once the time is over.
bool ends_within(pid_t process, std::chrono::seconds limit) {
    const int handle = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
    if (handle < 0) return true;  // Gone already: waitpid says the rest.
    pollfd waiting{handle, POLLIN, 0};
    const auto until = steady_clock::now() + limit;
    int ready = 0;
    do {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - steady_clock::now());
        ready = poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    } while (ready < 0 && errno == EINTR);
    close(handle);
    return ready > 0;
}
}  // namespace

Outcome run_in_child(const Check& check, Target target, std::chrono::seconds limit) {
    const Folder folder;
    target.folder = folder.path();
    const SharedNotebook notebook;
    const auto begun = steady_clock::now();
    const pid_t process = fork();
    if (process < 0) throw std::runtime_error{"no process can be made for a check"};
    if (process == 0) {
        setpgid(0, 0);
        dup2(STDERR_FILENO, STDOUT_FILENO);  // What a plugin prints must not mix with the report.
        run_noting(check, target, *notebook);
        _exit(0);
    }
    setpgid(process, process);
    std::string ending;
    if (!ends_within(process, limit)) {
        ending = "took longer than " + std::to_string(limit.count()) + " s";
        kill(-process, SIGKILL);
    }
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    kill(-process, SIGKILL);  // Whatever the plugin may have started and left.
    if (ending.empty()) ending = how_it_ended(status, *notebook);
    Outcome outcome = read_outcome(*notebook, ending);
    outcome.seconds = std::chrono::duration<double>(steady_clock::now() - begun).count();
    return outcome;
}

Outcome run_here(const Check& check, Target target) {
    const Folder folder;
    target.folder = folder.path();
    const auto notebook = std::make_unique<Notebook>();
    const auto begun = steady_clock::now();
    run_noting(check, target, *notebook);
    Outcome outcome = read_outcome(*notebook, {});
    outcome.seconds = std::chrono::duration<double>(steady_clock::now() - begun).count();
    return outcome;
}
}  // namespace ppo_validate
