// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/account.h"
#include "cli/figures.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Task<Result<int>> repos(ContextPtr context, std::stop_token stop)
{
    const auto registry = registryFrom(context->arguments.operand(0));
    if (!registry)
        co_return std::unexpected(registry.error());
    const auto account = applyAccount(context, *registry);
    if (!account)
        co_return std::unexpected(account.error());
    const auto client = context->session->client(*registry, context->profile);
    if (!client)
        co_return std::unexpected(client.error());
    auto names = co_await (*client)->allRepositories(stop);
    if (!names)
        co_return std::unexpected(std::move(names.error()));
    for (const QString& name : std::as_const(*names))
        context->output->line(name);
    context->output->result(
        "repos"_L1, {{"registry"_L1, *registry}, {"repositories"_L1, QJsonArray::fromStringList(*names)}});
    co_return Exit::Done;
}

Task<Result<int>> tags(ContextPtr context, std::stop_token stop)
{
    const auto reference = Reference::parseRepository(context->arguments.operand(0));
    if (!reference)
        co_return std::unexpected(reference.error());
    const auto opened = openRepository(context, *reference);
    if (!opened)
        co_return std::unexpected(opened.error());
    const std::shared_ptr<Repository> repository = *opened;
    auto names = co_await repository->allTags(stop);
    if (!names)
        co_return std::unexpected(std::move(names.error()));

    QJsonArray array;
    if (context->arguments.has("digests"_L1)) {
        auto targets = co_await repository->tagTargets(*names, stop);
        if (!targets)
            co_return std::unexpected(std::move(targets.error()));
        Table table({u"TAG"_s, u"DIGEST"_s});
        for (const TagInfo& info : std::as_const(*targets)) {
            table.add({info.tag, info.target.digest.toString()});
            array.append(QJsonObject{{"tag"_L1, info.tag},
                                     {"digest"_L1, info.target.digest.toString()},
                                     {"mediaType"_L1, info.target.mediaType}});
        }
        context->output->text(table.toString());
    } else {
        for (const QString& name : std::as_const(*names)) {
            context->output->line(name);
            array.append(QJsonObject{{"tag"_L1, name}});
        }
    }
    context->output->result("tags"_L1,
                            {{"registry"_L1, reference->registry()},
                             {"repository"_L1, reference->repository()},
                             {"tags"_L1, array}});
    co_return Exit::Done;
}

} // namespace

QList<Command> registryCommands()
{
    return {
        {.name = "repos"_L1,
         .operands = "REGISTRY"_L1,
         .least = 1,
         .most = 1,
         .summary = "list the repositories of a registry that tells them"_L1,
         .options = accountOptions(),
         .run = repos},
        {.name = "tags"_L1,
         .operands = "REPOSITORY"_L1,
         .least = 1,
         .most = 1,
         .summary = "list the tags of a repository"_L1,
         .options = accountOptions()
             + QList<OptionSpec>{{"digests"_L1, 0, {}, "ask for what each tag points at"_L1}},
         .run = tags},
    };
}

} // namespace Tagboat
