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

QString passwordCaption()
{
    return KindWords::tr("&Password");
}

QString tokenCaption()
{
    return KindWords::tr("Access &token");
}

RegistryKind dockerHub()
{
    return {.type = RegistryType::DockerHub,
            .title = u"Docker Hub"_s,
            .iconName = u"docker-hub"_s,
            .host = u"docker.io"_s,
            .hostExample = {},
            .methods = {{.title = KindWords::tr("Access token"),
                         .secretCaption = tokenCaption(),
                         .help = KindWords::tr(
                             "Use a personal access token; with two-factor login a password does not work. "
                             "Make one under <a href=\"https://app.docker.com/settings/"
                             "personal-access-tokens\">Account settings → Personal access tokens</a> with "
                             "the right to read and write.")}}};
}

RegistryKind selfHosted()
{
    return {.type = RegistryType::SelfHosted,
            .title = KindWords::tr("Self-hosted"),
            .iconName = u"registry"_s,
            .host = {},
            .hostExample = u"registry.local:5000"_s,
            .methods = {{.title = KindWords::tr("Password"),
                         .secretCaption = passwordCaption(),
                         .help = KindWords::tr(
                             "A registry of your own, for example the one of the tutorials on port 5000. "
                             "Leave user and password empty where it asks for none. Plain HTTP needs no "
                             "setting on this computer itself (localhost).")}},
            .canBeAnonymous = true};
}

RegistryKind harbor()
{
    return {
        .type = RegistryType::Harbor,
        .title = u"Harbor"_s,
        .iconName = u"registry"_s,
        .monogram = u"H"_s,
        .host = {},
        .hostExample = u"harbor.example.com"_s,
        .methods = {{.title = KindWords::tr("Your own name"),
                     .secretCaption = KindWords::tr("CLI &secret"),
                     .help = KindWords::tr("Your name, and the CLI secret from your user profile in Harbor; "
                                           "the password works only where no single sign-on is used. "
                                           "Images go to HOST/PROJECT/NAME.")},
                    {.title = KindWords::tr("Robot account"),
                     .userCaption = KindWords::tr("&Robot account"),
                     .secretCaption = KindWords::tr("&Secret"),
                     .help = KindWords::tr(
                         "A robot account (robot$project+name, or robot$name for the whole system) with its "
                         "secret, made in the project under “Robot Accounts”.")}}};
}

RegistryKind gitHub()
{
    return {.type = RegistryType::GitHub,
            .title = u"GitHub"_s,
            .iconName = u"account"_s,
            .monogram = u"GH"_s,
            .host = u"ghcr.io"_s,
            .hostExample = {},
            .methods = {{.title = KindWords::tr("Access token"),
                         .secretCaption = tokenCaption(),
                         .help = KindWords::tr(
                             "Your GitHub name and a <a href=\"https://github.com/settings/tokens\">classic "
                             "personal access token</a> with <b>write:packages</b>; fine-grained tokens are "
                             "not accepted. New packages are private.")}}};
}

RegistryKind amazon()
{
    return {
        .type = RegistryType::Amazon,
        .title = u"Amazon ECR"_s,
        .iconName = u"registry"_s,
        .monogram = u"AWS"_s,
        .host = {},
        .hostExample = u"123456789012.dkr.ecr.eu-west-1.amazonaws.com"_s,
        .methods = {{.title = KindWords::tr("Access key (renews the login by itself)"),
                     .userCaption = KindWords::tr("Access key &ID"),
                     .secretCaption = KindWords::tr("&Secret access key"),
                     .help = KindWords::tr(
                         "Tagboat fetches the registry’s twelve-hour login with it, again and again, and "
                         "never sends the key. Make one under <a "
                         "href=\"https://console.aws.amazon.com/iam/home#/security_credentials\">Security "
                         "credentials</a>; the policy AmazonEC2ContainerRegistryPowerUser is enough.")},
                    {.title = KindWords::tr("Login of twelve hours"),
                     .user = u"AWS"_s,
                     .secretCaption = passwordCaption(),
                     .help = KindWords::tr("What <tt>aws ecr get-login-password</tt> prints. Repositories "
                                           "must exist before the first push.")}}};
}

RegistryKind azure()
{
    return {
        .type = RegistryType::Azure,
        .title = u"Azure"_s,
        .iconName = u"registry"_s,
        .monogram = u"Az"_s,
        .host = {},
        .hostExample = u"name.azurecr.io"_s,
        .methods = {{.title = KindWords::tr("Service principal, token or admin user"),
                     .secretCaption = passwordCaption(),
                     .help = KindWords::tr(
                         "A service principal (application ID and password), a repository-scoped token, or "
                         "the admin user from the registry’s access keys.")},
                    {.title = KindWords::tr("Token of your own login"),
                     .user = u"00000000-0000-0000-0000-000000000000"_s,
                     .secretCaption = tokenCaption(),
                     .help = KindWords::tr(
                         "What <tt>az acr login --name NAME --expose-token</tt> prints as accessToken, or an "
                         "access token of Entra, which is exchanged at the registry. It is good for some "
                         "hours.")}}};
}

RegistryKind google()
{
    return {
        .type = RegistryType::Google,
        .title = u"Google"_s,
        .iconName = u"registry"_s,
        .monogram = u"G"_s,
        .host = {},
        .hostExample = u"europe-west1-docker.pkg.dev"_s,
        .methods = {{.title = KindWords::tr("Key of a service account"),
                     .user = u"_json_key"_s,
                     .secretCaption = KindWords::tr("&Key file"),
                     .help = KindWords::tr(
                         "The JSON file of a service account’s key, made in the console under IAM → Service "
                         "accounts → Keys. Its text goes into the keychain; the file is not needed "
                         "afterwards."),
                     .isKeyFile = true},
                    {.title = KindWords::tr("Access token of one hour"),
                     .user = u"oauth2accesstoken"_s,
                     .secretCaption = tokenCaption(),
                     .help = KindWords::tr("What <tt>gcloud auth print-access-token</tt> prints.")}}};
}

RegistryKind quay()
{
    return {
        .type = RegistryType::Quay,
        .title = u"Quay"_s,
        .iconName = u"registry"_s,
        .monogram = u"Q"_s,
        .host = u"quay.io"_s,
        .hostExample = {},
        .methods = {{.title = KindWords::tr("Robot account, or your own name"),
                     .secretCaption = KindWords::tr("&Token or password"),
                     .help = KindWords::tr(
                         "A robot account (namespace+name) with its token, or your name with the encrypted "
                         "password from your account settings.")},
                    {.title = KindWords::tr("Application token"),
                     .user = u"$app"_s,
                     .secretCaption = tokenCaption(),
                     .help = KindWords::tr("An application-specific token from your account settings.")},
                    {.title = KindWords::tr("OAuth access token"),
                     .user = u"$oauthtoken"_s,
                     .secretCaption = tokenCaption(),
                     .help = KindWords::tr("A token of an OAuth application of your organisation.")}}};
}

RegistryKind gitLab()
{
    return {
        .type = RegistryType::GitLab,
        .title = u"GitLab"_s,
        .iconName = u"registry"_s,
        .monogram = u"GL"_s,
        .host = {},
        .hostExample = u"registry.gitlab.com"_s,
        .methods = {{.title = KindWords::tr("Access token"),
                     .secretCaption = tokenCaption(),
                     .help = KindWords::tr(
                         "Your name with a <a href=\"https://gitlab.com/-/user_settings/"
                         "personal_access_tokens\">personal access token</a>, or the name of a deploy "
                         "token with its token, with <b>read_registry</b> and <b>write_registry</b>. With "
                         "two-factor login a password does not work.")}}};
}

} // namespace

QList<RegistryKind> registryKinds()
{
    return {dockerHub(), selfHosted(), harbor(), gitHub(), amazon(), azure(), google(), quay(), gitLab()};
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
