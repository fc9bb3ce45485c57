// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/importcheck.h"

#include "workbench/workbench.h"

#include <QWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! A compressed archive has to be unpacked to be looked into.
constexpr auto ShownAfter = 500ms;

ErrorContext importing()
{
    return {.doing = ErrorContext::Doing::Import};
}

} // namespace

ImportCheck::ImportCheck(Workbench& workbench, QWidget* parent, const QStringList& files,
                         ImportListener listener)
    : QObject(parent), m_workbench(workbench), m_parent(parent), m_listener(std::move(listener)),
      m_files(files), m_count(int(files.size()))
{
    m_files.removeDuplicates();
    m_patience.setSingleShot(true);
    m_patience.setInterval(ShownAfter);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_isTold = true;
        if (m_listener.failed)
            m_listener.failed({.tone = Tone::Info,
                               .title = tr("Looking into %n archive(s)…", nullptr, m_count),
                               .text = {},
                               .details = {},
                               .remedies = {}});
    });
    m_patience.start();
    m_workbench.images().then(this, [this](const Result<StoreSnapshot>& snapshot) {
        if (snapshot)
            m_here = snapshot->images;
        next();
    });
}

void ImportCheck::next()
{
    if (m_files.isEmpty()) {
        conclude();
        return;
    }
    const QString file = m_files.takeFirst();
    m_workbench.inspectArchive(file).then(this, [this, file](const Result<ArchiveContents>& contents) {
        if (contents)
            take(file, *contents);
        else if (contents.error().code != Error::Code::Cancelled)
            m_refused.append({file, contents.error()});
        if (!contents)
            next();
    });
}

void ImportCheck::take(const QString& file, const ArchiveContents& contents)
{
    if (!isPlainImport(contents, m_here)) {
        m_toAsk.append({file, contents});
        next();
        return;
    }
    m_workbench.import({file, {}}).then(this, [this, file](const Result<QString>& job) {
        if (job)
            m_isQueued = true;
        else
            m_refused.append({file, job.error()});
        next();
    });
}

void ImportCheck::conclude()
{
    m_patience.stop();
    if (m_isTold && m_listener.quiet)
        m_listener.quiet();
    // What was refused is said last, since showing the jobs takes other messages away.
    const auto tell = [listener = m_listener, text = m_refused.isEmpty() ? ErrorText() : refusal()] {
        if (!text.title.isEmpty() && listener.failed)
            listener.failed(text);
    };
    const auto queued = [listener = m_listener, tell] {
        if (listener.queued)
            listener.queued();
        tell();
    };
    if (m_isQueued && m_toAsk.isEmpty())
        queued();
    else
        tell();
    if (!m_toAsk.isEmpty()) {
        auto* const dialog = new ImportDialog(m_workbench, m_toAsk, m_here, queued, m_parent);
        dialog->setObjectName(u"importChoiceDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    }
    deleteLater();
}

ErrorText ImportCheck::refusal() const
{
    const auto sentence = [](const QString& file, const Error& error) {
        const QString name = file.section(u'/', -1);
        return error.code == Error::Code::Unsupported ? tr("“%1” is no image archive.").arg(name)
                                                      : explain(error, importing()).title;
    };
    const auto& [file, error] = m_refused.first();
    ErrorText text = explain(error, importing());
    text.remedies.clear(); // the file would have to be another one
    text.title = sentence(file, error);
    if (error.code == Error::Code::Unsupported) {
        text.text =
            tr("Tagboat takes what docker save, podman save and skopeo write: tar files, also compressed, "
               "and folders with an OCI image layout.");
    }
    if (m_refused.size() > 1) {
        text.title = tr("%n file(s) cannot be imported.", nullptr, int(m_refused.size()));
        QStringList lines;
        QStringList details;
        for (const auto& [other, why] : m_refused) {
            lines.append(sentence(other, why));
            details.append(errorDetails(why));
        }
        text.text = lines.join(u'\n');
        text.details = details.join(u'\n');
    }
    if (m_isQueued || !m_toAsk.isEmpty())
        text.tone = Tone::Warning;
    return text;
}

} // namespace Tagboat
