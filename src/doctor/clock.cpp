// SPDX-License-Identifier: Apache-2.0
#include "doctor/clock.hpp"

#include <fmt/format.h>
#include <sys/timex.h>

namespace palabre::doctor {

kept_in_step ask_kernel() {
    timex told{};  // no modes: only asks, which everybody may
    const int state = ::adjtimex(&told);
    if (state < 0) return kept_in_step::unknown;
    return state == TIME_ERROR || (told.status & STA_UNSYNC) != 0 ? kept_in_step::no
                                                                  : kept_in_step::yes;
}

std::vector<finding> look_at_clock(timestamp now, kept_in_step kept) {
    const auto shown = to_rfc3339(now);
    if (now < clock_earliest || now > clock_latest) {
        return {
            {severity::wrong,
             "clock",
             fmt::format("It shows {}, which cannot be.", shown),
             "Set it, and let NTP keep it: `timedatectl set-ntp true`. Comments that come until "
             "then stand in the wrong place."}
        };
    }
    if (kept == kept_in_step::no) {
        return {
            {severity::remark,
             "clock",
             fmt::format("It shows {}, and nothing keeps it right.", shown),
             "Let NTP keep it: `timedatectl set-ntp true`. In a container that is the host's "
             "business."}
        };
    }
    return {{severity::fine, "clock", fmt::format("It shows {}.", shown), ""}};
}

}  // namespace palabre::doctor
