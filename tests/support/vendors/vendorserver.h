// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"
#include "support/scriptedserver.h"

#include <QDateTime>
#include <QHash>
#include <QMap>
#include <QSet>
#include <QTemporaryDir>

namespace Tagboat::Testing {

/*!
 * \brief The hosted registries that cannot be had on this computer, as one HTTPS server that answers by the
 * name it is called by: logins and rights as their documents tell, no images.
 *
 * Each registry has a repository "team/app" where whoever may push can (an upload session opens and closes)
 * with the tag "v1". Everything else is NAME_UNKNOWN or refused in the vendor's own way. A token that was not
 * given out here, or not for this, opens nothing.
 */
class VendorServer
{
public:
    static constexpr auto Ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    static constexpr auto EcrApi = "api.ecr.eu-west-1.amazonaws.com";
    static constexpr auto EcrPublic = "public.ecr.aws";
    static constexpr auto EcrPublicApi = "api.ecr-public.us-east-1.amazonaws.com";
    static constexpr auto Acr = "tagboat.azurecr.io";
    static constexpr auto Google = "europe-west1-docker.pkg.dev";
    static constexpr auto GitHub = "ghcr.io";
    static constexpr auto Quay = "quay.io";
    static constexpr auto GitLab = "registry.gitlab.com";
    static constexpr auto GitLabSite = "gitlab.com";
    static constexpr auto Harbor = "harbor.example.com";

    VendorServer();

    [[nodiscard]] bool listen() { return m_server.listen(); }
    //! Leads all these names here, and only here.
    [[nodiscard]] HostPolicies policies() const;
    //! PEM of the CA, and "127.0.0.1:PORT", for settings that lead a name here.
    [[nodiscard]] QString caFile() const { return m_dir.filePath(QStringLiteral("ca.pem")); }
    [[nodiscard]] QString address() const { return m_server.host(); }
    [[nodiscard]] ScriptedServer& http() { return m_server; }
    //! As "METHOD host/path", without the query.
    [[nodiscard]] QStringList calls() const;
    //! All that has come here, heads and bodies, to look for secrets in what a host got.
    [[nodiscard]] QByteArray everythingSentTo(const QString& host) const;

    // What the vendors know. Passwords are in clear: tests look for them.
    QString awsKeyId = QStringLiteral("AKIAIOSFODNN7EXAMPLE");
    QString awsSecret = QStringLiteral("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    QString awsSessionToken = {};
    QSet<QString> ecrRepositories{QStringLiteral("team/app")};
    bool mayCreateRepositories = true;
    qint64 ecrSeconds = 12 * 3600;
    //! For GetAuthorizationToken and the dates of its passwords; the system's where empty.
    std::function<QDateTime()> clock;
    int ecrLogins = 0; //!< passwords given out
    //! What `aws ecr get-login-password` would print.
    [[nodiscard]] QString freshEcrPassword();
    [[nodiscard]] QStringList ecrPasswords() const { return m_ecrPasswords.keys(); }
    //! No password given out before is good any more.
    void revokeEcrLogins() { m_ecrPasswords.clear(); }

    QString entraToken; //!< what /oauth2/exchange takes
    QString servicePrincipal = QStringLiteral("11111111-2222-3333-4444-555555555555");
    QString servicePassword = QStringLiteral("service-principal-password");
    int acrExchanges = 0;

    QString googleKey; //!< JSON of a service account
    QString googleAccessToken = QStringLiteral("ya29.google-access-token");
    QMap<QString, QString> githubTokens{{QStringLiteral("octo"), QStringLiteral("ghp_classic0token")}};
    bool githubTokenMayWrite = true;
    QMap<QString, QString> quayTokens{{QStringLiteral("team+robot"), QStringLiteral("QUAYROBOTTOKEN")},
                                      {QStringLiteral("$oauthtoken"), QStringLiteral("quay-oauth-token")},
                                      {QStringLiteral("$app"), QStringLiteral("quay-app-token")}};
    QMap<QString, QString> gitlabTokens{{QStringLiteral("dev"), QStringLiteral("glpat-personal-token")}};
    QString gitlabPasswordOfTwoFactorUser = QStringLiteral("my gitlab password");
    QMap<QString, QString> harborSecrets{
        {QStringLiteral("robot$team+ci"), QStringLiteral("harbor-robot-secret")}};
    QSet<QString> harborProjects{QStringLiteral("team")};

private:
    [[nodiscard]] ScriptedAnswer answer(const ScriptedRequest& request);
    [[nodiscard]] ScriptedAnswer ecrApi(const ScriptedRequest& request, bool isPublic);
    [[nodiscard]] ScriptedAnswer ecr(const ScriptedRequest& request);
    [[nodiscard]] ScriptedAnswer acrTokens(const ScriptedRequest& request);
    [[nodiscard]] ScriptedAnswer basicTokens(const ScriptedRequest& request, const QString& host);
    [[nodiscard]] ScriptedAnswer harborApi(const ScriptedRequest& request);
    [[nodiscard]] ScriptedAnswer bearerRegistry(const ScriptedRequest& request, const QString& host);
    [[nodiscard]] ScriptedAnswer registry(const ScriptedRequest& request, const QSet<QString>& repositories,
                                          const QString& unknown);
    [[nodiscard]] QString tokenFor(const QString& host, const QStringList& scopes, bool mayWrite);
    [[nodiscard]] QDateTime now() const { return clock ? clock() : QDateTime::currentDateTimeUtc(); }

    struct Grant
    {
        QString host;
        QStringList scopes;
        bool mayWrite = true;
    };
    QTemporaryDir m_dir;
    ScriptedServer m_server;
    QList<QSslCertificate> m_ca;
    QHash<QString, QDateTime> m_ecrPasswords; //!< and when they end
    QHash<QString, Grant> m_grants;           //!< by bearer token
    QSet<QString> m_acrRefreshTokens;
    int m_number = 0;
};

//! An unsigned JSON Web Token with these claims: what is read of one is read without its signature.
[[nodiscard]] QString jwtWith(const QJsonObject& claims);

} // namespace Tagboat::Testing
