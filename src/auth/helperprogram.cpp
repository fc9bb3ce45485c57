// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/helperprogram.h"

#include "base/wakeup.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! More than any list of logins; what says more says rubbish.
constexpr qint64 LargestAnswer = 1024 * 1024;
//! Its own words, for somebody to read.
constexpr qsizetype LongestWords = 500;
constexpr int KillMs = 1000;
constexpr auto Unknown = "credentials not found in native keychain"_L1;

struct Call
{
    QString suffix;
    QString action;
    QByteArray input;
    std::chrono::milliseconds timeout;
};

Error failure(const Call& call, Error::Code code, const QString& message)
{
    return Error::make(code, u"docker-credential-"_s + call.suffix, message)
        .during(u"ask a credential helper"_s);
}

Result<QString> programOf(const Call& call)
{
    static const QRegularExpression allowed(u"\\A[A-Za-z0-9_.-]+\\z"_s);
    if (!allowed.match(call.suffix).hasMatch())
        return fail(failure(call, Error::Code::InvalidInput, u"this is no name of a credential helper"_s));
    const QString path = QStandardPaths::findExecutable(u"docker-credential-"_s + call.suffix);
    if (path.isEmpty())
        return fail(failure(call, Error::Code::NotFound, u"there is no such program"_s));
    return path;
}

//! What the helper printed when it ended well.
Task<Result<QByteArray>> run(Call call, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    const auto path = programOf(call);
    if (!path)
        co_return std::unexpected(path.error());
    const Wakeup wakeup;
    QByteArray out;
    bool isLate = false;
    bool isOver = false;
    QProcess process;
    process.setStandardErrorFile(QProcess::nullDevice()); // a helper's complaints are on its standard output
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&isLate, wakeup] {
        isLate = true;
        wakeup.raise();
    });
    QObject::connect(&process, &QProcess::readyReadStandardOutput, &process, [&out, &process, wakeup] {
        out += process.readAllStandardOutput();
        if (out.size() > LargestAnswer)
            wakeup.raise();
    });
    const auto end = [&isOver, wakeup] {
        isOver = true;
        wakeup.raise();
    };
    QObject::connect(&process, &QProcess::finished, &process, end);
    QObject::connect(&process, &QProcess::errorOccurred, &process, [end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end();
    });
    process.start(*path, {call.action});
    process.write(call.input);
    process.closeWriteChannel();
    timer.start(call.timeout);
    {
        const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
        while (!isOver && !isLate && !stop.stop_requested() && out.size() <= LargestAnswer)
            co_await wakeup.wait();
    }
    process.disconnect();
    if (!isOver) {
        process.kill(); // whatever it still does is of no use
        process.waitForFinished(KillMs);
    }
    if (stop.stop_requested())
        co_return cancelled();
    if (out.size() > LargestAnswer)
        co_return fail(failure(call, Error::Code::Corrupt, u"it says more than any login needs"_s));
    if (!isOver)
        co_return fail(failure(call, Error::Code::Timeout,
                               u"no answer for %1 seconds"_s.arg(call.timeout.count() / 1000)));
    if (process.error() == QProcess::FailedToStart)
        co_return fail(failure(call, Error::Code::NotFound, u"it cannot be started"_s));
    if (process.exitStatus() != QProcess::NormalExit)
        co_return fail(failure(call, Error::Code::KeychainUnavailable, u"it crashed"_s));
    out += process.readAllStandardOutput();
    if (process.exitCode() != 0) {
        const QString words = QString::fromUtf8(out).simplified().left(LongestWords);
        co_return fail(failure(call, Error::Code::KeychainUnavailable,
                               words.isEmpty() ? u"it failed without a word"_s : words));
    }
    co_return Result<QByteArray>(std::move(out));
}

Result<QJsonObject> objectIn(const Call& call, const QByteArray& answer)
{
    QJsonParseError wrong;
    const QJsonDocument document = QJsonDocument::fromJson(answer, &wrong);
    // The answer itself stays out of the error: it may well hold a secret.
    if (wrong.error != QJsonParseError::NoError || !document.isObject())
        return fail(failure(call, Error::Code::Corrupt, u"its answer is no JSON object"_s));
    return document.object();
}

using Found = Result<std::optional<Credential>>;

Task<Found> askForLogin(Call call, std::stop_token stop)
{
    auto answer = co_await run(call, stop);
    if (!answer) {
        if (answer.error().message == Unknown)
            co_return Found(std::nullopt);
        co_return std::unexpected(std::move(answer.error()));
    }
    const auto login = objectIn(call, *answer);
    if (!login)
        co_return std::unexpected(login.error());
    const QString user = login->value("Username"_L1).toString();
    const QString secret = login->value("Secret"_L1).toString();
    if (user.isEmpty() || secret.isEmpty())
        co_return fail(failure(call, Error::Code::Corrupt, u"its answer has no user name or no secret"_s));
    Found found(std::in_place, credentialOf(user, secret));
    co_return found;
}

using Logins = Result<QMap<QString, QString>>;

Task<Logins> askForList(Call call, std::stop_token stop)
{
    auto answer = co_await run(call, stop);
    if (!answer)
        co_return std::unexpected(std::move(answer.error()));
    const auto object = objectIn(call, *answer);
    if (!object)
        co_return std::unexpected(object.error());
    QMap<QString, QString> users;
    for (auto entry = object->begin(); entry != object->end(); ++entry)
        users.insert(entry.key(), entry.value().toString());
    co_return Logins(std::move(users));
}

} // namespace

Task<Result<std::optional<Credential>>> HelperProgram::get(QString server, std::stop_token stop) const
{
    return askForLogin({m_suffix, u"get"_s, server.toUtf8(), m_timeout}, std::move(stop));
}

Task<Result<QMap<QString, QString>>> HelperProgram::list(std::stop_token stop) const
{
    // Clients have always sent this word.
    return askForList({m_suffix, u"list"_s, "unused"_ba, m_timeout}, std::move(stop));
}

} // namespace Tagboat
