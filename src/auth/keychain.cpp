// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain.h"

#include "auth/keychainjob.h"
#include "base/logging.h"

#include <QHash>
#include <QTimer>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Question = KeychainQuestion;
using Answer = KeychainAnswer;

Question toRead(const QString& key)
{
    return {Question::Kind::Read, key, {}};
}

Question toWrite(const QString& key, const QString& secret)
{
    return {Question::Kind::Write, key, secret};
}

Question toRemove(const QString& key)
{
    return {Question::Kind::Remove, key, {}};
}

Error unavailable(const QString& operation, const QString& why)
{
    return Error::make(Error::Code::KeychainUnavailable, {}, why).during(operation);
}

} // namespace

struct Keychain::Private
{
    std::chrono::milliseconds timeout{60'000}; // somebody may have to type the keychain's own password
    State state = State::Unknown;
    QHash<QString, QString> forThisRun;
    std::shared_ptr<KeychainReply> late; //!< of the question that was given up last
    AsyncSemaphore changes{1};           //!< one at a time, so that replace() is one step
    QHash<QString, AsyncSemaphore> turns;

    static Task<Result<Answer>> ask(std::shared_ptr<Private> d, Question question, QString operation,
                                    std::stop_token stop);
    static Task<State> probe(std::shared_ptr<Private> d, bool again, std::stop_token stop);
    static Task<State> askState(std::shared_ptr<Private> d, std::stop_token stop);
    static Task<Result<std::optional<QString>>> read(std::shared_ptr<Private> d, QString id,
                                                     std::stop_token stop);
    static Task<Result<void>> write(std::shared_ptr<Private> d, QString id, QString secret,
                                    std::stop_token stop);
    static Task<Result<void>> remove(std::shared_ptr<Private> d, QString id, std::stop_token stop);
    static Task<Result<bool>> replace(std::shared_ptr<Private> d, QString id, QString expected, QString next,
                                      std::stop_token stop);
};

//! Asks and waits no longer than the timeout. A question cannot be taken back: its answer, when it comes, is
//! not heard.
Task<Result<Answer>> Keychain::Private::ask(std::shared_ptr<Private> d, Question question, QString operation,
                                            std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled(operation);
    // Questions queue up behind each other, so another one would only wait for the same dead end.
    if (d->late && !d->late->answer())
        co_return fail(unavailable(operation, u"the keychain has not answered an earlier question yet"_s));

    const std::shared_ptr<KeychainReply> reply = askKeychain(std::move(question));
    const Wakeup wakeup = reply->wakeup();
    bool isLate = false;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&isLate, wakeup] {
        isLate = true;
        wakeup.raise();
    });
    timer.start(d->timeout);
    const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
    while (!reply->answer() && !isLate && !stop.stop_requested())
        co_await wakeup.wait();

    if (auto answer = reply->answer())
        co_return std::move(*answer);
    if (!isLate)
        co_return cancelled(operation);
    d->late = reply;
    qCWarning(lcAuth).noquote() << "the keychain does not answer:" << operation;
    co_return fail(unavailable(operation, u"the keychain does not answer"_s));
}

Task<Keychain::State> Keychain::Private::askState(std::shared_ptr<Private> d, std::stop_token stop)
{
    const QString key = u"probe-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString operation = u"probe keychain"_s;
    auto written = co_await ask(d, toWrite(key, key), operation, stop);
    if (!written)
        co_return written.error().code == Error::Code::Cancelled ? State::Unknown : State::Unavailable;
    if (written->kind == Answer::Kind::Refused)
        co_return State::Locked;
    if (written->kind != Answer::Kind::Done) {
        qCInfo(lcAuth).noquote() << "no keychain:" << written->words;
        co_return State::Unavailable;
    }
    auto found = co_await ask(d, toRead(key), operation, stop);
    // Even where reading failed or was stopped, nothing of the probe stays behind if that can be helped.
    auto removed = co_await ask(d, toRemove(key), operation, {});
    const bool works = found && found->kind == Answer::Kind::Done && found->secret == key && removed
        && removed->kind == Answer::Kind::Done;
    if (!works && stop.stop_requested())
        co_return State::Unknown;
    co_return works ? State::Available : State::Unavailable;
}

Task<Keychain::State> Keychain::Private::probe(std::shared_ptr<Private> d, bool again, std::stop_token stop)
{
    if (d->state == State::Unknown || again) {
        const State found = co_await askState(d, stop);
        d->state = found;
    }
    co_return State(d->state);
}

Task<Result<std::optional<QString>>> Keychain::Private::read(std::shared_ptr<Private> d, QString id,
                                                             std::stop_token stop)
{
    const QString operation = u"read password"_s;
    if (const auto kept = d->forThisRun.constFind(id); kept != d->forThisRun.constEnd())
        co_return std::optional<QString>(*kept);
    auto answer = co_await ask(d, toRead(id), operation, stop);
    if (!answer)
        co_return fail(std::move(answer.error()));
    if (answer->kind == Answer::Kind::Done)
        co_return std::optional<QString>(answer->secret);
    if (answer->kind != Answer::Kind::NotFound)
        co_return fail(unavailable(operation, answer->words));

    // A locked keyring gives the same answer as an empty one; only writing tells them apart.
    const State state = co_await probe(d, true, stop);
    if (stop.stop_requested())
        co_return cancelled(operation);
    switch (state) {
    case State::Available:
        co_return std::optional<QString>();
    case State::Locked:
        co_return fail(unavailable(operation, u"the keychain is locked"_s));
    default:
        co_return fail(unavailable(operation, u"the keychain cannot be used"_s));
    }
}

Task<Result<void>> Keychain::Private::write(std::shared_ptr<Private> d, QString id, QString secret,
                                            std::stop_token stop)
{
    const QString operation = u"store password"_s;
    auto turn = co_await d->changes.acquire(stop);
    if (!turn)
        co_return fail(std::move(turn.error()).during(operation));
    auto answer = co_await ask(d, toWrite(id, secret), operation, stop);
    if (!answer)
        co_return fail(std::move(answer.error()));
    if (answer->kind != Answer::Kind::Done)
        co_return fail(unavailable(operation, answer->words));
    d->forThisRun.remove(id);
    co_return Result<void>();
}

Task<Result<void>> Keychain::Private::remove(std::shared_ptr<Private> d, QString id, std::stop_token stop)
{
    const QString operation = u"remove password"_s;
    auto turn = co_await d->changes.acquire(stop);
    if (!turn)
        co_return fail(std::move(turn.error()).during(operation));
    const bool wasForThisRun = d->forThisRun.remove(id);
    auto answer = co_await ask(d, toRemove(id), operation, stop);
    if (!answer) {
        // Kept here only because there was no keychain: then there is nothing in it to remove.
        if (wasForThisRun && answer.error().code == Error::Code::KeychainUnavailable)
            co_return Result<void>();
        co_return fail(std::move(answer.error()));
    }
    if (answer->kind == Answer::Kind::Done || answer->kind == Answer::Kind::NotFound || wasForThisRun)
        co_return Result<void>();
    co_return fail(unavailable(operation, answer->words));
}

Task<Result<bool>> Keychain::Private::replace(std::shared_ptr<Private> d, QString id, QString expected,
                                              QString next, std::stop_token stop)
{
    const QString operation = u"store password"_s;
    auto turn = co_await d->changes.acquire(stop);
    if (!turn)
        co_return fail(std::move(turn.error()).during(operation));
    auto stored = co_await read(d, id, stop);
    if (!stored)
        co_return fail(std::move(stored.error()));
    if (*stored != expected)
        co_return false;
    if (const auto kept = d->forThisRun.find(id); kept != d->forThisRun.end()) {
        *kept = next;
        co_return true;
    }
    auto answer = co_await ask(d, toWrite(id, next), operation, stop);
    if (!answer)
        co_return fail(std::move(answer.error()));
    if (answer->kind != Answer::Kind::Done)
        co_return fail(unavailable(operation, answer->words));
    co_return true;
}

Keychain::Keychain() : d(std::make_shared<Private>()) { }

Keychain::~Keychain() = default;

Task<Keychain::State> Keychain::probe(bool again, std::stop_token stop)
{
    return Private::probe(d, again, std::move(stop));
}

Task<Result<std::optional<QString>>> Keychain::read(QString profileId, std::stop_token stop)
{
    return Private::read(d, std::move(profileId), std::move(stop));
}

Task<Result<void>> Keychain::write(QString profileId, QString secret, std::stop_token stop)
{
    return Private::write(d, std::move(profileId), std::move(secret), std::move(stop));
}

Task<Result<void>> Keychain::remove(QString profileId, std::stop_token stop)
{
    return Private::remove(d, std::move(profileId), std::move(stop));
}

Task<Result<bool>> Keychain::replace(QString profileId, QString expected, QString next, std::stop_token stop)
{
    return Private::replace(d, std::move(profileId), std::move(expected), std::move(next), std::move(stop));
}

AsyncSemaphore Keychain::turnOf(const QString& profileId) const
{
    auto turn = d->turns.find(profileId);
    if (turn == d->turns.end())
        turn = d->turns.insert(profileId, AsyncSemaphore(1));
    return *turn;
}

void Keychain::keepForThisRun(const QString& profileId, const QString& secret)
{
    d->forThisRun.insert(profileId, secret);
}

bool Keychain::isForThisRunOnly(const QString& profileId) const
{
    return d->forThisRun.contains(profileId);
}

void Keychain::setTimeout(std::chrono::milliseconds timeout)
{
    d->timeout = timeout;
}

} // namespace Tagboat
