// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/registryprocess/tokensigner.h"
#include "support/scriptedserver.h"

#include <QHash>
#include <QStringList>
#include <QUrlQuery>

namespace Tagboat {

/*!
 * \brief A token server for RegistryProcess: who may do what is a table, tokens are real and signed.
 *
 * Runs in the test's thread. As the distribution documentation says, it grants what is allowed of what is
 * asked, and answers 200 to those who may do nothing; 401 to a wrong password.
 */
class TokenServer
{
public:
    TokenServer();

    //! Before listen(): by HTTPS from then on, and registries send people to this name, which has to be led
    //! to address().
    void useTls(const TestCertificate& certificate, const QString& name)
    {
        m_server.useTls(certificate);
        m_name = name;
    }
    [[nodiscard]] bool listen() { return m_server.listen(); }
    [[nodiscard]] QUrl realm() const
    {
        return m_name.isEmpty() ? m_server.url("/token")
                                : QUrl(QStringLiteral("https://%1/token").arg(m_name));
    }
    [[nodiscard]] QString address() const { return m_server.host(); } //!< "127.0.0.1:PORT"
    [[nodiscard]] QString service() const { return QStringLiteral("tagboat test registry"); }
    [[nodiscard]] QString issuer() const { return QStringLiteral("tagboat test issuer"); }
    [[nodiscard]] QByteArray certificatePem() const { return m_signer.certificatePem(); }

    void addUser(const QString& user, const QString& password) { m_passwords.insert(user, password); }
    //! A refresh token, as `docker login` at some registries leaves behind.
    void addIdentityToken(const QString& token, const QString& user) { m_identityTokens.insert(token, user); }
    //! From now on each use of an identity token gives another, and ends the one that was used.
    void rotateIdentityTokens(bool on = true) { m_isRotating = on; }
    [[nodiscard]] bool isIdentityToken(const QString& token) const
    {
        return m_identityTokens.contains(token);
    }
    //! \a user empty: anybody. \a resource is a repository's path, "*" for all, or "registry:catalog".
    void allow(const QString& user, const QString& resource, const QStringList& actions);
    void clearRights() { m_rights.clear(); }
    void setLifetime(int seconds) { m_lifetime = seconds; }
    //! The next \a count tokens are over for the registry although the reply says otherwise (a clock that is
    //! wrong).
    void issueExpired(int count) { m_expired = count; }
    //! The next \a count tokens are good for so many \a seconds only, whatever the reply says.
    void issueShortLived(int count, int seconds)
    {
        m_shortLived = count;
        m_shortLife = seconds;
    }
    //! All bearer tokens and, where they rotate, identity tokens that were given to anybody.
    [[nodiscard]] const QByteArrayList& issued() const { return m_issued; }

    //! In the order they came: query of a GET, form of a POST.
    [[nodiscard]] QList<QUrlQuery> requests() const;
    [[nodiscard]] const QList<ScriptedRequest>& rawRequests() const { return m_server.requests(); }
    void forgetRequests() { m_server.forgetRequests(); }

private:
    struct Right
    {
        QString user;
        QString resource;
        QStringList actions;
    };

    [[nodiscard]] ScriptedAnswer onGet(const ScriptedRequest& request);
    [[nodiscard]] ScriptedAnswer onPost(const ScriptedRequest& request);
    [[nodiscard]] QByteArray tokenFor(const QString& user, const QStringList& scopes);
    [[nodiscard]] QStringList granted(const QString& user, const QString& type, const QString& name,
                                      const QStringList& wanted) const;

    ScriptedServer m_server;
    QString m_name;
    TokenSigner m_signer;
    QHash<QString, QString> m_passwords;
    QHash<QString, QString> m_identityTokens;
    QList<Right> m_rights;
    int m_lifetime = 300;
    int m_expired = 0;
    int m_shortLived = 0;
    int m_shortLife = 0;
    bool m_isRotating = false;
    QByteArrayList m_issued;
};

} // namespace Tagboat
