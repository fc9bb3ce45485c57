// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/recipes.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QStringList stringsOf(const QJsonValue& value)
{
    QStringList strings;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& item : array)
        strings.append(item.toString());
    return strings;
}

std::optional<Platform> platformOf(const QJsonValue& value)
{
    return value.isObject() ? std::optional(Platform::fromJson(value.toObject())) : std::nullopt;
}

QJsonValue jsonOf(const std::optional<Platform>& platform)
{
    return platform ? QJsonValue(platform->toJson()) : QJsonValue();
}

} // namespace

QJsonObject recipeOf(const PushRequest& request)
{
    QJsonObject recipe{{u"what"_s, u"push"_s},
                       {u"image"_s, request.image},
                       {u"label"_s, request.label},
                       {u"destination"_s, request.destination.canonical()},
                       {u"moreTags"_s, QJsonArray::fromStringList(request.moreTags)},
                       {u"profile"_s, request.profile},
                       {u"platform"_s, jsonOf(request.platform)},
                       {u"store"_s, request.storeDirectory},
                       {u"referrers"_s, request.referrers}};
    QJsonArray further;
    for (const PushTarget& target : request.further)
        further.append(QJsonObject{{u"destination"_s, target.destination.canonical()},
                                   {u"moreTags"_s, QJsonArray::fromStringList(target.moreTags)},
                                   {u"profile"_s, target.profile}});
    if (!further.isEmpty())
        recipe[u"further"] = further;
    return recipe;
}

QJsonObject recipeOf(const PullRequest& request)
{
    return {{u"what"_s, u"pull"_s},
            {u"source"_s, request.source.canonical()},
            {u"profile"_s, request.profile},
            {u"allPlatforms"_s, request.allPlatforms},
            {u"platform"_s, jsonOf(request.platform)},
            {u"platformMustFit"_s, request.platformMustFit},
            {u"names"_s, QJsonArray::fromStringList(request.names)},
            {u"store"_s, request.storeDirectory},
            {u"referrers"_s, request.referrers},
            {u"isPart"_s, request.isPart}};
}

std::optional<PushRequest> pushFromRecipe(const QJsonObject& recipe)
{
    const auto destination = Reference::parse(recipe[u"destination"].toString());
    if (recipe[u"what"] != "push"_L1 || !destination)
        return std::nullopt;
    PushRequest request;
    request.image = recipe[u"image"].toString();
    request.label = recipe[u"label"].toString();
    request.destination = *destination;
    request.moreTags = stringsOf(recipe[u"moreTags"]);
    request.profile = recipe[u"profile"].toString();
    request.platform = platformOf(recipe[u"platform"]);
    request.storeDirectory = recipe[u"store"].toString();
    request.referrers = recipe[u"referrers"].toBool();
    const QJsonArray further = recipe[u"further"].toArray();
    for (const QJsonValue& value : further) {
        const auto place = Reference::parse(value[u"destination"].toString());
        if (!place)
            return std::nullopt;
        request.further.append({*place, stringsOf(value[u"moreTags"]), value[u"profile"].toString()});
    }
    return request;
}

std::optional<PullRequest> pullFromRecipe(const QJsonObject& recipe)
{
    const auto source = Reference::parse(recipe[u"source"].toString());
    if (recipe[u"what"] != "pull"_L1 || !source)
        return std::nullopt;
    PullRequest request;
    request.source = *source;
    request.profile = recipe[u"profile"].toString();
    request.allPlatforms = recipe[u"allPlatforms"].toBool();
    request.platform = platformOf(recipe[u"platform"]);
    request.platformMustFit = recipe[u"platformMustFit"].toBool();
    request.names = stringsOf(recipe[u"names"]);
    request.storeDirectory = recipe[u"store"].toString();
    request.referrers = recipe[u"referrers"].toBool();
    request.isPart = recipe[u"isPart"].toBool();
    return request;
}

QJsonObject recipeOf(const ArchivePushRequest& request)
{
    return {{u"what"_s, u"pushArchive"_s},
            {u"file"_s, request.file},
            {u"only"_s, request.only},
            {u"destination"_s, request.destination.canonical()},
            {u"moreTags"_s, QJsonArray::fromStringList(request.moreTags)},
            {u"profile"_s, request.profile},
            {u"compression"_s, request.compression ? request.compression->toString() : QString()}};
}

std::optional<ArchivePushRequest> archivePushFromRecipe(const QJsonObject& recipe)
{
    const auto destination = Reference::parse(recipe[u"destination"].toString());
    const QString compression = recipe[u"compression"].toString();
    const auto asked = LayerCompression::parse(compression);
    if (recipe[u"what"] != "pushArchive"_L1 || !destination || (!asked && !compression.isEmpty()))
        return std::nullopt;
    ArchivePushRequest request;
    request.file = recipe[u"file"].toString();
    request.only = recipe[u"only"].toString();
    request.destination = *destination;
    request.moreTags = stringsOf(recipe[u"moreTags"]);
    request.profile = recipe[u"profile"].toString();
    if (asked)
        request.compression = *asked;
    return request;
}

} // namespace Tagboat
