// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"
#include "sources.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace Tagboat {

//! The bytes of another source, which a file is said to hold as well; counts what is read in spite of that.
class FileBackedSource : public ByteSource
{
public:
    FileBackedSource(ByteSourcePtr source, FileRange range)
        : m_source(std::move(source)), m_range(std::move(range))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        ++reads;
        return m_source->read(maxSize, std::move(stop));
    }
    bool skip(qint64 bytes) override
    {
        skipped = m_source->skip(bytes) ? bytes : 0;
        return skipped > 0;
    }
    [[nodiscard]] qint64 size() const override { return m_source->size(); }
    [[nodiscard]] std::optional<FileRange> file() const override { return m_range; }

    int reads = 0;
    qint64 skipped = 0;

private:
    ByteSourcePtr m_source;
    FileRange m_range;
};

//! Clearly more than the buffers of both ends hold.
inline constexpr qint64 LargeSize = 24'000'000;

//! A file, and a server that it is sent to.
class FileBodiesBench
{
protected:
    [[nodiscard]] bool setUp()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_client = std::make_unique<HttpClient>([](const QString&) {
            HostPolicy policy;
            policy.extraCa = {TestCertificate::forLoopback().certificate};
            return policy;
        });
        m_server = std::make_unique<ScriptedServer>();
        if (!m_folder->isValid() || !m_server->listen())
            return false;
        m_server->keepBodies(0);
        m_server->on("PUT", "/x", ScriptedAnswer::text(201, "stored"));
        return true;
    }

    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("layer")); }
    //! scriptedPattern() after \a before other bytes.
    void makeFile(qint64 size, qint64 before = 0) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(QByteArray(before, '-')), before);
        for (qint64 done = 0; done < size; done += PieceSize) {
            const QByteArray piece = scriptedPattern(done, std::min(PieceSize, size - done));
            QCOMPARE(file.write(piece), piece.size());
        }
    }
    [[nodiscard]] std::shared_ptr<FileBackedSource> source(qint64 offset = 0) const
    {
        const auto opened = fileSource(path(), offset);
        if (!opened)
            return nullptr;
        return std::make_shared<FileBackedSource>(*opened, (*opened)->file().value_or(FileRange()));
    }
    [[nodiscard]] HttpRequest upload(ByteSourcePtr source) const
    {
        HttpRequest made;
        made.method = "PUT";
        made.url = m_server->url("/x");
        made.bodySize = source->size();
        made.bodySource = std::move(source);
        made.idleTimeout = std::chrono::seconds(20);
        return made;
    }
    [[nodiscard]] Result<HttpResponse> send(HttpRequest request)
    {
        return QCoro::waitFor(m_client->send(std::move(request), {}));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

} // namespace Tagboat
