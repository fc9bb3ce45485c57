// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <utility>

namespace Tagboat {

/*!
 * \brief Looks for secrets wherever a file, a log or another user could show them.
 *
 * Finds them in clear, percent-encoded, and in base64 (of both alphabets) together with whatever stands
 * before and after, as "user:password" does in Basic authentication and in docker's config.json.
 */
class SecretSearch
{
public:
    void add(const QByteArray& secret)
    {
        QByteArrayList forms{secret, secret.toPercentEncoding()};
        for (int before = 0; before < 3; ++before) {
            const QByteArray form = base64Within(secret, before);
            forms.append(form);
            forms.append(QByteArray(form).replace('+', '-').replace('/', '_'));
        }
        for (const QByteArray& form : std::as_const(forms)) {
            if (!m_forms.contains(form))
                m_forms.append(form);
        }
    }

    void look(const QString& place, const QByteArray& content)
    {
        for (const QByteArray& form : std::as_const(m_forms)) {
            if (content.contains(form) && !m_places.contains(place))
                m_places.append(place);
        }
    }

    //! All files below \a folder, hidden ones, databases and their journals included.
    void lookInFolder(const QString& folder)
    {
        QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            look(path, path.toUtf8());
            look(path, contentOf(path));
            ++m_files;
        }
    }

    //! Command lines and environments of all processes, as far as they can be read.
    void lookAtProcesses()
    {
        const QStringList processes =
            QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
        for (const QString& process : processes) {
            const QString folder = QStringLiteral("/proc/") + process;
            const QByteArray line = contentOf(folder + QStringLiteral("/cmdline"));
            const QString program = QString::fromUtf8(line.split('\0').constFirst()).section(u'/', -1);
            look(QStringLiteral("command line of ") + program, line);
            look(QStringLiteral("environment of ") + program, contentOf(folder + QStringLiteral("/environ")));
            if (!program.isEmpty() && !m_programs.contains(program))
                m_programs.append(program);
        }
    }

    [[nodiscard]] const QStringList& places() const { return m_places; }
    void forgetPlaces() { m_places.clear(); }
    [[nodiscard]] bool hasSeen(const QString& program) const { return m_programs.contains(program); }
    [[nodiscard]] int files() const { return m_files; } //!< so many were looked into

private:
    //! What stays the same of the base64 of \a secret, \a before bytes (modulo 3) after the beginning.
    [[nodiscard]] static QByteArray base64Within(const QByteArray& secret, int before)
    {
        const QByteArray padded = QByteArray(before, 'x') + secret;
        const qsizetype first = (8 * before + 5) / 6;
        const qsizetype end = 8 * padded.size() / 6;
        return padded.toBase64(QByteArray::OmitTrailingEquals).sliced(first, end - first);
    }

    [[nodiscard]] static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }

    QByteArrayList m_forms;
    QStringList m_places;
    QStringList m_programs;
    int m_files = 0;
};

} // namespace Tagboat
