// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/radar.h"

#include "base/logging.h"
#include "base/taskgroup.h"
#include "base/worker.h"
#include "oci/mediatype.h"
#include "workbench/declaredbases.h"
#include "workbench/newsjudge.h"
#include "workbench/session.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! At once at one registry, whose own pages and other clients want to be answered, too.
constexpr int AtOneRegistry = 4;
constexpr int RegistriesAtOnce = 8;
//! A HEAD is a few hundred bytes: whoever takes longer is as good as not there.
constexpr auto LongestAnswer = 20s;
//! So many failures of the line in a row, and the registry is left alone.
constexpr int FailuresInARow = 3;
//! Where a registry that wants to be left alone does not say for how long.
constexpr std::chrono::seconds UsualRest = 10min;
constexpr std::chrono::seconds LongestRest = 24h;
//! Bases without a name for which the history is searched.
constexpr qsizetype MostNameless = 200;

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

KnownPlaces askJournal(const std::shared_ptr<Journal>& journal, const QHash<QString, QList<Digest>>& wanted)
{
    KnownPlaces places;
    if (!journal)
        return places;
    for (auto it = wanted.cbegin(); it != wanted.cend(); ++it) {
        if (auto known = journal->knownAt(it.key(), *it))
            places.insert(it.key(), std::move(*known));
    }
    return places;
}

//! What images without a name were called, as far as the history tells: the names here, in repositories that
//! they are known to have been in.
QHash<Digest, QStringList> formerNames(const std::shared_ptr<Journal>& journal,
                                       const QList<StoredImage>& images, const QList<Digest>& nameless)
{
    QHash<QString, QStringList> namesAt; // by place
    QSet<QString> registries;
    for (const StoredImage& image : images) {
        for (const QString& name : image.names) {
            namesAt[placeOf(name)].append(name);
            registries.insert(name.section(u'/', 0, 0));
        }
    }
    QHash<Digest, QStringList> former;
    for (const Digest& root : nameless.first(std::min(nameless.size(), MostNameless))) {
        QStringList& names = former[root];
        const auto image = std::ranges::find(
            images, root, [](const StoredImage& one) -> const Digest& { return one.target.digest; });
        if (!journal || image == images.end())
            continue;
        QList<Digest> configs;
        for (const StoredPlatform& platform : image->platforms)
            configs.append(platform.configDigest);
        QStringList candidates;
        for (const QString& registry : std::as_const(registries)) {
            const auto known = journal->knownAt(registry, configs);
            if (!known)
                continue;
            for (const QStringList& repositories : *known) {
                for (const QString& repository : repositories)
                    candidates += namesAt.value(registry + u'/' + repository);
            }
        }
        candidates.removeDuplicates();
        for (const QString& name : std::as_const(candidates)) {
            const auto moves = journal->tagHistory(name);
            const bool wasCalled = moves && std::ranges::any_of(*moves, [&root](const TagMove& move) {
                                       return move.previous == root || move.current == root;
                                   });
            if (wasCalled)
                names.append(name);
        }
    }
    return former;
}

using Images = std::shared_ptr<const QList<StoredImage>>;

Task<Result<NewsView>> look(std::shared_ptr<Session> session, Images images, std::stop_token stop)
{
    const auto memory = session->newsMemory();
    const DeclaredBases known = memory->knowledge().declared;
    auto declared = co_await onWorker([store = session->store(), images, known, stop] {
        return readDeclaredBases(*store, *images, known, stop);
    });
    memory->noteDeclared(declared);
    auto wanted = co_await onWorker([images] { return placesToKnow(*images); });
    if (stop.stop_requested())
        co_return cancelled(u"look for bases"_s);
    const KnownPlaces places = askJournal(session->journal(), wanted);
    QHash<Digest, QStringList> former;
    NewsKnowledge knowledge = memory->knowledge();
    NewsView view = co_await onWorker(
        [images, knowledge, places, former] { return judgeNews(*images, knowledge, places, former); });
    if (!view.nameless.isEmpty()) {
        former = formerNames(session->journal(), *images, view.nameless);
        const bool isOfUse =
            std::ranges::any_of(former, [](const QStringList& names) { return !names.isEmpty(); });
        if (isOfUse) {
            view = co_await onWorker([images, knowledge, places, former] {
                return judgeNews(*images, knowledge, places, former);
            });
        }
    }
    if (stop.stop_requested())
        co_return cancelled(u"look for bases"_s);
    memory->noteLayerBases(view.learnt);
    co_return Result<NewsView>(std::move(view));
}

//! A registry in the course of a check.
struct Host
{
    std::optional<Error> silence; //!< why it is asked no more
    int answers = 0;
    int failures = 0; //!< in a row
};

//! What the tasks of one check share.
struct Check
{
    std::shared_ptr<Session> session;
    std::shared_ptr<NewsMemory> memory;
    NewsQuestion question;
    NewsProgressCallback progress;
    QHash<QString, QSet<Digest>> questions;
    QHash<Digest, KnownIndex> stored; //!< indexes that are here
    QHash<QString, Host> hosts;
    QHash<QString, Error> refused; //!< by profile
    NewsProgress done;
    NewsReport report;

    void step()
    {
        ++done.asked;
        if (progress)
            progress(done);
    }

    void failed(const QString& reference, const Error& error)
    {
        memory->noteFailure(reference, error);
        ++report.failed;
    }

    //! What an answer with an error says about all that is still to be asked there.
    void learnFrom(const QString& registry, const QString& profile, const Error& error)
    {
        Host& host = hosts[registry];
        switch (error.code) {
        case Error::Code::RateLimited: {
            const auto rest = std::clamp(error.retryAfter.value_or(UsualRest), 1s, LongestRest);
            const QDateTime until = now().addSecs(rest.count());
            memory->noteResting(registry, until);
            report.resting.insert(registry, until);
            host.silence = error;
            break;
        }
        case Error::Code::Network:
        case Error::Code::Timeout:
        case Error::Code::Tls:
        case Error::Code::PlainHttpServer:
            ++host.failures;
            if (host.answers == 0 || host.failures >= FailuresInARow)
                host.silence = error;
            break;
        case Error::Code::Unauthorized:
        case Error::Code::KeychainUnavailable:
            // A password that is wrong stays so, and trying it once more for each tag may lock the account.
            if (!profile.isEmpty())
                refused.insert(profile, error);
            break;
        default:
            break;
        }
    }
};
using CheckPtr = std::shared_ptr<Check>;

//! HEAD for a tag or digest that takes no longer than LongestAnswer.
Task<Result<Descriptor>> resolveInTime(std::shared_ptr<Repository> repository, QString name,
                                       std::stop_token stop)
{
    const auto source = std::make_shared<std::stop_source>();
    const std::stop_callback forward(stop, [source] { source->request_stop(); });
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [source] { source->request_stop(); });
    timer.start(LongestAnswer);
    auto found = co_await repository->resolve(name, source->get_token());
    if (!found && found.error().code == Error::Code::Cancelled && !stop.stop_requested()) {
        co_return fail(Error::make(Error::Code::Timeout, repository->client()->registry(),
                                   u"no answer within %1 seconds"_s.arg(LongestAnswer.count()))
                           .during(u"look up"_s));
    }
    co_return found;
}

//! True where reading a manifest is counted (Docker Hub's pull limit: each GET of a manifest, no HEAD).
bool countsReads(const QString& registry)
{
    return registry == "docker.io"_L1;
}

Verdict verdictOf(const CheckPtr& check, const QString& reference, const Digest& from)
{
    const NewsKnowledge& known = check->memory->knowledge();
    const RegistryAnswer answer = known.answers.value(reference);
    const Verdict verdict = compareTag(reference, from, answer, known);
    if (verdict != Verdict::AskDigest && verdict != Verdict::ReadIndex)
        return verdict;
    NewsKnowledge more = known;
    more.indexes.insert(check->stored);
    return compareTag(reference, from, answer, more);
}

//! Goes on asking until what the tag points at can be compared with \a from, or nothing more may be asked.
Task<Result<void>> settle(CheckPtr check, std::shared_ptr<Repository> repository, QString reference,
                          Digest from, std::stop_token stop)
{
    if (from.isNull())
        co_return Result<void>();
    const QString place = placeOf(reference);
    if (verdictOf(check, reference, from) == Verdict::AskDigest) {
        auto found = co_await resolveInTime(repository, from.toString(), stop);
        if (found)
            check->memory->noteAnswer(atPlace(place, from), {found->digest, found->mediaType, now()});
        else if (found.error().code == Error::Code::NotFound)
            check->memory->noteAnswer(atPlace(place, from), {Digest(), QString(), now()});
        else
            co_return fail(std::move(found.error()));
    }
    const QString registry = repository->client()->registry();
    const bool mayRead = check->question.mayCostPulls || !countsReads(registry);
    if (mayRead && verdictOf(check, reference, from) == Verdict::ReadIndex) {
        const QString index = check->memory->knowledge().answers.value(reference).digest.toString();
        auto document = co_await repository->fetchManifest(index, stop);
        if (!document)
            co_return fail(std::move(document.error()));
        check->memory->noteIndex(place, *document);
    }
    co_return Result<void>();
}

//! Fails only when it is stopped.
Task<Result<void>> ask(CheckPtr check, Reference reference, std::stop_token stop)
{
    const QString name = reference.canonical();
    const QString registry = reference.registry();
    if (const auto silence = check->hosts[registry].silence) {
        check->failed(name, *silence);
        check->step();
        co_return Result<void>();
    }
    const IdentityQuestion who{.registry = registry, .repository = reference.repository()};
    const auto acting = check->session->profiles().choose(who);
    const QString profile = acting && acting->profile ? acting->profile->id : QString();
    if (const auto refused = check->refused.constFind(profile); refused != check->refused.cend()) {
        check->failed(name, *refused);
        check->step();
        co_return Result<void>();
    }
    const auto client = check->session->client(who);
    if (!client) {
        check->failed(name, client.error());
        check->step();
        co_return Result<void>();
    }
    const auto repository = (*client)->repository(reference.repository());
    ++check->report.asked;
    auto found = co_await resolveInTime(repository, reference.tag(), stop);
    if (stop.stop_requested())
        co_return cancelled(u"check for newer images"_s);

    std::optional<Error> error;
    if (found)
        check->memory->noteAnswer(name, {found->digest, found->mediaType, now()});
    else if (found.error().code == Error::Code::NotFound)
        check->memory->noteAnswer(name, {Digest(), QString(), now()});
    else
        error = std::move(found.error());
    if (!error) {
        Host& host = check->hosts[registry];
        ++host.answers;
        host.failures = 0;
    }
    const QSet<Digest> compared = found ? check->questions.value(name) : QSet<Digest>();
    for (const Digest& from : compared) {
        auto settled = co_await settle(check, repository, name, from, stop);
        if (stop.stop_requested())
            co_return cancelled(u"check for newer images"_s);
        if (!settled)
            error = std::move(settled.error());
    }
    if (error) {
        qCInfo(lcApp).noquote() << "news:" << error->toString();
        check->failed(name, *error);
        check->learnFrom(registry, profile, *error);
    }
    check->step();
    co_return Result<void>();
}

Task<Result<void>> askAll(CheckPtr check, QList<Reference> references, std::stop_token stop)
{
    // One goes first, and may find that the others need not: nobody there, a password that is wrong, a limit
    // that is reached.
    const Reference one = references.takeFirst();
    auto first = co_await ask(check, one, stop);
    if (!first)
        co_return first;
    TaskGroup group(stop, AtOneRegistry);
    for (const Reference& reference : std::as_const(references)) {
        group.spawn(
            [check, reference](std::stop_token inner) { return ask(check, reference, std::move(inner)); });
    }
    auto done = co_await group.join();
    co_return done;
}

//! What the question is about, by registry.
QMap<QString, QList<Reference>> sorted(const NewsView& view, const NewsQuestion& question)
{
    QSet<QString> wanted;
    for (const Digest& image : question.images)
        wanted.unite(view.ofImage.value(image));
    if (question.images.isEmpty()) {
        const QStringList all = view.questions.keys();
        wanted = QSet<QString>(all.begin(), all.end());
    }
    QMap<QString, QList<Reference>> byRegistry;
    for (const QString& name : std::as_const(wanted)) {
        const auto reference = Reference::parse(name);
        if (reference && !reference->tag().isEmpty())
            byRegistry[reference->registry()].append(*reference);
    }
    for (QList<Reference>& references : byRegistry)
        std::ranges::sort(references, {}, &Reference::canonical);
    return byRegistry;
}

QHash<Digest, KnownIndex> indexesOf(const QList<StoredImage>& images)
{
    QHash<Digest, KnownIndex> indexes;
    for (const StoredImage& image : images) {
        if (!MediaType::isIndex(image.target.mediaType))
            continue;
        KnownIndex& index = indexes[image.target.digest];
        for (const StoredPlatform& platform : image.platforms)
            index.manifests.append(platform.manifest.digest);
    }
    return indexes;
}

Task<Result<ImageNewsMap>> newsOfImages(std::shared_ptr<Session> session, Images images, std::stop_token stop)
{
    auto view = co_await look(std::move(session), std::move(images), std::move(stop));
    if (!view)
        co_return fail(std::move(view.error()));
    co_return Result<ImageNewsMap>(std::move(view->news));
}

Task<Result<NewsReport>> askRegistries(std::shared_ptr<Session> session, Images images, NewsQuestion question,
                                       NewsProgressCallback progress, std::stop_token stop)
{
    auto view = co_await look(session, images, stop);
    if (!view)
        co_return fail(std::move(view.error()));
    const auto check = std::make_shared<Check>();
    check->session = session;
    check->memory = session->newsMemory();
    check->question = question;
    check->progress = std::move(progress);
    check->questions = view->questions;
    check->stored = indexesOf(*images);
    const QHash<QString, QDateTime> resting = check->memory->knowledge().resting;
    const auto byRegistry = sorted(*view, question);
    TaskGroup group(stop, RegistriesAtOnce);
    for (auto it = byRegistry.cbegin(); it != byRegistry.cend(); ++it) {
        check->done.total += static_cast<int>(it->size());
        const QDateTime until = resting.value(it.key());
        if (const qint64 left = until.isValid() ? now().secsTo(until) : 0; left > 0) {
            Error rest = Error::make(Error::Code::RateLimited, it.key(),
                                     u"the registry asked to be left alone until %1"_s.arg(
                                         until.toString(Qt::ISODate)))
                             .during(u"look up"_s);
            rest.retryAfter = std::chrono::seconds(left);
            check->hosts[it.key()].silence = rest;
            check->report.resting.insert(it.key(), until);
        }
    }
    if (check->progress)
        check->progress(check->done);
    for (const QList<Reference>& references : byRegistry) {
        group.spawn([check, references](std::stop_token inner) {
            return askAll(check, references, std::move(inner));
        });
    }
    auto done = co_await group.join();
    if (!done)
        co_return fail(std::move(done.error()));
    if (question.images.isEmpty())
        check->memory->noteCheckedAll(now());
    co_return Result<NewsReport>(check->report);
}

} // namespace

Task<Result<ImageNewsMap>> newsOf(std::shared_ptr<Session> session, QList<StoredImage> images,
                                  std::stop_token stop)
{
    return newsOfImages(std::move(session), std::make_shared<const QList<StoredImage>>(std::move(images)),
                        std::move(stop));
}

Task<Result<NewsReport>> checkForNews(std::shared_ptr<Session> session, QList<StoredImage> images,
                                      NewsQuestion question, NewsProgressCallback progress,
                                      std::stop_token stop)
{
    return askRegistries(std::move(session), std::make_shared<const QList<StoredImage>>(std::move(images)),
                         std::move(question), std::move(progress), std::move(stop));
}

} // namespace Tagboat
