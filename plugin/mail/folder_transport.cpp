// SPDX-License-Identifier: Apache-2.0
#include "mail/folder_transport.hpp"

#include "domain/local_time.hpp"
#include "mail/header_encoder.hpp"
#include "mail/mail_message.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace ppo {
namespace {
class OpenFile {
public:
    OpenFile(const std::string& path, int flags)
        : descriptor_{::open(path.c_str(), flags | O_CLOEXEC, 0600)} {
        if (descriptor_ < 0) throw std::system_error{errno, std::generic_category()};
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() { ::close(descriptor_); }

    void write(const std::string& bytes) const {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto count = ::write(descriptor_, bytes.data() + at, bytes.size() - at);
            if (count < 0 && errno != EINTR)
                throw std::system_error{errno, std::generic_category()};
            if (count > 0) at += static_cast<std::size_t>(count);
        }
    }
    void sync() const {
        if (::fsync(descriptor_) != 0) throw std::system_error{errno, std::generic_category()};
    }

private:
    int descriptor_ = -1;
};

void make_folder(const std::filesystem::path& folder) {
    if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        throw std::system_error{errno, std::generic_category()};
}

/// Removes the half-written file on every way out but the good one.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string path) : path_{std::move(path)} { ::unlink(path_.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    void rename_to(const std::string& name) {
        if (::rename(path_.c_str(), name.c_str()) != 0)
            throw std::system_error{errno, std::generic_category()};
        path_.clear();
    }

private:
    std::string path_{};
};

void write_file(const std::string& path, const std::string& bytes) {
    const OpenFile file{path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW};
    file.write(bytes);
    file.sync();
}

/// Trouble with the disk is an answer.
template <class Attempt>
Delivery outcome_of(const Attempt& attempt) {
    try {
        attempt();
        return {.state = DeliveryState::Sent};
    } catch (const UnwritableHeader& bad) {
        return {.state = DeliveryState::Failed, .reason = bad.what()};
    } catch (const std::system_error& trouble) {
        return {.state = DeliveryState::Deferred,
                .reason = "The mail folder cannot be written: " + trouble.code().message() + ".",
                .relay_broken = true};
    }
}
}  // namespace

FolderTransport::FolderTransport(std::filesystem::path folder) : folder_{std::move(folder)} {}

std::string FolderTransport::file_name(const OutgoingMail& mail) {
    std::string name;
    for (const char c : write_iso(mail.date))
        if (c != '-' && c != ':') name += c;
    name += '-';
    for (const char c : mail.message_id.substr(0, 180)) {
        const bool is_safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                             (c >= 'a' && c <= 'z') || c == '-' || c == '.';
        name += is_safe ? c : '_';
    }
    return name + ".eml";
}

Delivery FolderTransport::send(const OutgoingMail& mail, const Leaving& leaving) {
    return outcome_of([&] {
        const std::string message = write_message(mail);
        make_folder(folder_);
        const std::string name = folder_ / file_name(mail);
        // The process number keeps two processes apart that write the same mail at the same time.
        TemporaryFile temporary{name + ".tmp" + std::to_string(::getpid())};
        write_file(temporary.path(), message);
        leaving();
        temporary.rename_to(name);
        OpenFile{folder_, O_RDONLY | O_DIRECTORY}
            .sync();  // Or the name may be lost with the power.
    });
}

void FolderTransport::walk(const OutgoingMail* mail, const TellStep& tell) {
    const auto delivery = mail != nullptr ? send(*mail, [] {}) : outcome_of([this] {
        static std::atomic<int> count{0};
        make_folder(folder_);
        const TemporaryFile trial{
            folder_ / ("trial.tmp" + std::to_string(::getpid()) + "-" + std::to_string(++count))};
        write_file(trial.path(), "Can mails be written here?\n");
    });
    if (delivery.state == DeliveryState::Sent)
        tell({"folder", true,
              mail == nullptr ? "Mails can be written into the folder."
                              : "The mail stands in the folder."});
    else
        tell({"folder", false,
              delivery.reason + " Check the path in the settings, and who may write there."});
}
}  // namespace ppo
