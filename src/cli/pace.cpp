// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/pace.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Tagboat {

QList<OptionSpec> paceOptions()
{
    return {{"limit"_L1, 0, "RATE"_L1, "at most so many bytes a second: 500k, 2M"_L1}};
}

Result<qint64> parseRate(const QString& text)
{
    QString number = text.trimmed();
    if (number.endsWith("/s"_L1, Qt::CaseInsensitive))
        number.chop(2);
    if (number.endsWith(u'B', Qt::CaseInsensitive))
        number.chop(1);
    double factor = 1;
    if (!number.isEmpty()) {
        const qsizetype power = u"kmg"_s.indexOf(number.back().toLower());
        if (power >= 0) {
            factor = std::pow(1000.0, double(power + 1));
            number.chop(1);
        }
    }
    bool isNumber = false;
    const double bytes = number.trimmed().toDouble(&isNumber) * factor;
    if (!isNumber || !(bytes >= 1) || bytes > 1e12)
        return fail(Error::Code::InvalidInput, text, u"not a number of bytes a second, like 500k or 2M"_s);
    return std::llround(bytes);
}

Result<void> applyPace(const ContextPtr& context)
{
    if (!context->arguments.has("limit"_L1))
        return {};
    const auto rate = parseRate(context->arguments.value("limit"_L1));
    if (!rate)
        return std::unexpected(rate.error());
    context->session->queue().setRate(*rate);
    return {};
}

} // namespace Tagboat
