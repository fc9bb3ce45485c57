// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cliprocess.h"

#include <QTest>

//! Fails with all output unless the run ended with \a expected.
#define COMPARE_EXIT(run, expected) QVERIFY2((run).exitCode == (expected), (run).all().constData())

//! Fails unless a `--json` run ended with an error object of that code, and a sentence.
#define COMPARE_CODE(run, expected)                                                                          \
    do {                                                                                                     \
        QVERIFY2((run).exitCode == 1, (run).all().constData());                                              \
        QVERIFY2((run).last().value(QLatin1StringView("type")) == QLatin1StringView("error"),                \
                 (run).all().constData());                                                                   \
        QVERIFY2((run).code() == QLatin1StringView(expected), (run).all().constData());                      \
        QVERIFY2((run).last().value(QLatin1StringView("sentence")).toString().size() > 10,                   \
                 (run).all().constData());                                                                   \
    } while (false)
