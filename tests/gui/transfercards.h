// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "windowfixture.h"

#include "ui/sidebar.h"
#include "ui/transfercard.h"

#include <QTcpServer>

#include <algorithm>
#include <chrono>

//! What tests of the Transfers page have in common.
namespace Tagboat::Testing {

//! Journal, store and registry sync to a disk that others may be busy with.
inline constexpr auto Patience = std::chrono::seconds(60);

//! The cards that can be seen, from top to bottom.
inline QList<TransferCard*> cardsOf(const WindowFixture& app)
{
    QList<TransferCard*> cards =
        app.find<QWidget>(QStringLiteral("transfersPage"))->findChildren<TransferCard*>();
    cards.removeIf([](const TransferCard* card) { return !card->isVisible(); });
    std::ranges::sort(cards, {}, [](const TransferCard* card) { return card->y(); });
    return cards;
}

//! The last letter of each image's repository, from top to bottom.
inline QString orderOf(const WindowFixture& app)
{
    QString order;
    for (const TransferCard* card : cardsOf(app))
        order += card->job().repository.back();
    return order;
}

//! As a word, so that a test that fails says which.
inline QString stateOf(const JobSnapshot& job)
{
    return QString(toString(job.state));
}

inline int count(const WindowFixture& app, JobState state)
{
    return int(std::ranges::count_if(cardsOf(app),
                                     [state](const auto* card) { return card->job().state == state; }));
}

template<typename T>
T* part(const QWidget* parent, const QString& name)
{
    T* found = parent->findChild<T*>(name);
    if (!found)
        qFatal("there is no %s", qPrintable(name));
    return found;
}

inline void click(QWidget* widget)
{
    QTest::mouseClick(widget, Qt::LeftButton);
}

[[nodiscard]] inline bool showTransfers(WindowFixture& app)
{
    if (!app.show())
        return false;
    app.find<Sidebar>(QStringLiteral("sidebar"))->choose(SidebarModel::Place::Transfers);
    return app.find<QWidget>(QStringLiteral("transfersPage"))->isVisible();
}

inline void pull(WindowFixture& app, const QString& name)
{
    PullRequest request;
    request.source = *Reference::parse(name);
    app.workbench().pull(request);
}

//! Pulls that wait for as long as the test runs.
inline void pullInVain(WindowFixture& app, const QTcpServer& silent, const QStringList& repositories)
{
    for (const QString& repository : repositories)
        pull(app, QStringLiteral("localhost:%1/%2:1").arg(silent.serverPort()).arg(repository));
}

} // namespace Tagboat::Testing
