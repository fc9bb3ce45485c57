// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"

Q_LOGGING_CATEGORY(lcNet, "tagboat.net", QtWarningMsg)
Q_LOGGING_CATEGORY(lcAuth, "tagboat.auth", QtWarningMsg)
Q_LOGGING_CATEGORY(lcStore, "tagboat.store", QtWarningMsg)
Q_LOGGING_CATEGORY(lcArchive, "tagboat.archive", QtWarningMsg)
Q_LOGGING_CATEGORY(lcRegistry, "tagboat.registry", QtWarningMsg)
Q_LOGGING_CATEGORY(lcTransfer, "tagboat.transfer", QtWarningMsg)
Q_LOGGING_CATEGORY(lcApp, "tagboat.app", QtWarningMsg)
