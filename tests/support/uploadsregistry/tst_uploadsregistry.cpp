// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/uploadsregistry/uploadsregistry.h"

#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Is the stand-in a registry, and one that keeps what came before the end of a connection?
class tst_UploadsRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_registry = std::make_unique<UploadsRegistry>();
        QVERIFY(m_registry->start());
        m_http = std::make_unique<HttpClient>();
    }

    void cleanup()
    {
        m_http.reset();
        m_registry.reset();
    }

    void skopeoPushesAndPulls()
    {
        const RandomImage image = randomImage(1);
        const QTemporaryDir folder;
        image.writeLayout(folder.filePath(u"in"_s), {u"it"_s});
        const QString name = u"docker://"_s + m_registry->host() + u"/gallery/ui:v1"_s;
        QVERIFY(skopeo({u"copy"_s, u"--preserve-digests"_s, u"--dest-tls-verify=false"_s,
                        u"oci:"_s + folder.filePath(u"in:it"_s), name}));
        QVERIFY(skopeo({u"copy"_s, u"--preserve-digests"_s, u"--src-tls-verify=false"_s, name,
                        u"oci:"_s + folder.filePath(u"out:it"_s)}));
        QCOMPARE(checkLayout(folder.filePath(u"out"_s), image.target.digest), QStringList());
        QCOMPARE(m_registry->openSessions(), 0);
        qint64 size = 0;
        for (const RandomBlob& blob : image.blobs) {
            size += blob.descriptor.size;
            QVERIFY(m_registry->hasBlob(u"gallery/ui"_s, blob.descriptor.digest.toString()));
            QCOMPARE(m_registry->bytesReceived(blob.descriptor.digest.toString()), blob.descriptor.size);
        }
        QCOMPARE(m_registry->bytesReceived(), size);
    }

    void whatCameBeforeTheEndOfAConnectionStays()
    {
        const QByteArray old = open();
        sendHalf(old, 1000, 400);
        QTRY_COMPARE(m_registry->bytesInSessions(), 400);
        const auto status = send("GET", old);
        QCOMPARE(status->status, 204);
        QCOMPARE(status->headers.value("Range"), "0-399");
        const QByteArray location = status->headers.value("Location");
        QVERIFY(location != old);
        QCOMPARE(send("PATCH", old, "x")->status, 416);
        QCOMPARE(send("PUT", old + "&digest=sha256:12", "x")->headers.value("Location"), location);
        QCOMPARE(send("PATCH", location, "rest", "500-503")->status, 416);
        QCOMPARE(send("PATCH", location, "rest", "400-404")->status, 400);
        const auto patched = send("PATCH", location, "rest", "400-403");
        QCOMPARE(patched->status, 202);
        QCOMPARE(patched->headers.value("Range"), "0-403");
        const QByteArray whole = QByteArray(400, 'b') + "rest!";
        const QString digest = Digest::ofBytes(whole).toString();
        const QByteArray closing = patched->headers.value("Location") + "&digest=" + digest.toLatin1();
        QCOMPARE(send("PUT", closing, "!")->status, 201);
        QVERIFY(m_registry->hasBlob(u"a/b"_s, digest));
        QVERIFY(!m_registry->hasBlob(u"a/c"_s, digest));
        QCOMPARE(send("GET", location)->status, 404);
        QCOMPARE(m_registry->openSessions(), 0);

        const QByteArray mount = "v2/a/c/blobs/uploads/?mount=" + digest.toLatin1() + "&from=a/";
        QCOMPARE(send("POST", mount + 'x')->status, 202);
        QCOMPARE(send("POST", mount + 'b')->status, 201);
        QVERIFY(m_registry->hasBlob(u"a/c"_s, digest));
    }

    void aRestartKeepsSessionsAndPort()
    {
        const QByteArray location = open();
        sendHalf(location, 1000, 300);
        QTRY_COMPARE(m_registry->bytesInSessions(), 300);
        const quint16 port = m_registry->port();
        m_registry->stop();
        QVERIFY(!send("GET", location));
        QVERIFY(m_registry->start());
        QCOMPARE(m_registry->port(), port);
        QCOMPARE(send("GET", location)->headers.value("Range"), "0-299");
        m_registry->forgetSessions();
        QCOMPARE(send("GET", location)->status, 404);
    }

    void vendorsArePlayed()
    {
        m_registry->setOptions({.largestPatch = 10, .largestBody = 20, .oddRanges = true});
        QByteArray location = open();
        QCOMPARE(send("GET", location)->headers.value("Range"), "bytes=0--1");
        QCOMPARE(send("PATCH", location, QByteArray(11, 'b'))->status, 416);
        QCOMPARE(send("PUT", location + "&digest=x", QByteArray(21, 'b'))->status, 413);
        m_registry->setOptions({.losesSessions = true, .createsByPatch = true, .relativeLocation = true});
        const auto patched = send("PATCH", location, QByteArray(11, 'b'));
        QCOMPARE(patched->status, 201);
        QVERIFY(patched->headers.value("Location").startsWith("/v2/a/b/blobs/uploads/"));
        QCOMPARE(send("GET", location)->status, 404);
        location = patched->headers.value("Location");
        QCOMPARE(send("GET", location)->status, 204);
        m_registry->setOptions({.refusesChunks = true});
        QCOMPARE(send("PATCH", location, "b")->status, 405);
    }

    void aRangeOfABlobIsServed()
    {
        m_registry->addBlob(u"a/b"_s, "0123456789");
        const QByteArray blob =
            "v2/a/b/blobs/" + Digest::ofBytes(QByteArray("0123456789")).toString().toLatin1();
        QCOMPARE(send("GET", blob)->body, "0123456789");
        QCOMPARE(send("GET", blob, {}, {}, "bytes=4-")->body, "456789");
        QCOMPARE(send("GET", blob, {}, {}, "bytes=4-5")->headers.value("Content-Range"), "bytes 4-5/10");
        QCOMPARE(send("GET", blob, {}, {}, "bytes=10-")->status, 416);
    }

    void aManifestNeedsItsBlobs()
    {
        const RandomImage image = randomImage(1);
        QCOMPARE(send("PUT", "v2/a/b/manifests/v1", image.bytes)->status, 400);
        for (const RandomBlob& blob : image.blobs)
            m_registry->addBlob(u"a/b"_s, blob.read());
        QCOMPARE(send("PUT", "v2/a/b/manifests/v1", image.bytes)->status, 201);
        QCOMPARE(send("GET", "v2/a/b/manifests/v1")->body, image.bytes);
        QCOMPARE(send("GET", "v2/a/b/tags/list")->body, R"({"name":"a/b","tags":["v1"]})");
    }

private:
    [[nodiscard]] static bool skopeo(const QStringList& arguments)
    {
        QProcess process;
        process.start(u"skopeo"_s, arguments);
        const bool isOver = process.waitForFinished(60'000);
        const bool isGood = isOver && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
        if (!isGood)
            qWarning().noquote() << process.errorString() << process.readAllStandardError();
        return isGood;
    }

    [[nodiscard]] Result<HttpResponse> send(const QByteArray& method, const QByteArray& target,
                                            const QByteArray& body = {}, const QByteArray& contentRange = {},
                                            const QByteArray& range = {}) const
    {
        HttpRequest request;
        request.method = method;
        request.url = m_registry->url().resolved(QUrl::fromEncoded(target));
        request.body = body;
        if (!contentRange.isEmpty())
            request.headers.set("Content-Range", contentRange);
        if (!range.isEmpty())
            request.headers.set("Range", range);
        return QCoro::waitFor(m_http->send(request, {}));
    }

    //! The Location of a new session.
    [[nodiscard]] QByteArray open() const
    {
        const auto reply = send("POST", "v2/a/b/blobs/uploads/");
        return reply ? reply->headers.value("Location") : QByteArray();
    }

    //! A PATCH of \a size bytes whose connection ends after \a sent.
    static void sendHalf(const QByteArray& location, qint64 size, qint64 sent)
    {
        const QUrl url = QUrl::fromEncoded(location);
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket.waitForConnected());
        socket.write("PATCH " + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
                     + " HTTP/1.1\r\nHost: " + url.authority().toLatin1() + "\r\nContent-Length: "
                     + QByteArray::number(size) + "\r\n\r\n" + QByteArray(sent, 'b'));
        QVERIFY(socket.waitForBytesWritten());
        socket.disconnectFromHost();
    }

    std::unique_ptr<UploadsRegistry> m_registry;
    std::unique_ptr<HttpClient> m_http;
};

QTEST_GUILESS_MAIN(tst_UploadsRegistry)
#include "tst_uploadsregistry.moc"
