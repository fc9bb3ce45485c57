// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"

#include "oci/reference.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Task<Result<int>> name(ContextPtr context, std::stop_token)
{
    const auto parsed = Reference::parse(context->arguments.operand(0));
    if (!parsed)
        co_return std::unexpected(parsed.error());
    QJsonArray defaults;
    const auto row = [&](QLatin1StringView part, const QString& value, bool isDefault) {
        if (isDefault)
            defaults.append(part);
        if (!value.isEmpty()) {
            context->output->line(QString(part).leftJustified(12) + value
                                  + (isDefault ? u"   (default)"_s : QString()));
        }
    };
    row("registry"_L1, parsed->registry(), parsed->isRegistryDefault());
    row("repository"_L1, parsed->repository(), parsed->isNamespaceDefault());
    row("tag"_L1, parsed->tag(), parsed->isTagDefault());
    row("digest"_L1, parsed->digest().toString(), false);
    context->output->line(u"canonical   "_s + parsed->canonical());
    context->output->line(u"familiar    "_s + parsed->familiar());

    QJsonObject members{{"registry"_L1, parsed->registry()},
                        {"repository"_L1, parsed->repository()},
                        {"canonical"_L1, parsed->canonical()},
                        {"familiar"_L1, parsed->familiar()},
                        {"defaults"_L1, defaults}};
    if (!parsed->tag().isEmpty())
        members.insert("tag"_L1, parsed->tag());
    if (!parsed->digest().isNull())
        members.insert("digest"_L1, parsed->digest().toString());
    context->output->result("name"_L1, members);
    co_return Exit::Done;
}

} // namespace

QList<Command> nameCommands()
{
    return {{.name = "name"_L1,
             .operands = "REF"_L1,
             .least = 1,
             .most = 1,
             .summary = "take a name apart and show what was filled in"_L1,
             .needsSession = false,
             .run = name}};
}

} // namespace Tagboat
