// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"
#include "cli/jsonvalues.h"
#include "cli/table.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString useText(IdentityRule::Use use)
{
    return use == IdentityRule::Use::Any ? u"pull, push"_s : QString(toString(use));
}

QString nameOf(const ProfileStore& store, const IdentityRule& rule)
{
    const auto profile = rule.profile.isEmpty() ? std::nullopt : store.profile(rule.profile);
    return profile ? profile->name : QString();
}

QJsonObject jsonOfRule(const ProfileStore& store, const IdentityRule& rule)
{
    const QString name = nameOf(store, rule);
    return {{"registry"_L1, rule.registry},
            {"path"_L1, rule.path},
            {"use"_L1, QString(toString(rule.use))},
            {"profile"_L1, name.isEmpty() ? QJsonValue() : QJsonValue(name)}};
}

Task<Result<int>> listRules(ContextPtr context, std::stop_token)
{
    const ProfileStore& store = context->session->profiles();
    Table table({u"PLACE"_s, u"FOR"_s, u"PROFILE"_s});
    QJsonArray array;
    const QList<IdentityRule> all = store.rules();
    for (const IdentityRule& rule : all) {
        const QString name = nameOf(store, rule);
        array.append(jsonOfRule(store, rule));
        table.add({rule.place(), useText(rule.use), name.isEmpty() ? u"(nobody)"_s : name});
    }
    if (all.isEmpty())
        context->output->note(u"No rules yet. Make one with: tagboat-cli rule PLACE PROFILE"_s);
    else
        context->output->text(table.toString());
    context->output->result("rules"_L1, {{"rules"_L1, array}});
    co_return Exit::Done;
}

//! The rule that the command line is about, without a profile.
Result<IdentityRule> ruleFrom(const Arguments& arguments)
{
    auto rule = ruleForPlace(arguments.operand(0));
    if (!rule)
        return rule;
    const QString use = arguments.value("for"_L1);
    if (!use.isEmpty() && use != "pull"_L1 && use != "push"_L1)
        return fail(Error::Code::InvalidInput, use,
                    u"--for is pull or push; without it a rule is for both"_s);
    rule->use = identityUseFromString(use);
    return rule;
}

Task<Result<int>> changeRule(ContextPtr context, std::stop_token)
{
    const Arguments& arguments = context->arguments;
    ProfileStore& store = context->session->profiles();
    auto rule = ruleFrom(arguments);
    if (!rule)
        co_return std::unexpected(std::move(rule.error()));
    const QString name = arguments.operand(1);
    const int ways = int(!name.isEmpty()) + int(arguments.has("nobody"_L1)) + int(arguments.has("remove"_L1));
    if (ways != 1)
        co_return fail(Error::Code::InvalidInput, rule->place(),
                       u"either a profile, --nobody or --remove is needed"_s);
    if (arguments.has("remove"_L1)) {
        if (auto removed = store.removeRule(*rule); !removed)
            co_return std::unexpected(std::move(removed.error()));
        context->output->line(u"The rule for %1 (%2) is gone."_s.arg(rule->place(), useText(rule->use)));
        context->output->result("rule"_L1, {{"removed"_L1, jsonOfRule(store, *rule)}});
        co_return Exit::Done;
    }
    if (!name.isEmpty()) {
        const auto profile = store.profile(name);
        if (!profile)
            co_return fail(Error::Code::NotFound, name, u"there is no profile of this name"_s);
        rule->profile = profile->id;
    }
    if (auto saved = store.saveRule(*rule); !saved)
        co_return std::unexpected(std::move(saved.error()));
    context->output->line(u"%1 (%2): %3"_s.arg(rule->place(), useText(rule->use),
                                               name.isEmpty() ? u"nobody"_s : nameOf(store, *rule)));
    context->output->result("rule"_L1, {{"rule"_L1, jsonOfRule(store, *rule)}});
    co_return Exit::Done;
}

} // namespace

QList<Command> ruleCommands()
{
    return {
        {.name = "rules"_L1, .summary = "list who acts for which namespaces"_L1, .run = listRules},
        {.name = "rule"_L1,
         .operands = "PLACE [PROFILE]"_L1,
         .least = 1,
         .most = 2,
         .summary = "let a profile act for a registry, a namespace or a repository, and all below it"_L1,
         .options = {{"for"_L1, 0, "pull|push"_L1, "for this only"_L1},
                     {"nobody"_L1, 0, {}, "act without a login there"_L1},
                     {"remove"_L1, 0, {}, "away with the rule"_L1}},
         .run = changeRule},
    };
}

} // namespace Tagboat
