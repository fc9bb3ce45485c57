// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/output.h"

#include "cli/errortext.h"
#include "cli/jsonvalues.h"

#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

void write(std::FILE* file, const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), file);
    std::fflush(file);
}

void writeObject(QLatin1StringView type, QJsonObject members)
{
    members.insert("type"_L1, type);
    write(stdout, QJsonDocument(members).toJson(QJsonDocument::Compact) + '\n');
}

QString indented(const QString& text)
{
    QString result;
    const QStringList lines = text.trimmed().split(u'\n');
    for (const QString& line : lines)
        result += u"    "_s + line + u'\n';
    return result;
}

} // namespace

void writeError(const QString& text)
{
    write(stderr, text.toLocal8Bit());
}

void Output::text(const QString& text) const
{
    if (!m_json)
        write(stdout, text.toUtf8());
}

void Output::result(QLatin1StringView command, QJsonObject members) const
{
    if (!m_json)
        return;
    members.insert("command"_L1, command);
    writeObject("result"_L1, std::move(members));
}

void Output::event(QLatin1StringView type, QJsonObject members) const
{
    if (m_json)
        writeObject(type, std::move(members));
}

void Output::note(const QString& text) const
{
    if (m_json)
        writeObject("note"_L1, {{"message"_L1, text}});
    else
        writeError(text + u'\n');
}

void Output::error(const Error& error, bool isLast)
{
    const QString advice = std::exchange(m_advice, {});
    if (m_json) {
        QJsonObject object = jsonOf(error);
        if (!advice.isEmpty())
            object.insert("remedy"_L1, advice);
        if (isLast)
            writeObject("error"_L1, std::move(object));
        return;
    }
    QString text = u"tagboat-cli: "_s + sentence(error) + u'\n';
    if (!error.response.isEmpty())
        text += indented(m_verbose ? error.response : error.response.left(400));
    if (const QString next = advice.isEmpty() ? remedy(error) : advice; !next.isEmpty())
        text += next + u'\n';
    if (m_verbose) {
        for (const Error* link = &error; link; link = link->cause.get())
            text += indented(link->toString());
    }
    writeError(text);
}

void Output::usage(const Error& error, const QString& usage) const
{
    if (m_json)
        writeObject("error"_L1, jsonOf(error));
    else
        writeError(u"tagboat-cli: %1\nUsage: %2\n"_s.arg(error.message, usage));
}

} // namespace Tagboat
