// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/account.h"
#include "cli/figures.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"
#include "oci/referrer.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QJsonObject jsonOf(const Descriptor& entry)
{
    QJsonObject annotations;
    for (auto it = entry.annotations.cbegin(); it != entry.annotations.cend(); ++it)
        annotations.insert(it.key(), it.value());
    return {{"digest"_L1, entry.digest.toString()},
            {"artifactType"_L1, entry.artifactType},
            {"kind"_L1, referrerKind(entry.artifactType)},
            {"mediaType"_L1, entry.mediaType},
            {"size"_L1, entry.size},
            {"annotations"_L1, annotations}};
}

Task<Result<int>> referrers(ContextPtr context, std::stop_token stop)
{
    const auto reference = Reference::parsePasted(context->arguments.operand(0));
    if (!reference)
        co_return std::unexpected(reference.error());
    const auto opened = openRepository(context, *reference);
    if (!opened)
        co_return std::unexpected(opened.error());
    const std::shared_ptr<Repository> repository = *opened;
    const auto subject = co_await repository->resolve(reference->tagOrDigest(), stop);
    if (!subject)
        co_return std::unexpected(subject.error());
    const auto found = co_await repository->referrers(subject->digest, stop);
    if (!found)
        co_return std::unexpected(found.error());

    QJsonArray array;
    Table table({u"DIGEST"_s, u"TYPE"_s, u"SIZE"_s});
    for (const Descriptor& entry : *found) {
        table.add({entry.digest.toString(), entry.artifactType, bytesText(entry.size)});
        array.append(jsonOf(entry));
    }
    if (!found->isEmpty())
        context->output->text(table.toString());
    context->output->result("referrers"_L1,
                            {{"registry"_L1, reference->registry()},
                             {"repository"_L1, reference->repository()},
                             {"subject"_L1, subject->digest.toString()},
                             {"referrers"_L1, array}});
    co_return Exit::Done;
}

} // namespace

QList<Command> referrerCommands()
{
    return {{.name = "referrers"_L1,
             .operands = "REF"_L1,
             .least = 1,
             .most = 1,
             .summary = "list what refers to an image of a registry: signatures, SBOMs and the like"_L1,
             .options = accountOptions(),
             .run = referrers}};
}

} // namespace Tagboat
