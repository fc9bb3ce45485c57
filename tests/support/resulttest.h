// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QTest>

//! Fails with the error's own words where \a result holds one.
#define VERIFY_RESULT(result)                                                                                \
    do {                                                                                                     \
        const auto& verifiedResult = (result);                                                               \
        QVERIFY2(verifiedResult.has_value(),                                                                 \
                 verifiedResult.has_value() ? "" : qPrintable(verifiedResult.error().toString()));           \
    } while (false)

//! Fails unless \a result holds an error of that code; says what it holds instead.
#define COMPARE_ERROR(result, expectedCode)                                                                  \
    do {                                                                                                     \
        const auto& comparedResult = (result);                                                               \
        QVERIFY2(!comparedResult.has_value(), "an error was expected, but it succeeded");                    \
        QVERIFY2(comparedResult.error().code == (expectedCode),                                              \
                 qPrintable(comparedResult.error().toString()));                                             \
    } while (false)
