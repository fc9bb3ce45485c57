// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/account.h"

#include "cli/terminal.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

Result<void> applyAccount(const ContextPtr& context, const QString& registry)
{
    const Arguments& arguments = context->arguments;
    const QString user = arguments.value("username"_L1);
    const int ways =
        int(arguments.has("anonymous"_L1)) + int(!user.isEmpty()) + int(!context->profile.isEmpty());
    if (ways > 1)
        return fail(Error::Code::InvalidInput, registry,
                    u"--anonymous, --username and --profile exclude each other"_s);
    if (arguments.has("password-stdin"_L1) != !user.isEmpty())
        return fail(Error::Code::InvalidInput, registry,
                    u"--username and --password-stdin need each other"_s);
    if (arguments.has("anonymous"_L1))
        context->session->actAs(registry, std::nullopt);
    if (user.isEmpty())
        return {};
    auto secret = Terminal::pipedSecret();
    if (!secret)
        return std::unexpected(std::move(secret.error()));
    if (secret->isEmpty())
        return fail(Error::Code::InvalidInput, registry, u"there is no password on standard input"_s);
    context->session->actAs(registry, credentialOf(user, *secret));
    return {};
}

Result<void> applyAccounts(const ContextPtr& context, QStringList registries)
{
    registries.removeDuplicates();
    if (registries.size() > 1 && context->arguments.has("username"_L1))
        return fail(Error::Code::InvalidInput, registries.at(1),
                    u"a password is given for one registry at a time"_s);
    for (const QString& registry : std::as_const(registries)) {
        if (const auto account = applyAccount(context, registry); !account)
            return std::unexpected(account.error());
    }
    return {};
}

Result<QString> registryFrom(QString text)
{
    text = text.trimmed();
    for (const QLatin1StringView scheme : {"https://"_L1, "http://"_L1, "docker://"_L1, "oci://"_L1}) {
        if (text.startsWith(scheme))
            text = text.sliced(scheme.size());
    }
    const QString host = text.section(u'/', 0, 0);
    const QString rest = text.section(u'/', 1);
    if (host == "index.docker.io"_L1 || host == "registry-1.docker.io"_L1 || host == "hub.docker.com"_L1)
        return u"docker.io"_s;
    if (!rest.isEmpty() && rest != "v1/"_L1 && rest != "v1"_L1 && rest != "v2/"_L1 && rest != "v2"_L1)
        return fail(Error::Code::InvalidInput, text,
                    u"a registry is a host, with :PORT where it has one, without a path"_s);
    // The grammar of references tells a host by its dot, port or "localhost"; here it is one by its place.
    const auto probe = Reference::parse(QString(host + u"/namespace/name"_s));
    const bool hasMark = host.contains(u'.') || host.contains(u':') || host == "localhost"_L1;
    if (host.isEmpty() || !probe || (hasMark && probe->registry() != host))
        return fail(Error::Code::InvalidInput, text, u"this is no name of a registry"_s);
    if (!hasMark)
        return fail(
            Error::Code::InvalidInput, text,
            u"references need a dot or a port to tell a registry from a namespace, for example %1:443"_s.arg(
                host));
    return host;
}

Result<std::shared_ptr<Repository>> openRepository(const ContextPtr& context, const Reference& reference)
{
    if (const auto account = applyAccount(context, reference.registry()); !account)
        return std::unexpected(account.error());
    const IdentityQuestion question{.registry = reference.registry(), .repository = reference.repository()};
    const auto client = context->session->client(question, context->profile);
    if (!client)
        return std::unexpected(client.error());
    return (*client)->repository(reference.repository());
}

} // namespace Tagboat
