// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cliprocess.h"

#include <QTest>

//! Fails with all output unless the run ended with \a expected.
#define COMPARE_EXIT(run, expected)                                                                          \
    do {                                                                                                     \
        const auto& ran = (run);                                                                             \
        QVERIFY2(ran.exitCode == (expected), ran.all().constData());                                         \
    } while (false)

//! Fails unless a `--json` run ended with an error object of that code, and a sentence.
#define COMPARE_CODE(run, expected)                                                                          \
    do {                                                                                                     \
        const auto& ran = (run);                                                                             \
        QVERIFY2(ran.exitCode == 1, ran.all().constData());                                                  \
        QVERIFY2(ran.last().value(QLatin1StringView("type")) == QLatin1StringView("error"),                  \
                 ran.all().constData());                                                                     \
        QVERIFY2(ran.code() == QLatin1StringView(expected), ran.all().constData());                          \
        QVERIFY2(ran.last().value(QLatin1StringView("sentence")).toString().size() > 10,                     \
                 ran.all().constData());                                                                     \
    } while (false)
