// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/uploadledger.h"
#include "scriptedregistry.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/uploadsregistry/uploadsregistry.h"

namespace Tagboat::Testing {

inline const std::stop_token Go;
inline constexpr qint64 MiB = 1024 * 1024;

[[nodiscard]] inline Task<Result<ByteSourcePtr>> ready(Result<ByteSourcePtr> source)
{
    co_return source;
}

//! Serves \a bytes, and writes down from where.
[[nodiscard]] inline SourceFactory memoryFactory(const QByteArray& bytes,
                                                 const std::shared_ptr<QList<qint64>>& offsets)
{
    return [bytes, offsets](qint64 offset, const std::stop_token&) {
        offsets->append(offset);
        return ready(memorySource(bytes.mid(offset)));
    };
}

//! A blob that is pushed to a registry which can take uploads up again, over a line that breaks as told.
class ResumeBench
{
protected:
    void prepare()
    {
        m_http = std::make_shared<HttpClient>();
        m_registry = std::make_unique<UploadsRegistry>();
        QVERIFY(m_registry->start());
        m_proxy = std::make_unique<SabotageProxy>(m_registry->port());
        QVERIFY(m_proxy->start());
        m_repository = client()->repository(QStringLiteral("a/b"));
        make(6'000'000);
    }

    void clear()
    {
        m_repository.reset();
        m_http.reset();
        m_proxy.reset();
        m_registry.reset();
    }

    [[nodiscard]] std::shared_ptr<RegistryClient> client(std::shared_ptr<UploadLedger> ledger = {}) const
    {
        RegistryClient::Options options;
        options.uploads = std::move(ledger);
        return std::make_shared<RegistryClient>(m_http, m_proxy->host(), noCredential(), options);
    }

    //! From now on the registry has the name \a registry, and is taken for that vendor's.
    void rename(const QString& registry)
    {
        const QString address = m_proxy->host();
        const auto http = std::make_shared<HttpClient>([address](const QString&) {
            return HostPolicy{.allowPlainHttp = true, .extraCa = {}, .connectTo = address};
        });
        m_repository = std::make_shared<RegistryClient>(http, registry, noCredential(),
                                                        RegistryClient::Options{.plainHttp = true})
                           ->repository(QStringLiteral("a/b"));
    }

    void make(qint64 size)
    {
        m_bytes = scriptedPattern(0, size);
        m_blob = layerOf(m_bytes);
        m_offsets->clear();
        m_open = memoryFactory(m_bytes, m_offsets);
    }

    [[nodiscard]] Result<void> push()
    {
        const auto progress = m_progress;
        return QCoro::waitFor(
            m_repository->pushBlob(m_blob, m_open, [progress](qint64 done) { *progress = done; }, Go));
    }

    //! The next request of that method breaks after so many bytes, which arrive.
    void cutAt(qint64 after, const QByteArray& method = "PUT", int skip = 0)
    {
        m_proxy->add({.action = Sabotage::Action::CutRequest,
                      .method = method,
                      .path = "/blobs/uploads/",
                      .after = after,
                      .skip = skip,
                      .arrives = true});
    }

    [[nodiscard]] bool arrived() const
    {
        return m_registry->hasBlob(QStringLiteral("a/b"), m_blob.digest.toString());
    }

    std::shared_ptr<HttpClient> m_http;
    std::unique_ptr<UploadsRegistry> m_registry;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::shared_ptr<Repository> m_repository;
    QByteArray m_bytes;
    Descriptor m_blob;
    SourceFactory m_open;
    std::shared_ptr<QList<qint64>> m_offsets = std::make_shared<QList<qint64>>(); //!< asked of m_open
    std::shared_ptr<qint64> m_progress = std::make_shared<qint64>();
};

} // namespace Tagboat::Testing
