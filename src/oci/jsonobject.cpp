// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/jsonobject.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <optional>
#include <vector>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! One open bracket while walking over a document.
struct Level
{
    bool isObject = false;
    bool expectsName = false;
    QSet<QByteArray> names;
};

//! A name without its escapes, so that "a" and "\u0061" count as one.
QByteArray unescaped(const QByteArray& name)
{
    if (!name.contains('\\'))
        return name;
    return QJsonDocument::fromJson("[\"" + name + "\"]").array().first().toString().toUtf8();
}

//! The first name given twice in one object of \a json, which is known to be well-formed.
std::optional<QByteArray> repeatedName(const QByteArray& json)
{
    std::vector<Level> levels;
    for (qsizetype i = 0; i < json.size(); ++i) {
        switch (json[i]) {
        case '{':
            levels.push_back({true, true, {}});
            break;
        case '[':
            levels.push_back({});
            break;
        case '}':
        case ']':
            levels.pop_back();
            break;
        case ',':
            levels.back().expectsName = levels.back().isObject;
            break;
        case '"': {
            const qsizetype begin = ++i;
            for (; json[i] != '"'; ++i) {
                if (json[i] == '\\')
                    ++i;
            }
            if (levels.back().expectsName) {
                const QByteArray name = unescaped(json.sliced(begin, i - begin));
                if (levels.back().names.contains(name))
                    return name;
                levels.back().names.insert(name);
                levels.back().expectsName = false;
            }
            break;
        }
        default:
            break;
        }
    }
    return std::nullopt;
}

} // namespace

Result<QJsonObject> parseJsonObject(const QByteArray& bytes, const QString& subject)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error != QJsonParseError::NoError)
        return fail(Error::Code::Corrupt, subject,
                    u"not valid JSON: %1 (at byte %2)"_s.arg(problem.errorString()).arg(problem.offset));
    if (!document.isObject())
        return fail(Error::Code::Corrupt, subject, u"not a JSON object"_s);
    return document.object();
}

Result<QJsonObject> parseUnambiguousJsonObject(const QByteArray& bytes, const QString& subject)
{
    Result<QJsonObject> object = parseJsonObject(bytes, subject);
    if (!object)
        return object;
    if (const std::optional<QByteArray> twice = repeatedName(bytes)) {
        const QString name = QString::fromUtf8(*twice).left(80);
        return fail(Error::Code::Corrupt, subject, u"ambiguous document: \"%1\" is given twice"_s.arg(name));
    }
    return object;
}

} // namespace Tagboat
