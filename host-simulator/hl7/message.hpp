// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hl7/problem.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo_sim {
/// One repetition of a field: components, each of subcomponents, decoded to UTF-8.
class Hl7Value {
public:
    explicit Hl7Value(std::vector<std::vector<std::string>> components)
        : components_{std::move(components)} {}

    /// A subcomponent by its numbers, which begin with 1; empty if there is none. `""`, which
    /// deletes, stays as it is.
    [[nodiscard]] std::string text(std::size_t component, std::size_t subcomponent = 1) const;
    [[nodiscard]] bool empty() const;

private:
    std::vector<std::vector<std::string>> components_;
};

/// What two quotation marks alone say: delete what is on file.
inline constexpr std::string_view hl7_delete = "\"\"";

struct Hl7Segment {
    std::string name{};
    std::vector<std::string> fields{};  // As they came; [0] is the name, MSH's [1] the separator.
};

/// One message of HL7 v2, cut into segments and fields. Says nothing about what it means.
class Hl7Message {
public:
    /// A message that begins with its MSH segment. Segments end in CR; LF and CRLF are taken too.
    /// With a problem as much as could be read is there, so that it can be answered.
    explicit Hl7Message(const std::string& text);

    [[nodiscard]] const std::optional<Hl7Problem>& problem() const { return problem_; }
    [[nodiscard]] const std::vector<Hl7Segment>& segments() const { return segments_; }
    /// The first segment of this name, or nullptr.
    [[nodiscard]] const Hl7Segment* first(std::string_view name) const;

    /// The repetitions of a field, which is empty if it is not there.
    [[nodiscard]] std::vector<Hl7Value> values(const Hl7Segment* segment, std::size_t field) const;
    /// The first repetition's component.
    [[nodiscard]] std::string text(const Hl7Segment* segment, std::size_t field,
                                   std::size_t component = 1) const;
    /// The same of the MSH segment.
    [[nodiscard]] std::string header(std::size_t field, std::size_t component = 1) const;
    /// True if a field says nothing but `""`.
    [[nodiscard]] bool deletes(const Hl7Segment* segment, std::size_t field) const;

private:
    enum class Charset { Utf8, Latin1 };

    void read_separators(const std::string& text);
    void read_segments(const std::string& text);
    void read_charset(const std::string& text);
    [[nodiscard]] std::string decoded(std::string_view text) const;
    [[nodiscard]] std::string unescaped(std::string_view text) const;

    char field_ = '|';
    char component_ = '^';
    char repetition_ = '~';
    char escape_ = '\\';
    char subcomponent_ = '&';
    Charset charset_ = Charset::Utf8;
    std::vector<Hl7Segment> segments_{};
    std::optional<Hl7Problem> problem_{};
};

/// A text for a field of a message with the usual separators `|^~\&`.
[[nodiscard]] std::string hl7_escaped(const std::string& text);
}  // namespace ppo_sim
