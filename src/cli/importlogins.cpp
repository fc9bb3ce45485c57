// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"
#include "workbench/foundlogins.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString placeOf(const FoundLogin& found)
{
    const ServerAddress& address = found.login.address;
    return address.path.isEmpty() ? address.registry : address.registry + u'/' + address.path;
}

QString keeperOf(const FoundLogin& found)
{
    return found.login.isClearText() ? u"clear text in "_s + found.file
                                     : u"docker-credential-"_s + found.login.helper;
}

QJsonObject jsonOfFound(const FoundLogin& found)
{
    QJsonObject object{{"file"_L1, found.file}};
    if (found.error) {
        object.insert("error"_L1, jsonOf(*found.error));
        return object;
    }
    object.insert("registry"_L1, found.login.address.registry);
    object.insert("path"_L1, found.login.address.path);
    object.insert("user"_L1, found.login.user);
    object.insert("clearText"_L1, found.login.isClearText());
    object.insert("known"_L1, found.known.has_value());
    return object;
}

Result<QStringList> filesFrom(const Arguments& arguments)
{
    QStringList files;
    for (const QString& file : arguments.operands()) {
        if (!QFileInfo(file).isFile())
            return fail(Error::Code::NotFound, file, u"there is no such file"_s);
        files.append(QFileInfo(file).absoluteFilePath());
    }
    return files;
}

void showFound(const ContextPtr& context, const QList<FoundLogin>& found)
{
    Table table({u"PLACE"_s, u"USER"_s, u"KEPT BY"_s, u"PROFILE"_s});
    QJsonArray array;
    for (const FoundLogin& one : found) {
        array.append(jsonOfFound(one));
        if (!one.error)
            table.add({placeOf(one), one.login.user, keeperOf(one), one.known ? one.known->name : QString()});
    }
    if (!array.isEmpty())
        context->output->text(table.toString());
    context->output->result("import-logins"_L1, {{"found"_L1, array}});
}

Task<Result<int>> importLogins(ContextPtr context, std::stop_token stop)
{
    const std::shared_ptr<Session> session = context->session;
    const auto files = filesFrom(context->arguments);
    if (!files)
        co_return std::unexpected(files.error());
    auto found = co_await findLogins(session, *files, stop);
    if (!found)
        co_return std::unexpected(std::move(found.error()));
    QJsonArray errors;
    const auto tell = [&context, &errors](const std::optional<Error>& error) {
        if (!error)
            return;
        context->output->error(*error, false);
        errors.append(jsonOf(*error));
    };
    for (const FoundLogin& one : std::as_const(*found))
        tell(one.error);
    if (found->isEmpty())
        context->output->note(u"Neither docker nor podman keeps a login here."_s);
    if (context->arguments.has("list"_L1)) {
        showFound(context, *found);
        co_return errors.isEmpty() ? Exit::Done : Exit::Partly;
    }

    auto taken = co_await takeOverLogins(session, *found, false, stop);
    if (!taken)
        co_return std::unexpected(std::move(taken.error()));
    QJsonArray array;
    for (const TakenLogin& one : std::as_const(*taken)) {
        tell(one.error);
        if (!one.profile)
            continue;
        array.append(jsonOf(*one.profile));
        context->output->line(u"%1: %2 (%3)"_s.arg(placeOf(one.found), one.profile->user, one.profile->name));
    }
    QJsonArray left;
    const bool isToScrub = context->arguments.has("scrub"_L1);
    if (isToScrub) {
        if (auto scrubbed = scrubLogins(session->profiles(), *taken); !scrubbed)
            co_return std::unexpected(std::move(scrubbed.error()));
        for (const TakenLogin& one : std::as_const(*taken)) {
            if (!one.isLeftInFile)
                continue;
            left.append(placeOf(one.found));
            context->output->note(
                u"The password for %1 stays in %2: docker or podman would act as somebody else without it."_s
                    .arg(placeOf(one.found), one.found.file));
        }
    } else if (std::ranges::any_of(*taken, [](const auto& one) { return one.found.login.isClearText(); })) {
        context->output->note(u"Their passwords still stand in those files, for all to read; with --scrub "
                              "docker and podman ask Tagboat for them instead."_s);
    }
    context->output->result(
        "import-logins"_L1,
        {{"profiles"_L1, array}, {"scrubbed"_L1, isToScrub}, {"left"_L1, left}, {"errors"_L1, errors}});
    co_return errors.isEmpty() ? Exit::Done : array.isEmpty() ? Exit::Failed : Exit::Partly;
}

} // namespace

QList<Command> loginImportCommands()
{
    return {
        {.name = "import-logins"_L1,
         .operands = "[FILE...]"_L1,
         .most = -1,
         .summary = "take over the logins that docker and podman keep, the passwords into the keychain"_L1,
         .options =
             {{"list"_L1, 0, {}, "only show what there is"_L1},
              {"scrub"_L1, 0, {}, "take the passwords out of those files; docker asks Tagboat then"_L1}},
         .run = importLogins},
    };
}

} // namespace Tagboat
