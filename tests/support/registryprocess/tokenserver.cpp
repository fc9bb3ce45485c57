// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/registryprocess/tokenserver.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 LongAgo = 3600;
constexpr qint64 Leeway = 60; // the registry allows for clocks a minute apart

ScriptedAnswer answerOf(const QJsonObject& object)
{
    return ScriptedAnswer::json(200, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

ScriptedAnswer refusal(int status, const QByteArray& code, const QByteArray& message)
{
    return ScriptedAnswer::json(status,
                                "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
}

QUrlQuery queryOf(const ScriptedRequest& request)
{
    if (request.method == "POST")
        return QUrlQuery(QString::fromUtf8(request.body));
    return QUrlQuery(QUrl::fromEncoded(request.target));
}

} // namespace

TokenServer::TokenServer()
{
    m_server.on("GET", "/token", [this](const ScriptedRequest& request) { return onGet(request); });
    m_server.on("POST", "/token", [this](const ScriptedRequest& request) { return onPost(request); });
}

void TokenServer::allow(const QString& user, const QString& resource, const QStringList& actions)
{
    m_rights.append(Right{user, resource, actions});
}

QList<QUrlQuery> TokenServer::requests() const
{
    QList<QUrlQuery> queries;
    for (const ScriptedRequest& request : m_server.requests())
        queries.append(queryOf(request));
    return queries;
}

ScriptedAnswer TokenServer::onGet(const ScriptedRequest& request)
{
    QString user;
    const QByteArray authorization = request.headers.value("Authorization");
    if (!authorization.isEmpty()) {
        const QString pair = QString::fromUtf8(QByteArray::fromBase64(authorization.mid(6)));
        const qsizetype colon = pair.indexOf(u':');
        user = pair.left(colon);
        const bool isRight = authorization.startsWith("Basic ") && colon > 0 && m_passwords.contains(user)
            && m_passwords.value(user) == pair.mid(colon + 1);
        if (!isRight)
            return refusal(401, "UNAUTHORIZED", "incorrect username or password");
    }
    const QStringList scopes = queryOf(request).allQueryItemValues(u"scope"_s, QUrl::FullyDecoded);
    return answerOf({{"token"_L1, QString::fromLatin1(tokenFor(user, scopes))},
                     {"expires_in"_L1, m_lifetime},
                     {"issued_at"_L1, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}});
}

ScriptedAnswer TokenServer::onPost(const ScriptedRequest& request)
{
    const QUrlQuery form = queryOf(request);
    const QString token = form.queryItemValue(u"refresh_token"_s, QUrl::FullyDecoded);
    if (form.queryItemValue(u"grant_type"_s) != "refresh_token"_L1 || !m_identityTokens.contains(token))
        return refusal(401, "UNAUTHORIZED", "unknown refresh token");
    const QStringList scopes =
        form.queryItemValue(u"scope"_s, QUrl::FullyDecoded).split(u' ', Qt::SkipEmptyParts);
    const QString user = m_identityTokens.value(token);
    QJsonObject answer{{"access_token"_L1, QString::fromLatin1(tokenFor(user, scopes))},
                       {"expires_in"_L1, m_lifetime}};
    if (m_isRotating) {
        const QString next = u"refresh-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_identityTokens.remove(token);
        m_identityTokens.insert(next, user);
        m_issued.append(next.toLatin1());
        answer.insert("refresh_token"_L1, next);
    }
    return answerOf(answer);
}

QStringList TokenServer::granted(const QString& user, const QString& type, const QString& name,
                                 const QStringList& wanted) const
{
    const QString resource = type == "repository"_L1 ? name : type + u':' + name;
    QStringList actions;
    for (const Right& right : m_rights) {
        const bool isForUser = right.user.isEmpty() || right.user == user;
        if (!isForUser || (right.resource != "*"_L1 && right.resource != resource))
            continue;
        for (const QString& action : right.actions) {
            if (wanted.contains(action) && !actions.contains(action))
                actions.append(action);
        }
    }
    return actions;
}

QByteArray TokenServer::tokenFor(const QString& user, const QStringList& scopes)
{
    QJsonArray access;
    for (const QString& scope : scopes) {
        const qsizetype first = scope.indexOf(u':');
        const qsizetype last = scope.lastIndexOf(u':');
        const QString type = scope.left(first);
        const QString name = scope.mid(first + 1, last - first - 1);
        const QStringList actions = granted(user, type, name, scope.mid(last + 1).split(u','));
        access.append(QJsonObject{
            {"type"_L1, type}, {"name"_L1, name}, {"actions"_L1, QJsonArray::fromStringList(actions)}});
    }
    const bool isExpired = m_expired > 0 && m_expired-- > 0;
    const bool isShortLived = !isExpired && m_shortLived > 0 && m_shortLived-- > 0;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const qint64 issued = now - (isExpired ? LongAgo : 0);
    const qint64 end = isShortLived ? now + m_shortLife - Leeway : issued + m_lifetime;
    m_issued.append(m_signer.sign({{"iss"_L1, issuer()},
                                   {"sub"_L1, user},
                                   {"aud"_L1, service()},
                                   {"iat"_L1, issued},
                                   {"nbf"_L1, issued - 10},
                                   {"exp"_L1, end},
                                   {"jti"_L1, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                                   {"access"_L1, access}}));
    return m_issued.constLast();
}

} // namespace Tagboat
