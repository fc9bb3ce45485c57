// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registrykinds.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct KindWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::RegistryKind)
};

} // namespace

QList<RegistryKind> registryKinds()
{
    const QString password = KindWords::tr("&Password");
    const QString token = KindWords::tr("Access &token");
    return {
        {.type = RegistryType::DockerHub,
         .title = u"Docker Hub"_s,
         .iconName = u"docker-hub"_s,
         .host = u"docker.io"_s,
         .hostExample = {},
         .secretCaption = token,
         .help = KindWords::tr(
             "Use a personal access token; with two-factor login a password does not work. Make one under "
             "<a href=\"https://app.docker.com/settings/personal-access-tokens\">Account settings → "
             "Personal access tokens</a> with the right to read and write.")},
        {.type = RegistryType::SelfHosted,
         .title = KindWords::tr("Self-hosted"),
         .iconName = u"registry"_s,
         .host = {},
         .hostExample = u"registry.local:5000"_s,
         .secretCaption = password,
         .help = KindWords::tr(
             "A registry of your own, for example the one of the tutorials on port 5000. Leave user and "
             "password empty where it asks for none. Plain HTTP needs no setting on this computer itself "
             "(localhost)."),
         .canBeAnonymous = true},
        {.type = RegistryType::Harbor,
         .title = u"Harbor"_s,
         .iconName = u"registry"_s,
         .monogram = u"H"_s,
         .host = {},
         .hostExample = u"harbor.example.com"_s,
         .secretCaption = KindWords::tr("&Secret"),
         .help = KindWords::tr(
             "Your own name with the CLI secret from your user profile, or a robot account "
             "(robot$project+name) with its token. Images go to HOST/PROJECT/NAME; the project must exist.")},
        {.type = RegistryType::GitHub,
         .title = u"GitHub"_s,
         .iconName = u"account"_s,
         .monogram = u"GH"_s,
         .host = u"ghcr.io"_s,
         .hostExample = {},
         .secretCaption = token,
         .help = KindWords::tr(
             "Your GitHub name and a <a href=\"https://github.com/settings/tokens\">classic personal access "
             "token</a> with <b>write:packages</b>; fine-grained tokens are not accepted.")},
        {.type = RegistryType::Amazon,
         .title = u"Amazon ECR"_s,
         .iconName = u"registry"_s,
         .monogram = u"AWS"_s,
         .host = {},
         .hostExample = u"123456789012.dkr.ecr.eu-west-1.amazonaws.com"_s,
         .secretCaption = token,
         .help = KindWords::tr(
             "User <b>AWS</b>, and what <tt>aws ecr get-login-password</tt> prints; it is good for 12 hours. "
             "Repositories must exist before the first push.")},
        {.type = RegistryType::Azure,
         .title = u"Azure"_s,
         .iconName = u"registry"_s,
         .monogram = u"Az"_s,
         .host = {},
         .hostExample = u"name.azurecr.io"_s,
         .secretCaption = password,
         .help = KindWords::tr("A service principal (application ID and password), a repository-scoped "
                               "token, or the admin user "
                               "from the registry’s access keys.")},
        {.type = RegistryType::Google,
         .title = u"Google"_s,
         .iconName = u"registry"_s,
         .monogram = u"G"_s,
         .host = {},
         .hostExample = u"europe-west1-docker.pkg.dev"_s,
         .secretCaption = token,
         .help = KindWords::tr("User <b>oauth2accesstoken</b> with what <tt>gcloud auth "
                               "print-access-token</tt> prints, or user "
                               "<b>_json_key</b> with the whole text of a service account’s key.")},
        {.type = RegistryType::Quay,
         .title = u"Quay"_s,
         .iconName = u"registry"_s,
         .monogram = u"Q"_s,
         .host = u"quay.io"_s,
         .hostExample = {},
         .secretCaption = token,
         .help = KindWords::tr(
             "A robot account (namespace+name) with its token, or your name with an application token.")},
        {.type = RegistryType::GitLab,
         .title = u"GitLab"_s,
         .iconName = u"registry"_s,
         .monogram = u"GL"_s,
         .host = {},
         .hostExample = u"registry.gitlab.com"_s,
         .secretCaption = token,
         .help = KindWords::tr(
             "Your name with a personal access token, or a deploy token, with <b>read_registry</b> and "
             "<b>write_registry</b>.")},
    };
}

QString proposedAccountName(RegistryType type, const QString& registry)
{
    for (const RegistryKind& kind : registryKinds()) {
        if (kind.type == type && type != RegistryType::SelfHosted && type != RegistryType::Other)
            return kind.host.isEmpty() && !registry.isEmpty() ? QString(kind.title + u" "_s + registry)
                                                              : kind.title;
    }
    return registry;
}

} // namespace Tagboat
