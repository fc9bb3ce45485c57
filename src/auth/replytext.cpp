// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/replytext.h"

#include "base/redact.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qsizetype MaxMessage = 500;
constexpr qint64 MaxWait = 3600;
constexpr qint64 FirstTimeStamp = 1'000'000'000; // no delay is 30 years long

QString oneSafeLine(const QString& text)
{
    QString line = redactedBody(text.toUtf8()).simplified();
    if (line.size() > MaxMessage)
        line = line.left(MaxMessage) + u'…';
    return line;
}

QString firstText(const QJsonObject& object, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        const QString text = object.value(name).toString();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

//! `detail` is any JSON; only its readable forms add something for a person.
QString detailText(const QJsonValue& detail)
{
    if (detail.isString())
        return detail.toString();
    if (detail.isObject())
        return firstText(detail.toObject(), {"message"_L1, "Message"_L1, "detail"_L1, "reason"_L1});
    return {};
}

void readErrors(const QJsonArray& errors, ReplyText& text)
{
    for (const QJsonValue& entry : errors) {
        if (entry.isString() && text.message.isEmpty())
            text.message = oneSafeLine(entry.toString());
        const QJsonObject error = entry.toObject();
        const QString code = error.value("code"_L1).toString().trimmed().toUpper().replace(u' ', u'_');
        if (!code.isEmpty())
            text.codes.append(code);
        QString message = error.value("message"_L1).toString();
        const QString detail = detailText(error.value("detail"_L1));
        if (message.isEmpty())
            message = detail;
        else if (!detail.isEmpty() && !message.contains(detail))
            message += u": "_s + detail;
        if (text.message.isEmpty() && !message.isEmpty())
            text.message = oneSafeLine(message);
    }
}

std::optional<qint64> secondsOf(const QByteArray& value, const QDateTime& now)
{
    bool isNumber = false;
    const qint64 number = value.trimmed().toLongLong(&isNumber);
    if (isNumber)
        return number >= FirstTimeStamp ? number - now.toSecsSinceEpoch() : number;
    // RFC 9110 §5.6.7: always in GMT, always in English.
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(value.trimmed()), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::UTC);
    return now.secsTo(date);
}

} // namespace

ReplyText replyText(const QByteArray& body)
{
    ReplyText text;
    const QByteArray trimmed = body.left(MaxKeptResponse * 4).trimmed();
    const QJsonDocument document = QJsonDocument::fromJson(trimmed);
    if (document.isObject()) {
        const QJsonObject object = document.object();
        const QJsonValue errors = object.value("errors"_L1);
        if (errors.isArray())
            readErrors(errors.toArray(), text);
        else if (errors.isObject())
            readErrors(QJsonArray{errors}, text);
        if (text.message.isEmpty()) {
            text.message = oneSafeLine(firstText(
                object, {"details"_L1, "message"_L1, "error_description"_L1, "detail"_L1, "error"_L1}));
        }
    } else if (!trimmed.isEmpty() && !trimmed.startsWith('<') && !trimmed.startsWith('{')) {
        text.message = oneSafeLine(QString::fromUtf8(trimmed));
    }
    return text;
}

std::optional<std::chrono::seconds> retryAfter(const HttpHeaders& headers, const QDateTime& now)
{
    for (const QByteArrayView name : {QByteArrayView("Retry-After"), QByteArrayView("X-Retry-After")}) {
        const QByteArray value = headers.value(name);
        if (value.isEmpty())
            continue;
        if (const auto seconds = secondsOf(value, now))
            return std::chrono::seconds(std::clamp<qint64>(*seconds, 0, MaxWait));
    }
    return std::nullopt;
}

} // namespace Tagboat
