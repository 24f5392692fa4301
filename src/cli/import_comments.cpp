// SPDX-License-Identifier: Apache-2.0
#include "cli/import_comments.hpp"

#include "cli/progress.hpp"
#include "cli/report_json.hpp"
#include "home/machine/open_store.hpp"
#include "home/machine/options_of.hpp"
#include "imports/disqus.hpp"
#include "imports/wordpress.hpp"
#include "service/import_comments.hpp"
#include "system/system_clock.hpp"

#include <fmt/format.h>

#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace palabre::cli {
namespace {

std::unique_ptr<comment_source> open_source(const import_request& asked) {
    if (asked.engine == "disqus") return std::make_unique<imports::disqus_source>(asked.file);
    return std::make_unique<imports::wordpress_source>(asked.file);
}

import_report bring_in(
    comment_source& from, const import_request& asked, const chosen_settings& chosen
) {
    const system_clock wall;
    const auto store = machine::open_store(chosen.settings, wall, nullptr);
    progress_display display(progress_style_of(asked.progress));
    palabre::import_comments work(*store, machine::limits_of(chosen.settings));
    return work.run(from, [&](const import_progress& now) {
        const bool checks = now.at == import_progress::stage::checking;
        display.show({checks ? "Checking" : "Storing", now.bytes, now.bytes_total});
    });
}

void write_json(const import_report& report, const std::string& file) {
    std::ofstream out(file, std::ios::binary);
    out << to_json(report) << '\n';
    out.close();
    if (!out) throw std::runtime_error(fmt::format("the report cannot be written to {}", file));
}

}  // namespace

exit_code import_comments(const import_request& asked, const chosen_settings& chosen) {
    try {
        const auto source = open_source(asked);
        // Before the database is made for nothing.
        (void)source->size_bytes();
        const auto report = bring_in(*source, asked, chosen);
        fmt::print("{}", to_text(report));
        if (!asked.json_file.empty()) write_json(report, asked.json_file);
        return exit_code::fine;
    } catch (const source_error& error) {
        // It says itself what to do: what helps a truncated file does not help a forbidden one.
        throw std::runtime_error(fmt::format(
            "{} cannot be read as an export of {}: {}.", asked.file, asked.engine, error.what()
        ));
    } catch (const std::system_error& error) {
        throw std::runtime_error(
            fmt::format("{} cannot be read: {}.", asked.file, error.code().message())
        );
    } catch (const store_error& error) {
        throw std::runtime_error(fmt::format(
            "the database failed: {}. Run the import again when that is mended: it goes on where "
            "it "
            "stopped.",
            error.what()
        ));
    }
}

}  // namespace palabre::cli
