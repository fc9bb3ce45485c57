// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One of two processes that live on a store: it pulls, imports, names, removes and sweeps at random, and says
// what it did and which of it failed that must not fail.
//
//   lifeagent STORE REGISTRY ARCHIVES SEED STEPS
//
// ARCHIVES is a folder of image archives; what the registry has is in ARCHIVES/pulls, a line "REPOSITORY
// TAG".

#include "archive/archive.h"
#include "registry/registryclient.h"
#include "store/cleanup.h"
#include "support/storeplaces.h"
#include "transfer/copy.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTextStream>

#include <random>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

Task<Result<std::optional<Credential>>> nobody()
{
    co_return std::optional<Credential>();
}

class Life
{
public:
    Life(const QStringList& arguments)
        : m_store(openStore(arguments.at(0))), m_host(arguments.at(1)), m_archives(arguments.at(2)),
          m_random(arguments.at(3).toULongLong()), m_http(std::make_shared<HttpClient>()),
          m_client(std::make_shared<RegistryClient>(
              m_http, m_host, [](const std::stop_token&) { return nobody(); }, RegistryClient::Options()))
    {
        QFile list(m_archives.filePath(u"pulls"_s));
        if (!list.open(QIODevice::ReadOnly))
            qFatal("no list of what can be pulled");
        m_pulls = QString::fromUtf8(list.readAll()).trimmed().split(u'\n');
        m_files = m_archives.entryList({u"*.tar"_s}, QDir::Files, QDir::Name);
    }

    //! What went wrong, or nothing.
    std::optional<Error> live(int steps)
    {
        // The last of them fill the store once more, so that there is something to judge.
        const int calm = steps / 25;
        for (int step = 0; step < steps; ++step) {
            auto wrong = step < steps - calm ? act() : certain(u"pull"_s, pull());
            if (wrong)
                return wrong;
        }
        return std::nullopt;
    }

    QMap<QString, int> done; //!< what, and how often

private:
    int below(qsizetype bound) { return int(m_random() % quint64(bound)); }

    //! Few names in few repositories, so that the two processes meet.
    QString name() { return u"registry.example:5000/life/of%1:%2"_s.arg(below(3)).arg(below(4)); }

    std::optional<Error> act()
    {
        switch (below(12)) {
        case 0:
        case 1:
        case 2:
            return certain(u"pull"_s, pull());
        case 3:
            return certain(u"import"_s, import());
        case 4:
        case 5:
            return likely(u"tag"_s, tag());
        case 6:
        case 7:
            return likely(u"untag"_s, m_store->removeNames({name()}));
        case 8:
        case 9:
            return likely(u"delete"_s, remove());
        case 10:
            return certain(u"gc"_s, m_store->collectGarbage(false, below(2) == 0, 0s));
        default:
            return certain(u"clean-up"_s, cleanUp());
        }
    }

    //! Whatever the other process does, this has to succeed.
    template<typename T>
    std::optional<Error> certain(const QString& what, const Result<T>& result)
    {
        ++done[what];
        return result ? std::nullopt : std::optional(Error(result.error()).during(what));
    }

    //! What it is about may be gone meanwhile, and nothing else may be wrong.
    template<typename T>
    std::optional<Error> likely(const QString& what, const Result<T>& result)
    {
        if (!result && result.error().code == Error::Code::NotFound) {
            ++done[what + u" of nothing"_s];
            return std::nullopt;
        }
        return certain(what, result);
    }

    Result<CopyReport> pull()
    {
        const QStringList words = m_pulls.at(below(m_pulls.size())).split(u' ');
        CopySource source;
        source.reader = m_client->repository(words.at(0));
        source.name = words.at(1);
        source.label = m_host;
        source.registry = m_host;
        source.repository = words.at(0);
        return QCoro::waitFor(planAndCopy(std::move(source), destinationOf(m_store, {name()}), quickOptions(),
                                          std::make_shared<NotingObserver>(), {}));
    }

    Result<QList<ArchivedImage>> import()
    {
        const QString file = m_archives.filePath(m_files.at(below(m_files.size())));
        return QCoro::waitFor(importArchive(file, m_store->writer(), {.names = {name()}}, {}, {}));
    }

    Result<QMap<QString, Descriptor>> tag()
    {
        const auto target = m_store->resolve(name());
        if (!target)
            return std::unexpected(target.error());
        return m_store->setNames(*target, {name()});
    }

    Result<GarbageReport> remove()
    {
        const auto target = m_store->resolve(name());
        if (!target)
            return std::unexpected(target.error());
        return m_store->removeImages({target->digest});
    }

    Result<CleanUpReport> cleanUp()
    {
        CleanUpRules rules;
        rules.untagged = true;
        rules.keepLast = 3;
        rules.reference = u"registry.example:5000/life/of1:*"_s;
        rules.grace = 0s;
        const auto plan = m_store->planCleanUp(rules);
        if (!plan)
            return std::unexpected(plan.error());
        std::vector<bool> chosen = plan->all();
        for (size_t i = 0; i < chosen.size(); ++i)
            chosen[i] = below(4) != 0;
        return m_store->cleanUp(*plan, chosen);
    }

    const std::shared_ptr<ImageStore> m_store;
    const QString m_host;
    const QDir m_archives;
    std::mt19937_64 m_random;
    const std::shared_ptr<HttpClient> m_http; // outlives the client
    const std::shared_ptr<RegistryClient> m_client;
    QStringList m_pulls;
    QStringList m_files;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments().sliced(1);
    if (arguments.size() != 5)
        return 2;
    Life life(arguments);
    const auto wrong = life.live(arguments.at(4).toInt());
    QTextStream out(stdout);
    for (auto what = life.done.cbegin(); what != life.done.cend(); ++what)
        out << what.key() << u": "_s << what.value() << u'\n';
    if (wrong)
        out << u"error "_s << wrong->toString() << u'\n';
    else
        out << u"ok\n"_s;
    return wrong ? 1 : 0;
}
